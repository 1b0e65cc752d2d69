import { parse } from './parse.ts'
import { patternOf } from './pattern.ts'
import { parts } from './syntax.ts'
import type { Chain, Link, Syntax } from './syntax.ts'

/** Something that loads but probably does not do what its author means. `position` is the offset in the source. */
export type Finding =
  /** `${name} != number` is true while the question is unanswered; worth telling where it need not be answered. */
  | { readonly finding: 'not_equal_unanswered'; readonly position: number; readonly name: string }
  /** A pattern that can't be compiled. */
  | { readonly finding: 'pattern_invalid'; readonly position: number; readonly pattern: string }
  /** Repetition inside repetition: linear here, but exponential in clients whose patterns backtrack. */
  | { readonly finding: 'pattern_slow'; readonly position: number; readonly pattern: string }

/**
 * What `flow check` tells an author about an expression, besides what keeps it from loading.
 * @throws AppError EXPRESSION_INVALID where it can't even be read.
 */
export function findings(source: string): readonly Finding[] {
  return [...parts(parse(source))].flatMap((syntax) => [...comparisonFindings(syntax), ...patternFindings(syntax)])
}

function comparisonFindings(syntax: Syntax): Finding[] {
  if (syntax.kind !== 'chain') return []
  return syntax.rest.flatMap((link, index) => {
    if (link.operator !== '!=') return []
    const sides = [operandBefore(syntax, index), link.operand]
    const name = sides.map(referenceName).find((found) => found !== null)
    if (name === undefined || name === null || !sides.some(isNumber)) return []
    return [{ finding: 'not_equal_unanswered' as const, position: link.at, name }]
  })
}

const operandBefore = (chain: Chain, index: number): Syntax =>
  index === 0 ? chain.first : (chain.rest[index - 1] as Link).operand

function referenceName(syntax: Syntax): string | null {
  if (syntax.kind !== 'path' || syntax.steps.length > 0 || syntax.filters.length > 0) return null
  return syntax.head.kind === 'reference' ? syntax.head.name : null
}

function isNumber(syntax: Syntax): boolean {
  if (syntax.kind === 'negation') return true
  if (syntax.kind === 'literal') return typeof syntax.value === 'number'
  return syntax.kind === 'chain' && syntax.level >= 5
}

function patternFindings(syntax: Syntax): Finding[] {
  if (syntax.kind !== 'call' || syntax.name !== 'regex') return []
  const pattern = syntax.args[1]
  if (pattern?.kind !== 'literal' || typeof pattern.value !== 'string') return []
  const about = { position: pattern.at, pattern: pattern.value }
  if (patternOf(pattern.value) === null) return [{ finding: 'pattern_invalid', ...about }]
  return repeatsRepetition(pattern.value) ? [{ finding: 'pattern_slow', ...about }] : []
}

/** An unbounded quantifier on a group that holds another one: `(a+)+`. */
function repeatsRepetition(pattern: string): boolean {
  const unbounded = /^(?:[*+]|\{[0-9]+,\})/
  const open: boolean[] = []
  let holds = false
  for (let at = 0; at < pattern.length; at++) {
    const sign = pattern[at]
    if (sign === '\\') at++
    else if (sign === '[') at = classEnd(pattern, at)
    else if (sign === '(') {
      open.push(holds)
      holds = false
    } else if (sign === ')') {
      const inner: boolean = holds
      const outer = open.pop() ?? false
      holds = outer || inner
      if (inner && unbounded.test(pattern.slice(at + 1))) return true
    } else if (unbounded.test(pattern.slice(at))) holds = true
  }
  return false
}

function classEnd(pattern: string, start: number): number {
  for (let at = start + 1; at < pattern.length; at++) {
    if (pattern[at] === '\\') at++
    else if (pattern[at] === ']' && at > start + 1) return at
  }
  return pattern.length
}
