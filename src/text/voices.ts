/**
 * Recorded prompts: `locales/<language>/voice/<flow>/<question>.mp3`, or `voice/<block>/<question>.mp3` for every flow that
 * includes the block. A prompt is for those who hear the sentence in that very language, never beside words in another one.
 */
/** Language → `<flow or block>/<question>`. */
export type Voices = ReadonlyMap<string, ReadonlySet<string>>

/** Which sentence a question is asked in. */
export interface SpokenQuestion {
  readonly flow: string
  /** Path without instances. */
  readonly question: string
  /** `flows/hens:questions.sick.label` */
  readonly key: string
  /** For a sentence that the flow file carries itself. */
  readonly language?: string
}

/** Below which folder of a language's words prompts are, and how they end. */
export const VOICE_FOLDER = 'voice'
export const VOICE_ENDING = '.mp3'

/**
 * @param shownIn the language in which the sentence is shown, undefined when no language has it
 * @returns `zh-CN/hens/sick.mp3`; undefined when nobody has spoken it in that language
 */
export function voiceOf(voices: Voices, asked: SpokenQuestion, shownIn: string | undefined): string | undefined {
  const spoken = shownIn === undefined ? undefined : voices.get(shownIn)
  if (!spoken) return undefined
  const own = `${asked.flow}/${asked.question}`
  const name = spoken.has(own) ? own : `${namespaceOf(asked.key)}/${asked.question}`
  return spoken.has(name) ? `${shownIn}/${name}${VOICE_ENDING}` : undefined
}

/** Where that prompt is below the folder of the locales; null for a name that is none. @param name `zh-CN/hens/sick.mp3` */
export function voiceFile(voices: Voices | undefined, name: string): string | null {
  const [language = '', folder = '', file = '', ...more] = name.split('/')
  if (more.length > 0 || !file.endsWith(VOICE_ENDING)) return null
  const isKnown = voices?.get(language)?.has(`${folder}/${file.slice(0, -VOICE_ENDING.length)}`)
  return isKnown ? `${language}/${VOICE_FOLDER}/${folder}/${file}` : null
}

/** `blocks/who:questions.name.label` → `who` */
const namespaceOf = (key: string): string => key.slice(key.indexOf('/') + 1, key.indexOf(':'))
