/** Numbers in English words: three, twenty-five, twelve hundred, three thousand five hundred, half, a dozen. */

const ONES: Readonly<Record<string, number>> = {
  zero: 0, one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10, eleven: 11,
  twelve: 12, thirteen: 13, fourteen: 14, fifteen: 15, sixteen: 16, seventeen: 17, eighteen: 18, nineteen: 19,
  twenty: 20, thirty: 30, forty: 40, fourty: 40, fifty: 50, sixty: 60, seventy: 70, eighty: 80, ninety: 90,
} // prettier-ignore

const TIMES: Readonly<Record<string, number>> = { hundred: 100, thousand: 1_000, million: 1_000_000, dozen: 12 }

const WORD = /[a-z]+/y
const HALF = ' and a half'

/** @returns null when no number word begins at `from`. */
export function readEnglishNumeral(text: string, from = 0): { value: number; end: number } | null {
  let total = 0
  let section: number | null = null
  let end = from
  let at = from
  let article = false
  for (let words = 0; words < 20; words++) {
    WORD.lastIndex = at
    const word = WORD.exec(text)?.[0]
    if (word === undefined) break
    const one = ONES[word]
    const times = TIMES[word]
    if (one !== undefined && !article) {
      const ends = section === null || section % 100 === 0 || (section % 10 === 0 && section % 100 >= 20 && one < 10)
      if (!ends) break
      section = (section ?? 0) + one
    } else if (times !== undefined && (section !== null || article || words === 0)) {
      const scaled: number = (section ?? 1) * times
      if (times >= 1_000) {
        total += scaled
        section = 0
      } else section = scaled
      article = false
    } else if (word === 'a' && words === 0) article = true
    else if (word === 'half' && words === 0) return { value: 0.5, end: at + 4 }
    else if (word === 'couple' && article) return { value: 2, end: at + 6 }
    else if (word !== 'and' || section === null) break
    at += word.length
    if (word !== 'and' && !article) end = at
    while (text[at] === ' ' || text[at] === '-') at++
  }
  if (end === from) return null
  const half = text.startsWith(HALF, end) && !/[a-z]/.test(text[end + HALF.length] ?? '')
  return { value: total + (section ?? 0) + (half ? 0.5 : 0), end: half ? end + HALF.length : end }
}
