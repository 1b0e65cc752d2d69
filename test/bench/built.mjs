/** The built program (`npm run build`), and flows loaded with the real words. */
import { fileURLToPath } from 'node:url'
import { readResources } from '../../dist/cli/definitions.js'
import { loadFlows } from '../../dist/flow/definition/load.js'
import { flowWords } from '../../dist/text/flow-words.js'
import { loadText } from '../../dist/text/text.js'
import { flowSourceOf } from './questionnaire.mjs'

const LOCALES = fileURLToPath(new URL('../../locales/', import.meta.url))

export function realWords() {
  const resources = readResources(LOCALES)
  const text = loadText({ resources, defaultLocale: 'zh-CN' })
  return { text, words: flowWords(text, resources) }
}

/** @throws when the flow has an error */
export function benchFlow(questions, words) {
  const { flows, problems } = loadFlows({ sources: [flowSourceOf(questions)], blocks: [], words })
  const [flow] = flows
  if (!flow) throw new Error(JSON.stringify(problems))
  return flow
}
