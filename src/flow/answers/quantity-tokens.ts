/** Cuts a said quantity into numbers, units and the words around them. */
import { readEnglishNumeral } from './english-numeral.ts'
import { readNumeral } from './numeral.ts'
import { saidWordsAt } from './quantity-words.ts'
import type { SaidWord } from './quantity-words.ts'
import type { SpokenUnit } from './units.ts'
import { SPOKEN_UNITS } from './units.ts'

export type Token =
  | { readonly kind: 'number'; readonly values: readonly number[]; readonly digit: boolean; readonly half?: true }
  | { readonly kind: 'unit'; readonly word: string; readonly meanings: readonly SpokenUnit[] }
  | Exclude<SaidWord, { kind: 'noise' | 'about' | 'owed' }>

export interface Tokens {
  readonly tokens: readonly Token[]
  readonly approximate: boolean
  readonly owed: boolean
}

const LONGEST_UNIT = Math.max(...[...SPOKEN_UNITS.keys()].map((word) => word.length))
const BETWEEN = ' ,，、。.;:"()!?·\n'
const NUMERAL = /[\d一二三四五六七八九十百千万两俩仨半廿卅零壹贰叁肆伍陆柒捌玖拾]/

const NOT_GOODS = new RegExp(`${NUMERAL.source}|[没不无非别多少]`)

function unitAt(text: string, at: number): string | null {
  for (let length = Math.min(LONGEST_UNIT, text.length - at); length > 0; length--) {
    const word = text.slice(at, at + length)
    if (!SPOKEN_UNITS.has(word)) continue
    const next = text[at + length]
    if (/[a-z]$/.test(word) && next !== undefined && next >= 'a' && next <= 'z') continue
    return word
  }
  return null
}

/** 三块腊肉 is no sum of money. */
const NO_MEASURE: ReadonlySet<string> = new Set(['口', '个', '块'])

/** 三百斤茶叶, 两亩半水田: what was weighed or measured follows its unit. */
function namesGoods(unit: Token & { kind: 'unit' }, rest: string): boolean {
  const measured = unit.meanings.some(({ dimension }) => ['weight', 'area', 'animal', 'piece'].includes(dimension))
  return measured && !NO_MEASURE.has(unit.word) && /^\p{Script=Han}{1,6}$/u.test(rest) && !NOT_GOODS.test(rest)
}

/**
 * @param periods read 一个月 as “per month” rather than as one month: sums and counts, not durations
 * @returns null when a part of the text is none of ours: then it was not a quantity
 */
export function tokensOf(text: string, periods: boolean): Tokens | null {
  const tokens: Token[] = []
  let approximate = false
  let owed = false
  let at = 0
  scan: while (at < text.length) {
    const char = text[at] as string
    const before = tokens.at(-1)
    if (char === '-' && before?.kind !== 'number' && before?.kind !== 'unit') {
      tokens.push({ kind: 'minus' })
      at++
      continue
    }
    if (before?.kind === 'number' || (before?.kind === 'half' && char !== '半')) {
      const unit = unitAt(text, at)
      if (unit !== null && !(char === '口' && before.kind === 'half')) {
        tokens.push({ kind: 'unit', word: unit, meanings: SPOKEN_UNITS.get(unit) ?? [] })
        at += unit.length
        continue
      }
    }
    if (char === '半' && (before?.kind === 'unit' || before?.kind === 'number')) {
      tokens.push({ kind: 'half' })
      at++
      continue
    }
    const halfYearly = periods && text.startsWith('半年', at) && NUMERAL.test(text.slice(0, at) + text.slice(at + 2))
    if (char === '半' && !halfYearly) {
      tokens.push({ kind: 'number', values: [0.5], digit: false, half: true })
      at++
      continue
    }
    if (text.startsWith('个把', at)) {
      tokens.push({ kind: 'number', values: [1], digit: false, half: true })
      approximate = true
      at += 2
      continue
    }
    if (/^[上好](?=[百千万])/.test(text.slice(at, at + 2))) {
      if (char === '好') return null
      approximate = true
      at++
      continue
    }
    if (text.startsWith('一家', at)) {
      const rest = text.slice(at + 2).replace(/^人?/, '')
      if (NUMERAL.test(rest[0] ?? '')) {
        at = text.length - rest.length
        continue
      }
    }
    const said = [...saidWordsAt(text, at)]
    const numeral = readNumeral(text, at)
    for (const [length, word] of said) {
      if (word.kind === 'per' && !periods) continue
      if (word.kind === 'minus' || word.kind === 'half') continue
      if (numeral && word.kind !== 'per' && at + length <= numeral.end) continue
      if (word.kind === 'to' && before?.kind !== 'number' && before?.kind !== 'unit') continue
      if (word.kind === 'noise' || word.kind === 'about') approximate ||= word.kind === 'about'
      else if (word.kind === 'owed') owed = true
      else tokens.push(word)
      at += length
      continue scan
    }
    if (char === '负' || char === '−' || text.startsWith('minus ', at)) {
      tokens.push({ kind: 'minus' })
      at += char === 'm' ? 6 : 1
      continue
    }
    if (numeral) {
      approximate ||= numeral.vague
      tokens.push({
        kind: 'number',
        values: numeral.values,
        digit: numeral.values.length === 1 && numeral.end - at === 1 && (numeral.values[0] as number) < 10,
      })
      at = numeral.end
      continue
    }
    const english = readEnglishNumeral(text, at)
    if (english) {
      tokens.push({
        kind: 'number',
        values: [english.value],
        digit: false,
        ...(english.value === 0.5 && { half: true as const }),
      })
      at = english.end
      continue
    }
    if (BETWEEN.includes(char)) {
      at++
      continue
    }
    const unit = unitAt(text, at)
    if (unit === null) {
      const measure = before?.kind === 'half' ? tokens.at(-2) : before
      return measure?.kind === 'unit' && namesGoods(measure, text.slice(at)) ? { tokens, approximate, owed } : null
    }
    tokens.push({ kind: 'unit', word: unit, meanings: SPOKEN_UNITS.get(unit) ?? [] })
    at += unit.length
  }
  return { tokens, approximate, owed }
}
