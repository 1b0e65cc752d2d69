import { refusal } from './refusal.ts'

export interface Token {
  readonly kind: 'number' | 'text' | 'reference' | 'name' | 'symbol' | 'end'
  /** Of a text without its quotes, of a reference without `${}`. */
  readonly text: string
  readonly at: number
}

const BLANK = /[ \t\r\n\u00a0]+/y
const NUMBER = /[0-9]+(?:\.[0-9]*)?|\.[0-9]+/y
const NAME = /[\p{L}_][\p{L}\p{M}\p{Nd}\-_.]*(?::[\p{L}_][\p{L}\p{M}\p{Nd}\-_.]*)?/uy
const SYMBOL = /!=|<=|>=|\.\.|\/\/|::|[()[\],+\-*=<>|/.@]/y

/** Spellings from other languages, and what they are here. Longest first. */
const FOREIGN: readonly (readonly [foreign: string, here: string])[] = [
  ['===', '='],
  ['==', '='],
  ['&&', 'and'],
  ['||', 'or'],
  ['<>', '!='],
  ['=>', '>='],
  ['=<', '<='],
  ['≠', '!='],
  ['≥', '>='],
  ['≤', '<='],
  ['×', '*'],
  ['÷', 'div'],
  ['&', 'and'],
  ['%', 'mod'],
]

/** Full-width and typographic signs that are not the full-width form of an ASCII sign by code point. */
const TYPOGRAPHIC: Readonly<Record<string, string>> = {
  '\u201c': '"',
  '\u201d': '"',
  '\u2018': "'",
  '\u2019': "'",
  '\u3000': ' ',
  '\u3001': ',',
  '\u3002': '.',
  '\u3010': '[',
  '\u3011': ']',
  '\u2212': '-',
}

/** @throws AppError EXPRESSION_INVALID */
export function tokensOf(source: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  const take = (pattern: RegExp): string | null => {
    pattern.lastIndex = at
    return pattern.exec(source)?.[0] ?? null
  }
  while (at < source.length) {
    const blank = take(BLANK)
    if (blank !== null) {
      at += blank.length
      continue
    }
    const token = quoted(source, at) ?? reference(source, at)
    if (token) {
      tokens.push(token.token)
      at = token.end
      continue
    }
    refuseForeign(source, at)
    const [kind, text] = plain(take)
    if (text === null) throw unexpected(source, at)
    tokens.push({ kind, text, at })
    at += text.length
  }
  tokens.push({ kind: 'end', text: '', at: source.length })
  return tokens
}

function plain(take: (pattern: RegExp) => string | null): ['number' | 'name' | 'symbol', string | null] {
  const number = take(NUMBER)
  if (number !== null) return ['number', number]
  const name = take(NAME)
  if (name !== null) return ['name', name]
  return ['symbol', take(SYMBOL)]
}

function quoted(source: string, at: number): { token: Token; end: number } | null {
  const quote = source[at]
  if (quote !== "'" && quote !== '"') return null
  const end = source.indexOf(quote, at + 1)
  if (end < 0) throw refusal('unterminated_string', at, { found: quote })
  return { token: { kind: 'text', text: source.slice(at + 1, end), at }, end: end + 1 }
}

function reference(source: string, at: number): { token: Token; end: number } | null {
  if (!source.startsWith('${', at)) return null
  const end = source.indexOf('}', at)
  if (end < 0) throw refusal('unbalanced', at, { found: '${', hint: '}' })
  const name = source.slice(at + 2, end).trim()
  if (name === '') throw refusal('unknown_reference', at, { name })
  return { token: { kind: 'reference', text: name, at }, end: end + 1 }
}

function refuseForeign(source: string, at: number): void {
  const foreign = FOREIGN.find(([text]) => source.startsWith(text, at))
  if (foreign) throw refusal('bad_operator', at, { found: foreign[0], hint: foreign[1] })
  if (source[at] === '!' && source[at + 1] !== '=') throw refusal('bad_operator', at, { found: '!', hint: 'not(…)' })
  if (source.startsWith('!==', at)) throw refusal('bad_operator', at, { found: '!==', hint: '!=' })
  const wide = String.fromCodePoint(source.codePointAt(at) ?? 0)
  const narrow = narrowed(wide)
  if (narrow !== null) throw refusal('full_width', at, { found: wide, hint: narrow })
}

/** U+FF01…U+FF5E are the ASCII signs 0xFEE0 further on (Unicode, Halfwidth and Fullwidth Forms); letters may be names. */
function narrowed(sign: string): string | null {
  const code = sign.charCodeAt(0)
  if (code >= 0xff01 && code <= 0xff5e && !/\p{L}|\uff3f/u.test(sign)) return String.fromCharCode(code - 0xfee0)
  return TYPOGRAPHIC[sign] ?? null
}

function unexpected(source: string, at: number) {
  return refusal('unexpected_character', at, { found: String.fromCodePoint(source.codePointAt(at) ?? 0) })
}
