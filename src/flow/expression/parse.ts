import { refusal } from './refusal.ts'
import { LEVELS, UNION } from './syntax.ts'
import type { Head, Level, Link, Step, Syntax } from './syntax.ts'
import { tokensOf } from './tokens.ts'
import type { Token } from './tokens.ts'

/** UTF-16 units. The longest expressions in published XLSForms are a few thousand. */
export const MAX_SOURCE = 20_000
/** Brackets, calls and filters inside each other: far above hand-written forms, far below what the stack bears. */
export const MAX_NESTING = 200

const LAST_SAVED = 'last-saved#'

/**
 * Reads an expression; knows no names yet.
 * @throws AppError EXPRESSION_INVALID, see Reason
 */
export function parse(source: string): Syntax {
  if (source.length > MAX_SOURCE) throw refusal('too_long', MAX_SOURCE, { limit: MAX_SOURCE })
  const parser = new Parser(tokensOf(source))
  return parser.whole()
}

class Parser {
  private readonly tokens: readonly Token[]
  private next = 0
  private nesting = 0

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens
  }

  whole(): Syntax {
    if (this.peek().kind === 'end') throw refusal('empty', 0)
    const syntax = this.expression(1)
    const token = this.peek()
    if (token.kind !== 'end') throw this.leftOver(token)
    return syntax
  }

  private expression(least: Level): Syntax {
    if (++this.nesting > MAX_NESTING) throw refusal('too_deep', this.peek().at, { limit: MAX_NESTING })
    let left = this.signed()
    let links: Link[] = []
    let open: Level | null = null
    for (;;) {
      const token = this.peek()
      const level = this.operatorLevel(token)
      if (level === null || level < least) break
      this.next++
      // An operand is whatever binds tighter; a minus sign may stand before it at every level.
      const operand = level === UNION ? this.path() : this.expression((level + 1) as Level)
      if (open !== level) {
        links = []
        left = { kind: 'chain', level, first: left, rest: links, at: left.at }
        open = level
      }
      links.push({ operator: token.text, operand, at: token.at })
    }
    this.nesting--
    return left
  }

  private operatorLevel(token: Token): Level | null {
    if (token.kind !== 'symbol' && token.kind !== 'name') return null
    return LEVELS.get(token.text) ?? null
  }

  private signed(): Syntax {
    const at = this.peek().at
    let signs = 0
    while (this.accept('-')) signs++
    if (signs === 0) return this.path()
    return { kind: 'negation', odd: signs % 2 === 1, operand: this.expression(UNION), at }
  }

  private path(): Syntax {
    const token = this.peek()
    const start = this.primary()
    const filters = this.filters()
    const steps: Step[] = []
    while (this.accept('/')) steps.push(this.step())
    if (start.kind === 'expression') {
      if (filters.length === 0 && steps.length === 0) return start.expression
    }
    return { kind: 'path', head: start, filters, steps, at: token.at }
  }

  private step(): Step {
    const token = this.peek()
    const allowed = token.kind === 'name' || (token.kind === 'symbol' && (token.text === '.' || token.text === '..'))
    if (!allowed) throw refusal('unsupported_path', token.at, { found: token.text })
    this.next++
    return { name: token.text, filters: this.filters(), at: token.at }
  }

  private filters(): Syntax[] {
    const filters: Syntax[] = []
    for (let open = this.peek(); this.accept('['); open = this.peek()) {
      filters.push(this.expression(1))
      this.close(']', open)
    }
    return filters
  }

  private primary(): Head {
    const token = this.peek()
    switch (token.kind) {
      case 'number':
        this.next++
        return { kind: 'expression', expression: { kind: 'literal', value: Number(token.text), at: token.at } }
      case 'text':
        this.next++
        return { kind: 'expression', expression: { kind: 'literal', value: token.text, at: token.at } }
      case 'reference':
        this.next++
        return referenceHead(token.text)
      case 'name':
        this.next++
        return this.peek().kind === 'symbol' && this.peek().text === '('
          ? { kind: 'expression', expression: this.call(token) }
          : { kind: 'name', name: token.text }
      case 'symbol':
        return this.symbol(token)
      case 'end':
        throw refusal('missing_operand', token.at)
    }
  }

  private symbol(token: Token): Head {
    this.next++
    if (token.text === '(') {
      const expression = this.expression(1)
      this.close(')', token)
      return { kind: 'expression', expression }
    }
    if (token.text === '.') return { kind: 'self' }
    if (token.text === '..') return { kind: 'parent' }
    if (token.text === '/' || token.text === '//' || token.text === '@')
      throw refusal('unsupported_path', token.at, { found: token.text, hint: '${…}' })
    if ((token.text === ')' || token.text === ']') && this.nesting === 1)
      throw refusal('unbalanced', token.at, { found: token.text })
    throw refusal('missing_operand', token.at, { found: token.text })
  }

  private call(name: Token): Syntax {
    const open = this.peek()
    this.next++
    const args: Syntax[] = []
    if (!this.accept(')')) {
      do args.push(this.expression(1))
      while (this.accept(','))
      this.close(')', open)
    }
    return { kind: 'call', name: name.text, args, at: name.at }
  }

  private close(sign: ')' | ']', open: Token): void {
    const token = this.peek()
    if (this.accept(sign)) return
    if (token.kind === 'end') throw refusal('unbalanced', open.at, { found: open.text, hint: sign })
    throw this.leftOver(token, open)
  }

  /** What stands where an operator or the end should be. */
  private leftOver(token: Token, open: Token | null = null) {
    if (token.kind === 'name' && LEVELS.has(token.text.toLowerCase()))
      return refusal('bad_operator', token.at, { found: token.text, hint: token.text.toLowerCase() })
    if (token.kind === 'symbol' && (token.text === ')' || token.text === ']'))
      return refusal('unbalanced', token.at, { found: token.text, ...(open && { hint: open.text }) })
    if (token.kind === 'symbol' && (token.text === '//' || token.text === '@' || token.text === '::'))
      return refusal('unsupported_path', token.at, { found: token.text })
    return refusal('missing_operator', token.at, { found: token.text })
  }

  private accept(text: string): boolean {
    const token = this.peek()
    if (token.kind !== 'symbol' || token.text !== text) return false
    this.next++
    return true
  }

  private peek(): Token {
    return this.tokens[this.next] as Token
  }
}

function referenceHead(text: string): Head {
  const lastSaved = text.startsWith(LAST_SAVED)
  return { kind: 'reference', name: lastSaved ? text.slice(LAST_SAVED.length) : text, lastSaved }
}
