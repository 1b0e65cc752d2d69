/**
 * Several amounts in one answer: 打工三万，低保三千; 水田两亩旱地三亩; 3万加5000; 花了8000，报销5000. Only what is added in so many
 * words is added; else the sum is offered beside the amounts.
 */
import { numeralRuns } from './numeral-runs.ts'
import { isNothing } from './nothing.ts'

/** What one clause says, and nothing else of it. */
export interface Item {
  readonly value: number
  readonly approximate: boolean
}

export interface Items {
  readonly values: readonly number[]
  readonly approximate: boolean
  readonly unsure: boolean
}

const MOST_ITEMS = 5
const BETWEEN = /[,，、;；。 ]+|\+|(?:再|又|还)?加上?|还有|另外|以及|和|跟/
const PLUS = /\+|(?<!参)加上?/
const REPAID = /报了|报销|报得|报完|补助了|退了/
const YEARS = /去年|前年|今年|上年/
/** What a clause is about, before its amount. */
const ABOUT =
  /^(?:医保|合作医疗|农合)?(?:报了|报销了?|报得|报完|补助了|退了)|^(?:去年|前年|今年|上年)|^(?:大的|小的|公的|母的)(?=.)|^(?:打工|低保|养老金?|退休金?|种地|种田|养猪|卖菜|补贴|补助)(?=[没冇莫无])/
/** Numbers and units, and nothing that was counted. */
const PLAIN =
  /^[零一二两三四五六七八九十百千万亿\d.块元钱亩斤公头只羽分钟毛角天个小时年月岁周星期礼拜担吨挑条件袋筐箱多来不到左右大概约]+$/
/** 3,5 and 3.14.15 may be anything. */
const UNCLEAR = /\d[,.:。]\d/

const isBare = (text: string): boolean => /^[\d.零一二两三四五六七八九]+$/.test(text)

/** 水田两亩|旱地三亩, 两亩水田|三亩旱地: cut where no comma was written. */
function clausesOf(text: string): string[] {
  const parted = text.split(BETWEEN).filter((clause) => clause !== '')
  if (parted.length !== 1) return parted
  const runs = numeralRuns(text)
  if (runs.length < 2 || runs.some(({ from, end }) => isBare(text.slice(from, end)))) return parted
  const cuts = runs[0]?.from === 0 ? runs.slice(1).map(({ from }) => from) : runs.slice(0, -1).map(({ end }) => end)
  return [0, ...cuts].map((from, place) => text.slice(from, cuts[place] ?? text.length))
}

/**
 * @param text normalised, short
 * @param adds false where a sum means nothing: ages
 * @param read reads one clause; null where it is no single amount
 */
export function itemsOf(text: string, adds: boolean, read: (clause: string) => Item | null): Items | null {
  if (UNCLEAR.test(text)) return null
  const clauses = clausesOf(text)
  if (clauses.length < 2 || clauses.length > MOST_ITEMS) return null
  const items: Item[] = []
  for (const clause of clauses) {
    const item = isNothing(clause) ? { value: 0, approximate: false } : read(clause.replace(ABOUT, ''))
    if (!item || item.value < 0) return null
    items.push(item)
  }
  const amounts = items.map(({ value }) => value)
  const sum = Math.round(amounts.reduce((all, value) => all + value, 0) * 1e6) / 1e6
  const approximate = items.some((item) => item.approximate)
  const [first = 0, second = 0] = amounts
  if (REPAID.test(text)) {
    if (amounts.length !== 2 || second > first) return null
    return { values: [...new Set([first, first - second])], approximate, unsure: true }
  }
  if (adds && PLUS.test(text)) return { values: [sum], approximate, unsure: false }
  const alike = !adds || YEARS.test(text) || clauses.every((clause) => PLAIN.test(clause))
  return { values: [...new Set(alike ? amounts : [sum, ...amounts])], approximate, unsure: true }
}
