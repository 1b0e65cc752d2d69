/** What people's own words mean, with the words of `locales/<language>/asks.json`. */
import { readAskWords } from '../flow/intent/asks.ts'
import { lexicon, type Lexicon } from '../flow/intent/lexicon.ts'
import { readDanger, readTalk, readTelling, type Telling } from '../flow/intent/telling.ts'
import type { Json } from '../base/json.ts'
import type { Text } from '../text/text.ts'

export interface Intent {
  /** For a message outside any flow. */
  read(said: string): Telling
  /** Kind of danger to life that is told of: for every message. */
  danger(said: string): string | null
  /** Kind of small talk. */
  talk(said: string): string | null
}

/** The patterns are made when the first message asks for them: a command that reads none should not wait. */
export function intentOf(text: Text): Intent {
  let made: Lexicon | null = null
  const words = () => (made ??= lexicon(filesOf(text).map(([file, content]) => [file, readAskWords(file, content)])))
  return {
    read: (said) => readTelling(words(), said),
    danger: (said) => readDanger(words(), said),
    talk: (said) => readTalk(words(), said),
  }
}

/** Each language's own file; one that has none falls back on another's, which need not be read twice. */
function filesOf(text: Text): (readonly [string, Readonly<Record<string, Json>>])[] {
  const files = new Map<object, string>()
  for (const language of text.languages) {
    const content = text.object(language, 'asks:')
    if (content && !Array.isArray(content) && !files.has(content)) files.set(content, `locales/${language}/asks.json`)
  }
  return [...files].map(([content, file]) => [file, content as Readonly<Record<string, Json>>])
}
