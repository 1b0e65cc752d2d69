/** How many people a household has, said in passing: 家里三口人, 五口之家. Never guessed: two different counts are none. */
import { wholeNumeral } from './numeral.ts'

const PERSONS = /([0-9]{1,2}|[一二两三四五六七八九十]{1,3})(?:口子人|口人|口之家|口子过|张嘴)/g
/** 三四口人 is not told yet. */
const VAGUE = /[一二三四五六七八九][一二三四五六七八九]口/

/** @param text normalised @returns null when it is not said, or not clearly */
export function personsSaid(text: string): number | null {
  if (VAGUE.test(text)) return null
  const counts = new Set([...text.matchAll(PERSONS)].map((match) => wholeNumeral(match[1] as string)))
  const [only] = counts
  return counts.size === 1 && only !== undefined && only !== null && Number.isInteger(only) && only > 0 ? only : null
}
