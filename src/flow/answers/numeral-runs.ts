/** Where numbers with their unit stand in a text that has no commas. */
import { readNumeral } from './numeral.ts'
import { SPOKEN_UNITS } from './units.ts'

const LONGEST_UNIT = 4
const NUMERAL = /[零一二两三四五六七八九十百千万亿\d]/

export interface Run {
  readonly from: number
  /** After the unit, if one follows. */
  readonly end: number
}

/** @param text short @returns none where a part of it reads like a number and is none */
export function numeralRuns(text: string): Run[] {
  const runs: Run[] = []
  for (let at = 0; at < text.length;) {
    const end = readNumeral(text, at)?.end
    if (end === undefined) {
      // 三千三千: no number at all, and looking at each of its tails would take its length squared.
      if (NUMERAL.test(text[at] as string)) return []
      at++
      continue
    }
    let after = end
    for (let length = LONGEST_UNIT; length > 0 && after === end; length--)
      if (SPOKEN_UNITS.has(text.slice(end, end + length))) after = end + length
    if (text[after] === '半') after++
    runs.push({ from: at, end: after })
    at = after
  }
  return runs
}
