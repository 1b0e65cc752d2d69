/** What `bangfu flow …` runs, with the configuration and the words put in. */
import { storageOf, loadConfig, type Config } from '../../config.ts'
import type { ChoiceOption } from '../../flow/answers/understanding.ts'
import { systemClock } from '../../system.ts'
import { pickers } from '../../messaging/pickers.ts'
import { openStorage, type Storage } from '../../storage/open.ts'
import { flowWords } from '../../text/flow-words.ts'
import { loadText, type Text } from '../../text/text.ts'
import { readDefinitions } from '../definitions.ts'
import { runFlowEval } from './eval.ts'
import { runFlowUnderstand } from './understand.ts'

export const evaluateExpressions = (): Promise<void> =>
  runFlowEval(process.stdin, process.stdout, { clock: systemClock, zone: loadConfig().timezone })

/** Opens the database only when a picker is asked. */
export async function understandAnswers(overrides: { DATABASE_URL?: string }): Promise<void> {
  const config = loadConfig(overrides)
  const { resources } = readDefinitions(config)
  const text = loadText({ resources, defaultLocale: config.defaultLocale })
  const registry = lazyRegistry(config, text)
  try {
    await runFlowUnderstand(process.stdin, process.stdout, {
      words: flowWords(text, resources).forms,
      at: systemClock.now(),
      zone: config.timezone,
      language: config.defaultLocale,
      search: async (type, level, said) => (await registry.open()).find(type, level, said),
      list: (name, language) => listOf(text, name, language),
    })
  } finally {
    await registry.close()
  }
}

function lazyRegistry(config: Config, text: Text) {
  let opened: Promise<Storage> | null = null
  const open = async () => {
    opened ??= openStorage({ ...storageOf(config), role: 'command' })
    const { reads } = await opened
    const find = pickers(reads.pickers, systemClock, config.timezone, text)
    return {
      find: (type: Parameters<typeof find>[0]['type'], level: string | null, said: string) =>
        find({ key: '', type, level, text: said }, NOBODY),
    }
  }
  return { open, close: async () => (await opened)?.close() }
}

/** Asks for the whole registry: no staff member's scope narrows it. */
const NOBODY = {
  identityId: '',
  channel: 'terminal',
  user: '',
  language: '',
  staff: null,
  profile: null,
  villageId: null,
} as const

function listOf(text: Text, name: string, language: string): readonly ChoiceOption[] | null {
  const list = text.object(language, `lists:${name}`)
  if (!list || Array.isArray(list)) return null
  return Object.entries(list).map(([choice, words]) => {
    if (typeof words === 'string') return { name: choice, label: words }
    const { label, also } = words as { label: string; also?: readonly string[] }
    return { name: choice, label, ...(also && { also }) }
  })
}
