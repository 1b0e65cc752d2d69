import { RE2JS } from 're2js'
import { ofBoolean } from './code.ts'
import type { Code } from './code.ts'
import { refusal } from './refusal.ts'

/** UTF-16 units. */
const MAX_PATTERN = 1_000

/** The same few patterns stand in every flow. */
const MAX_KNOWN = 200
const KNOWN = new Map<string, Pattern | null>()

export type Pattern = (text: string) => boolean

/**
 * A pattern of an author, run on what villagers write: matches the whole value, code point by code point, in time
 * linear in its length. Look-around and back-references are not in the language.
 * @returns null for a pattern that is not valid.
 */
export function patternOf(source: string): Pattern | null {
  if (source.length > MAX_PATTERN) return null
  let found = KNOWN.get(source)
  if (found === undefined) {
    if (KNOWN.size >= MAX_KNOWN) KNOWN.clear()
    KNOWN.set(source, (found = compiledFrom(source)))
  }
  return found
}

function compiledFrom(source: string): Pattern | null {
  try {
    const compiled = RE2JS.compile(RE2JS.translateRegExp(scriptNames(source)))
    return (text) => compiled.testExact(text)
  } catch {
    return null
  }
}

/** regex(value, pattern). A pattern that is only known when it runs and is not valid matches nothing. */
export function patternCode(value: Code, pattern: Code, at: number): Code {
  const text = value.string
  if (typeof pattern.constant === 'string') {
    const matches = patternOf(pattern.constant)
    if (matches === null) throw refusal('invalid_pattern', at, { found: pattern.constant.slice(0, 100) })
    return ofBoolean((environment, frame) => matches(text(environment, frame)))
  }
  const source = pattern.string
  let last: { source: string; matches: Pattern | null } | null = null
  return ofBoolean((environment, frame) => {
    const wanted = source(environment, frame)
    if (last?.source !== wanted) last = { source: wanted, matches: patternOf(wanted) }
    return last.matches !== null && last.matches(text(environment, frame))
  })
}

/** `\p{Script=Han}` as ECMAScript writes it is `\p{Han}` in RE2; General_Category likewise. */
const scriptNames = (source: string): string =>
  source.replace(/\\([pP])\{(?:Script|sc|Script_Extensions|scx|General_Category|gc)=([A-Za-z_]+)\}/g, '\\$1{$2}')
