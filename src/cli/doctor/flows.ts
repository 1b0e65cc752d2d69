import { loadFlows } from '../../flow/definition/load.ts'
import { flowWords } from '../../text/flow-words.ts'
import { loadText } from '../../text/text.ts'
import type { Definitions } from '../../wire.ts'
import { problemLine } from '../flow/check.ts'
import { fine, problem, type Finding, type Speech } from './finding.ts'

export function checkFlows({ flows, blocks, resources }: Definitions, speech: Speech): Finding[] {
  const words = flowWords(loadText({ resources, defaultLocale: speech.language }), resources)
  const loaded = loadFlows({ sources: flows, blocks, words })
  const errors = loaded.problems.filter(({ severity }) => severity === 'error')
  if (errors.length === 0) return [fine('flows.ok', { count: loaded.flows.length })]
  return errors.map((error) =>
    problem('flows.bad', 'flows.todo', { reason: problemLine(error, speech.text, speech.language) }),
  )
}
