/** Counts, sums and measures: what was said, in the unit that was asked. */
import { readNumeral } from './numeral.ts'
import { peopleCounted, peopleNamed } from './people.ts'
import type { Token, Tokens } from './quantity-tokens.ts'
import { tokensOf } from './quantity-tokens.ts'
import { bare, isNone } from './silence.ts'
import type { Unit } from './understanding.ts'
import type { SpokenUnit } from './units.ts'
import { convert, fitting, isTime } from './units.ts'

export interface Quantity {
  /** In the asked unit; several where the person named several, or where it is unclear which was meant. */
  readonly values: readonly number[]
  readonly approximate: boolean
  /** Even a single value should be asked back: people were named, not counted. */
  readonly unsure: boolean
}

/** Longer texts tell a story and are no quantity. */
const LONGEST = 120
const CURRENCY = /^(?:¥|rmb|cny|人民币) ?(?=\d)/

interface Part {
  readonly values: readonly number[]
  readonly unit: SpokenUnit | null
  readonly half: boolean
  readonly digit: boolean
}

/** @returns null for tokens that are no numbers with units, or units of another dimension than asked. */
function partsOf(tokens: readonly Token[], asked: Unit | undefined): Part[] | null {
  const parts: Part[] = []
  for (let at = 0; at < tokens.length;) {
    const number = tokens[at]
    if (number?.kind === 'and' && parts.length > 0) {
      at++
      continue
    }
    if (number?.kind !== 'number') return null
    at++
    let unit: SpokenUnit | null = null
    let half = false
    for (;;) {
      const token = tokens[at]
      if (token?.kind === 'half' && !half && (unit !== null || tokens[at + 1]?.kind === 'unit')) half = true
      else if (token?.kind === 'unit') {
        const fits = fitting(token.meanings, asked)
        const counter = token.word === '个'
        if (!fits && !(counter && tokens[at + 1] !== undefined && (half || tokens[at + 1]?.kind !== 'number'))) {
          if (!(token.word === '钱' && unit?.dimension === 'money')) return null
        } else if (unit === null || unit.dimension === 'person') {
          unit = fits ?? unit
        } else if (fits && fits.dimension !== unit.dimension) return null
      } else break
      at++
    }
    if (number.half === true && unit === null) return null
    parts.push({ values: number.values, unit, half, digit: number.digit })
  }
  return parts
}

/** 两斤三两, 三块五, 一年半, 两个大人一个小孩. */
function total(parts: readonly Part[], asked: Unit | undefined): { values: number[]; exact: boolean } | null {
  const first = parts[0]
  if (!first) return null
  let exact = true
  const worth = (value: number, unit: SpokenUnit | null): number => {
    if (unit === null) return value
    const converted = convert(value, unit, asked)
    exact &&= converted.exact
    return converted.value
  }
  const add = (part: Part, value: number): number => worth(part.half ? value + 0.5 : value, part.unit)
  const kinds = parts.slice(1)
  if (first.unit?.dimension === 'person' && first.unit.kind !== true && kinds.length > 0) {
    const sum = kinds.reduce(
      (people, part) => people + (part.unit?.kind === true ? (part.values[0] as number) : NaN),
      0,
    )
    return sum === first.values[0] ? { values: [sum], exact: true } : null
  }
  let sums = first.values.map((value) => add(first, value))
  let before = first
  for (const part of parts.slice(1)) {
    if (part.values.length !== 1 || before.unit === null) return null
    const value = part.values[0] as number
    const last = part === parts.at(-1)
    let more: number
    if (part.unit === null) {
      const tenths = part.digit && last && ['money', 'weight', 'area'].includes(before.unit.dimension)
      if (!tenths) return null
      more = worth(value / 10, before.unit)
    } else {
      const people = before.unit.kind === true && part.unit.kind === true
      const finer =
        (part.unit.dimension === before.unit.dimension && part.unit.factor < before.unit.factor) ||
        (before.unit.dimension === 'calendar' && part.unit.dimension === 'time')
      if (!people && !finer) return null
      more = asked === undefined && !people ? (value * part.unit.factor) / before.unit.factor : add(part, value)
    }
    sums = sums.map((sum) => Math.round((sum + more) * 1e6) / 1e6)
    before = part
  }
  return { values: sums, exact }
}

/** 三到四千: the left side takes the right side's multiplier. */
function scaled(left: number, right: number): number {
  if (left >= right || left >= 10) return left
  const power = 10 ** Math.floor(Math.log10(right))
  return left * power < right && power > 1 ? left * power : left
}

function ranged(tokens: readonly Token[], asked: Unit | undefined): { values: number[]; exact: boolean } | null {
  const at = tokens.findIndex((token) => token.kind === 'to')
  const right = partsOf(tokens.slice(at + 1), asked)
  const left = partsOf(tokens.slice(0, at), asked)
  const [low, high] = [left?.[0], right?.[0]]
  if (!low || !high || left?.length !== 1 || right?.length !== 1) return null
  if (low.values.length !== 1 || high.values.length !== 1) return null
  const start = low.unit ? (low.values[0] as number) : scaled(low.values[0] as number, high.values[0] as number)
  const from = total([{ ...low, values: [start], unit: low.unit ?? high.unit }], asked)
  const to = total([high], asked)
  if (!from || !to) return null
  return { values: [...from.values, ...to.values], exact: from.exact && to.exact }
}

function perPeriod(values: readonly number[], months: number): number[] {
  if (months === 12) return [...values]
  const longer = months === 1 ? 12 : 30
  return [...values, ...values.map((value) => value * longer)]
}

function read({ tokens, approximate }: Tokens, asked: Unit | undefined): Quantity | null {
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
    if (named !== null) return { values: [named], approximate: false, unsure: counted[0]?.kind !== 'number' }
    return plain && counted.length > 0 ? read({ tokens: counted, approximate }, asked) : null
  }
  const sum = rest.some((token) => token.kind === 'to') ? ranged(rest, asked) : spread(rest, asked)
  if (!sum) return null
  const values = sum.values.map((value) => (minus === 1 ? -value : value))
  return {
    values: period ? [...new Set(perPeriod(values, period.months))] : [...new Set(values)],
    approximate: approximate || !sum.exact,
    unsure: false,
  }
}

const CONSECUTIVE =
  /(?<![\d一二三四五六七八九十百千万])([1-9一二两三四五六七八九]) ?[、,] ?([1-9一二三四五六七八九])(?!\d|[、,])/g

/** 3 万, 10 000, 5、6个, 老两口: as one would write them without a pause. */
function joined(text: string): string {
  return text
    .replace(/(?<=\d) (?=[百千万亿])/g, '')
    .replace(/(?<!\d)\d{1,3}(?: \d{3})+(?!\d)/g, (run) => run.replaceAll(' ', ''))
    .replace(/[老小]两口子?/g, '两口')
    .replace(CONSECUTIVE, (run, left: string, right: string) => {
      const [low, high] = [readNumeral(left)?.values[0] ?? 0, readNumeral(right)?.values[0] ?? 0]
      return high === low + 1 ? `${left}到${right}` : run
    })
}

function spread(tokens: readonly Token[], asked: Unit | undefined): { values: number[]; exact: boolean } | null {
  const parts = partsOf(tokens, asked)
  return parts && total(parts, asked)
}

/**
 * @param text normalised
 * @returns null when it names no quantity, or one of another dimension (三斤 where people were asked)
 */
export function readQuantity(text: string, asked: Unit | undefined): Quantity | null {
  if (text.length > LONGEST) return null
  if (isNone(text)) return { values: [0], approximate: false, unsure: false }
  const prefixed = CURRENCY.test(text)
  if (prefixed && asked !== undefined && asked !== 'yuan') return null
  const amount = joined(prefixed ? text.replace(CURRENCY, '') : text)
  for (const said of new Set([amount, bare(amount)])) {
    const tokens = tokensOf(said, !isTime(asked))
    const quantity = tokens && read(tokens, asked)
    if (quantity) return quantity
  }
  return null
}
