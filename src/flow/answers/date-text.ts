/** Makes one spelling of the many ways to write a Chinese date: digits for numerals, no fillers. */
import { unspaced } from './normalise.ts'
import { readNumeral } from './numeral.ts'
import { oneCharacter } from './variants.ts'

const DIGITS = '零一二三四五六七八九'
const YEAR = new RegExp(`([${DIGITS}]{4}|[${DIGITS}]{2})(?=年(?!前|以前|之前|后))`, 'g')
const RUN = /[零一二三四五六七八九十百廿卅两]+/g
const ABOUT = /大概|大约|大致|差不多|约莫|约|好像|可能|估计|应该|左右|前后|上下|那几天|那阵子?|光景/g
/** One at a time: a repeated group of words that contain one another would take for ever on 生的生的生的…. */
const LEAD =
  /^(?:我们?|家里|孩子|娃|就是|是|在|从|自从|打从|自|到|等到?|已经?|停了|停水|停|断了|病了|要|想|还得|得|最早|最快|最近的?|最后一次|上次|出生于?|生于|生日|生的|那个|这个(?!月|周|星期|礼拜)|嗯|呃|哦|公历|阳历|新历|[,，、:：。.])/
const TAIL =
  /(?:的时候|那时候?|那会儿?|那天|当天|以来|开始|起|出生|生人|生的?|去的?|来的?|走访的?|走的?|停的?|就?没(?:去|上)(?:学|了)?|上班|可以上班|就行|都行|吧|(?<![天月年周拜期])了|的|呢|啊|呀|哦|嘛|撒|噻|咯|哈|早上|早晨|上午|中午|下午|傍晚|晚上|夜里|半夜|前晌|后晌|前半天|后半天|上半天|下半天|黑[里了]|(?<=[月号日])开学|[,，、:：。.])$/

const CIVIL = /公历|阳历|新历/

export interface DateText {
  /** Without blanks and fillers, numerals as digits. */
  readonly text: string
  /** The same before numerals became digits: 八月十五 is not 8月15. */
  readonly spoken: string
  /** The same with the words around it: 三十晚上. */
  readonly raw: string
  /** 阳历 was said. */
  readonly civil: boolean
  readonly approximate: boolean
}

/** @param said normalised */
export function dateText(said: string): DateText {
  const tight = oneCharacter(unspaced(said)).replace(/(?<=\d),(?=\d)/g, '-')
  const without = tight
    .replace(ABOUT, '')
    .replace(/个把(?=[月星礼])/g, '一个')
    .replace(/[大小](?=半(?:年|个?月))/g, '')
  const spoken = stripped(stripped(without, LEAD), TAIL)
  const text = spoken
    .replace(YEAR, (run) => [...run].map((char) => DIGITS.indexOf(char)).join(''))
    .replace(RUN, (run) => {
      const found = readNumeral(run)
      return found && found.end === run.length && found.values.length === 1 ? String(found.values[0]) : run
    })
  return { text, spoken, raw: without, civil: CIVIL.test(without), approximate: without !== tight }
}

/** Never empties a text. Stops by itself: each turn takes a character at least. */
function stripped(text: string, edge: RegExp): string {
  let rest = text
  for (;;) {
    const next = rest.replace(edge, '')
    if (next === '' || next === rest) return rest
    rest = next
  }
}

/** 去年 → −1. */
export const YEAR_WORDS: Readonly<Record<string, number>> = {
  今年: 0, 本年: 0, 当年: 0, 去年: -1, 旧年: -1, 上年: -1, 头年: -1, 昨年: -1, 前年: -2, 大前年: -3, 明年: 1, 来年: 1, 后年: 2,
} // prettier-ignore

export const YEAR_PATTERN = `(?:(?<word>${Object.keys(YEAR_WORDS)
  .sort((a, b) => b.length - a.length)
  .join('|')})|(?<year>\\d{4}|\\d{2})年)`

/** The year that a match of YEAR_PATTERN names; null where it names none. Two digits: up to next year 20xx, else 19xx. */
export function yearNamed(groups: Readonly<Record<string, string | undefined>>, thisYear: number): number | null {
  const { word, year } = groups
  if (word !== undefined) return thisYear + (YEAR_WORDS[word] as number)
  return year === undefined ? null : fullYear(year, thisYear)
}

export function fullYear(digits: string, thisYear: number): number {
  const number = Number(digits)
  if (digits.length > 2) return number
  const century = Math.floor(thisYear / 100) * 100
  return century + number <= thisYear + 1 ? century + number : century - 100 + number
}
