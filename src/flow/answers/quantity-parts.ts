/** Numbers and units of one amount added up: 两斤三两, 三块五, 一年半, 两个大人一个小孩; and from one amount to another. */
import type { Token } from './quantity-tokens.ts'
import type { Unit } from './understanding.ts'
import type { SpokenUnit } from './units.ts'
import { convert, fitting } from './units.ts'

export interface Total {
  /** In the asked unit. */
  readonly values: readonly number[]
  /** False where a month was counted as 30 days, or a unit has no fixed size. */
  readonly exact: boolean
}

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
function total(parts: readonly Part[], asked: Unit | undefined): Total | null {
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

export function ranged(tokens: readonly Token[], asked: Unit | undefined): Total | null {
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

export function spread(tokens: readonly Token[], asked: Unit | undefined): Total | null {
  const parts = partsOf(tokens, asked)
  return parts && total(parts, asked)
}
