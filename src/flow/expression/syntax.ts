/** What an expression says, before any name in it has a meaning. `at` is the offset in the source. */
export type Syntax = Literal | Path | Call | Negation | Chain

export interface Literal {
  readonly kind: 'literal'
  readonly value: string | number
  readonly at: number
}

/** `${q}[filter]/step[filter]`, `.`, `..`, `name`, `instance('x')/root/item[…]/col`. */
export interface Path {
  readonly kind: 'path'
  readonly head: Head
  readonly filters: readonly Syntax[]
  readonly steps: readonly Step[]
  readonly at: number
}

export type Head =
  | { readonly kind: 'reference'; readonly name: string; readonly lastSaved: boolean }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'self' }
  | { readonly kind: 'parent' }
  | { readonly kind: 'expression'; readonly expression: Syntax }

export interface Step {
  /** A child's name, or `.` or `..`. */
  readonly name: string
  readonly filters: readonly Syntax[]
  readonly at: number
}

export interface Call {
  readonly kind: 'call'
  readonly name: string
  readonly args: readonly Syntax[]
  readonly at: number
}

export interface Negation {
  readonly kind: 'negation'
  /** An even number of signs only turns the operand into a number. */
  readonly odd: boolean
  readonly operand: Syntax
  readonly at: number
}

/** Operators of one level, left to right: `a - b + c` is one chain, however long, so depth is nesting only. */
export interface Chain {
  readonly kind: 'chain'
  readonly level: Level
  readonly first: Syntax
  readonly rest: readonly Link[]
  readonly at: number
}

export interface Link {
  readonly operator: string
  readonly operand: Syntax
  readonly at: number
}

/** How tightly an operator binds; unary minus stands between 6 and 7. */
export type Level = 1 | 2 | 3 | 4 | 5 | 6 | 7

export const LEVELS: ReadonlyMap<string, Level> = new Map([
  ['or', 1],
  ['and', 2],
  ['=', 3],
  ['!=', 3],
  ['<', 4],
  ['<=', 4],
  ['>', 4],
  ['>=', 4],
  ['+', 5],
  ['-', 5],
  ['*', 6],
  ['div', 6],
  ['mod', 6],
  ['|', 7],
])

export const UNION: Level = 7

/** Every expression inside `syntax`, itself first. */
export function* parts(syntax: Syntax): Generator<Syntax> {
  yield syntax
  switch (syntax.kind) {
    case 'literal':
      return
    case 'call':
      for (const arg of syntax.args) yield* parts(arg)
      return
    case 'negation':
      yield* parts(syntax.operand)
      return
    case 'chain':
      yield* parts(syntax.first)
      for (const link of syntax.rest) yield* parts(link.operand)
      return
    case 'path':
      if (syntax.head.kind === 'expression') yield* parts(syntax.head.expression)
      for (const filter of syntax.filters) yield* parts(filter)
      for (const step of syntax.steps) for (const filter of step.filters) yield* parts(filter)
  }
}
