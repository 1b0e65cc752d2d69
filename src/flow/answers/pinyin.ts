/** How characters sound, so that yangmeng, ym and 阳梦 find 阳孟. */
import { PINYIN_TABLE } from './pinyin-table.ts'

type Readings = ReadonlyMap<string, readonly string[]>

/** A pure hint, built at the first use: 2 ms. */
let table: Readings | null = null

function readings(): Readings {
  if (table) return table
  const map = new Map<string, string[]>()
  const lines = PINYIN_TABLE.trim()
    .split('\n')
    .map((line) => line.split(' '))
  for (const column of [1, 2])
    for (const line of lines)
      for (const char of line[column] ?? '') {
        const known = map.get(char)
        if (known) known.push(line[0] as string)
        else map.set(char, [line[0] as string])
      }
  return (table = map)
}

/** Readings of one character, the usual one first; a character without any is its own. */
export const soundsOf = (char: string): readonly string[] => readings().get(char) ?? [char]

/** More ways to read a name than this are not worth looking at. */
const MOST_READINGS = 8

/** Every way to read the text, the usual one first: syllables in order. */
export function readingsOf(text: string): string[][] {
  let ways: string[][] = [[]]
  for (const char of text) {
    const sounds = soundsOf(char)
    const room = ways.length * sounds.length <= MOST_READINGS
    ways = room
      ? sounds.flatMap((sound) => ways.map((way) => [...way, sound]))
      : ways.map((way) => [...way, sounds[0] as string])
  }
  return ways
}

/** The usual reading, written together: one key for all homophones. */
export function soundKey(text: string): string {
  let key = ''
  for (const char of text) key += soundsOf(char)[0] as string
  return key
}

/** As it sounds in the south-west: zh as z, ng as n, l as n, f as h. */
export function accentKey(text: string): string {
  let key = ''
  for (const char of text) key += softened(soundsOf(char)[0] as string)
  return key
}

function softened(syllable: string): string {
  let soft = accents.get(syllable)
  if (soft === undefined) {
    soft = syllable
      .replace(/^([zcs])h/, '$1')
      .replace(/^l/, 'n')
      .replace(/^hu(?=[a-z])/, 'f')
      .replace(/ng$/, 'n')
    if (syllable.length > 1) accents.set(syllable, soft)
  }
  return soft
}

/** A pure hint: one entry a syllable, 409 in all. */
const accents = new Map<string, string>()

const HAN = /\p{Script=Han}/u

/**
 * Which of the labels may be meant by Latin letters: whole pinyin, else initials, else the beginning of the pinyin.
 * @returns indexes into `labels`, all of the best kind found
 */
export function soundMatches(text: string, labels: readonly (readonly string[])[]): number[] {
  const typed = text.replaceAll(/[ ']/g, '')
  if (!/^[a-z]{2,40}$/.test(typed)) return []
  const whole: number[] = []
  const initials: number[] = []
  const begins: number[] = []
  for (const [index, words] of labels.entries()) {
    const ways = words.filter((word) => HAN.test(word)).flatMap((word) => readingsOf(word))
    if (ways.some((way) => way.join('') === typed)) whole.push(index)
    else if (ways.some((way) => way.map((sound) => sound[0]).join('') === typed)) initials.push(index)
    else if (typed.length > 2 && ways.some((way) => way.join('').startsWith(typed))) begins.push(index)
  }
  return whole.length > 0 ? whole : initials.length > 0 ? initials : begins
}

/** Which of the labels sound like the text (因并 for 因病). Single characters are left alone: too many sound alike. */
export function sameSound(text: string, labels: readonly (readonly string[])[]): number[] {
  if (text.length < 2 || text.length > 12 || !HAN.test(text)) return []
  const key = soundKey(text)
  return labels.flatMap((words, index) => (words.some((word) => soundKey(word) === key) ? [index] : []))
}
