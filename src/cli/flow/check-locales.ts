/** What is wrong beside the flows: recordings that no question plays, and words of printed things that a language lacks. */
import type { Flow, Problem } from '../../flow/flow.ts'
import { gaps } from '../../text/gaps.ts'
import type { Resources } from '../../text/resources.ts'
import { VOICE_ENDING, VOICE_FOLDER } from '../../text/voices.ts'
import type { VoiceFiles } from '../read-voices.ts'

/** Words that no flow asks for, and that an author of flows answers for all the same. A place's own sheets are in one language. */
const NAMESPACES: ReadonlySet<string> = new Set(['sheets', 'posters', 'funnel'])

export interface LocaleFiles {
  /** As it is shown: `locales`. */
  readonly folder: string
  readonly resources: Resources
  readonly recordings: VoiceFiles
}

export function localeProblems(flows: readonly Flow[], { folder, resources, recordings }: LocaleFiles): Problem[] {
  const missing = gaps(resources).filter(({ namespace }) => NAMESPACES.has(namespace))
  return [
    ...voiceProblems(flows, folder, recordings),
    ...missing.map(({ language, namespace, path, detail }) =>
      warning(`${folder}/${language}/${namespace}.json`, 'words_missing', { path, detail }),
    ),
  ]
}

function voiceProblems(flows: readonly Flow[], folder: string, { voices, strange }: VoiceFiles): Problem[] {
  const known = new Set(flows.flatMap(promptNames))
  const unheard = [...voices].flatMap(([language, names]) =>
    [...names].filter((name) => !known.has(name)).map((name) => `${language}/${VOICE_FOLDER}/${name}${VOICE_ENDING}`),
  )
  return [
    ...unheard.map((file) => warning(`${folder}/${file}`, 'voice_without_question')),
    ...strange.map((file) => warning(`${folder}/${file}`, 'voice_name')),
  ]
}

/** Under the flow's name, and under that of the block which the question comes from. */
const promptNames = (flow: Flow): string[] =>
  flow.questions.flatMap(({ path, labelKey }) => [
    `${flow.id}/${path}`,
    `${labelKey.slice(labelKey.indexOf('/') + 1, labelKey.indexOf(':'))}/${path}`,
  ])

const warning = (file: string, code: string, params: Problem['params'] = {}): Problem => ({
  severity: 'warning',
  file,
  line: 0,
  question: null,
  code,
  params,
})
