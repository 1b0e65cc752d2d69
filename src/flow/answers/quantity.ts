/** Counts, sums and measures: what was said, in the unit that was asked. */
import { withoutGoods } from './goods.ts'
import { householdInParts } from './household.ts'
import { itemsOf } from './items.ts'
import { isNothing } from './nothing.ts'
import { readNumeral } from './numeral.ts'
import { peopleCounted, peopleNamed } from './people.ts'
import { withoutEach } from './price-each.ts'
import { isLoner, plainPeople } from './people-words.ts'
import { eachOfFew, plainWords } from './quantity-idioms.ts'
import { ranged, spread } from './quantity-parts.ts'
import type { Tokens } from './quantity-tokens.ts'
import { tokensOf } from './quantity-tokens.ts'
import { bare } from './silence.ts'
import type { Unit } from './understanding.ts'
import { isTime } from './units.ts'
import { oneCharacter } from './variants.ts'

export interface Quantity {
  /** In the asked unit; several where the person named several, or where it is unclear which was meant. */
  readonly values: readonly number[]
  readonly approximate: boolean
  /** Even a single value should be asked back: people were named, not counted; money was owed, not earned. */
  readonly unsure: boolean
}

/** Longer texts tell a story and are no quantity. */
const LONGEST = 120
/** More amounts than this are no answer to choose from. */
const MOST_VALUES = 9
const CURRENCY = /^(?:¥|rmb|cny|人民币) ?(?=\d)/

const SHARE = /分之|%|‰|百分百/
/** 三月 is March; 两月 and 三个月 are months. */
const MONTH_OF_YEAR = /[一二三四五六七八九十\d]月/

const perPeriod = (values: readonly number[], times: number): number[] =>
  times === 1 ? [...values] : [...values, ...values.map((value) => value * times)]

function read({ tokens, approximate, owed }: Tokens, asked: Unit | undefined): Quantity | null {
  if (owed && asked !== 'yuan' && asked !== undefined) return null
  const period = tokens.find((token) => token.kind === 'per')
  const minus = tokens.filter((token) => token.kind === 'minus').length
  const rest = tokens.filter((token) => token.kind !== 'per' && token.kind !== 'minus')
  if (minus > 1 || (minus === 1 && tokens.find((token) => token.kind !== 'per')?.kind !== 'minus')) return null
  if (rest.some((token) => token.kind === 'self' || token.kind === 'kin')) {
    const counted = rest.filter((token) => token.kind !== 'self')
    const plain = rest[0]?.kind === 'self' && counted.every((token) => token.kind === 'number' || token.kind === 'unit')
    const inAll = peopleCounted(rest)
    if (inAll !== null && (asked === 'person' || asked === undefined))
      return { values: [inAll], approximate, unsure: false }
    const named = asked === 'person' || asked === undefined ? peopleNamed(rest) : null
    if (named !== null)
      return { values: [named], approximate: false, unsure: named !== 1 || counted[0]?.kind !== 'number' }
    return plain && counted.length > 0 ? read({ tokens: counted, approximate, owed }, asked) : null
  }
  const sum = rest.some((token) => token.kind === 'to') ? ranged(rest, asked) : spread(rest, asked)
  if (!sum) return peopleAdded(rest, asked)
  const values = sum.values.map((value) => (minus === 1 ? -value : value))
  return {
    values: [...new Set(period ? perPeriod(values, period.times) : values)],
    approximate: approximate || !sum.exact,
    unsure: owed,
  }
}

/** 两个大人带个娃: they were named, and whether that is all of them is asked. */
function peopleAdded(tokens: Tokens['tokens'], asked: Unit | undefined): Quantity | null {
  const named = asked === 'person' && tokens.some(({ kind }) => kind === 'and') ? peopleNamed(tokens) : null
  return named === null ? null : { values: [named], approximate: false, unsure: true }
}

const CONSECUTIVE =
  /(?<![\d一二三四五六七八九十百千万])([1-9一二两三四五六七八九]) ?[、,] ?([1-9一二三四五六七八九])(?!\d|[、,])/g

/** 3 万, 10 000, 5、6个: as one would write them without a pause. */
function joined(text: string): string {
  return text
    .replace(/(?<=\d) (?=[百千万亿])/g, '')
    .replace(/(?<!\d)\d{1,3}(?: \d{3})+(?!\d)/g, (run) => run.replaceAll(' ', ''))
    .replace(CONSECUTIVE, (run, left: string, right: string) => {
      const [low, high] = [readNumeral(left)?.values[0] ?? 0, readNumeral(right)?.values[0] ?? 0]
      return high === low + 1 ? `${left}到${right}` : run
    })
}

/** One amount, or from one to another. */
function readOne(text: string, asked: Unit | undefined): Quantity | null {
  const money = asked === 'yuan' ? withoutEach(bare(text)) : text
  for (const said of new Set([text, bare(text), withoutGoods(text, asked) ?? text, money])) {
    const tokens = tokensOf(said, !isTime(asked))
    const quantity = tokens && read(tokens, asked)
    if (quantity) return quantity
  }
  return null
}

/** 几百块, 好几千斤: all that it may be. */
function readFew(text: string, asked: Unit | undefined): Quantity | null {
  const each = eachOfFew(text)?.map((amount) => readOne(amount, asked))
  if (!each || each.includes(null)) return null
  const values = [...new Set(each.flatMap((quantity) => quantity?.values ?? []))].sort((a, b) => a - b)
  return values.length <= MOST_VALUES ? { values, approximate: false, unsure: true } : null
}

function readItems(text: string, asked: Unit | undefined): Quantity | null {
  return itemsOf(text, asked !== 'month' && asked !== 'year', (clause) => {
    const quantity = readOne(clause, asked)
    const [value] = quantity?.values ?? []
    return !quantity || value === undefined || quantity.values.length > 1 || quantity.unsure
      ? null
      : { value, approximate: quantity.approximate }
  })
}

/** 今年五十 is an age. */
const AGE = /^(?:我|他|她)?(?:今年|虚岁|周岁|实岁|虚|满|刚满)[一二两三四五六七八九十\d]+$/

function readPeople(text: string): Quantity | null {
  if (AGE.test(text)) return null
  if (isLoner(text)) return { values: [1], approximate: false, unsure: true }
  const counted = readOne(plainPeople(text), 'person')
  if (counted) return counted
  const parts = householdInParts(text)
  if (parts) return { ...parts, approximate: false }
  const items = readItems(text, 'person')
  return items && !items.unsure ? items : null
}

/**
 * @param text normalised
 * @returns null when it names no quantity, or one of another dimension (三斤 where people were asked)
 */
export function readQuantity(text: string, asked: Unit | undefined): Quantity | null {
  if (text.length > LONGEST) return null
  const even = oneCharacter(text)
  if (SHARE.test(even) || (isTime(asked) && MONTH_OF_YEAR.test(even))) return null
  if (isNothing(even)) return { values: [0], approximate: false, unsure: false }
  const prefixed = CURRENCY.test(even)
  if (prefixed && asked !== undefined && asked !== 'yuan') return null
  const amount = plainWords(joined(prefixed ? even.replace(CURRENCY, '') : even), asked)
  if (asked === 'person') return readPeople(amount)
  const own = asked === undefined ? plainPeople(amount) : amount
  return readOne(own, asked) ?? readFew(amount, asked) ?? readItems(amount, asked)
}
