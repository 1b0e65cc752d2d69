/** Where numbers with their unit stand in a text that has no commas. */
import { readNumeral } from './numeral.ts'
import { SPOKEN_UNITS } from './units.ts'

const LONGEST_UNIT = 4

export interface Run {
  readonly from: number
  /** After the unit, if one follows. */
  readonly end: number
}

/** @param text short */
export function numeralRuns(text: string): Run[] {
  const runs: Run[] = []
  for (let at = 0; at < text.length;) {
    const end = readNumeral(text, at)?.end
    if (end === undefined) {
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
