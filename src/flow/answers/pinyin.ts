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

/** How one thing may sound that goes by several words. */
export interface WordSounds {
  /** Whole pinyin of every way to read it. */
  readonly whole: readonly string[]
  readonly initials: readonly string[]
  /** The usual reading of each word. */
  readonly keys: readonly string[]
}

export function soundsOfWords(words: readonly string[]): WordSounds {
  const chinese = words.filter((word) => HAN.test(word))
  const ways = chinese.flatMap((word) => readingsOf(word))
  return {
    whole: ways.map((way) => way.join('')),
    initials: ways.map((way) => way.map((sound) => sound[0] ?? '').join('')),
    keys: chinese.map(soundKey),
  }
}

/**
 * Which of the things may be meant by Latin letters: whole pinyin, else initials, else the beginning of the pinyin.
 * @returns indexes into `things`, all of the best kind found
 */
export function soundMatches(text: string, things: readonly WordSounds[]): number[] {
  const typed = text.replaceAll(/[ ']/g, '')
  if (!/^[a-z]{2,40}$/.test(typed)) return []
  const fitting = (fits: (sounds: WordSounds) => boolean): number[] =>
    things.flatMap((sounds, index) => (fits(sounds) ? [index] : []))
  const whole = fitting((sounds) => sounds.whole.includes(typed))
  if (whole.length > 0) return whole
  const initials = fitting((sounds) => sounds.initials.includes(typed))
  if (initials.length > 0 || typed.length < 3) return initials
  return fitting((sounds) => sounds.whole.some((way) => way.startsWith(typed)))
}

/** Which of the things sound like the text (因并 for 因病). Single characters are left alone: too many sound alike. */
export function sameSound(text: string, things: readonly WordSounds[]): number[] {
  if (text.length < 2 || text.length > 12 || !HAN.test(text)) return []
  const key = soundKey(text)
  return things.flatMap((sounds, index) => (sounds.keys.includes(key) ? [index] : []))
}
