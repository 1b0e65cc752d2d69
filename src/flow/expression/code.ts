import type { Environment } from './environment.ts'
import type { Frame, Node, Row } from './frame.ts'
import { numberOf, numberText } from './numbers.ts'
import type { Shape } from './shape.ts'

export type Value = string | number | boolean | readonly string[]

export type Evaluate<T> = (environment: Environment, frame: Frame) => T

/** A piece of an expression as closures, one for each type that its neighbours may want. */
export interface Code {
  /** What it is before any conversion; `any` is known only when it runs. */
  readonly type: 'string' | 'number' | 'boolean' | 'nodes' | 'any'
  readonly string: Evaluate<string>
  readonly number: Evaluate<number>
  readonly boolean: Evaluate<boolean>
  readonly value: Evaluate<Value>
  /** Where it is written down in the source. */
  readonly constant: string | number | null
  /** Where it points at nodes: every `nodes`, and a `string` that is the answer of one question. */
  readonly nodes: Nodes | null
}

/** A node-set. */
export interface Nodes {
  readonly shape: Shape
  readonly list: Evaluate<readonly Node[]>
  readonly text: (environment: Environment, node: Node) => string
  /** Where it is every row of a look-up table. */
  readonly rows?: Evaluate<readonly Row[]>
  /** It is a `${repeat}` as written, with nothing behind it. */
  readonly bare?: boolean
}

export function ofString(string: Evaluate<string>, more: { constant?: string; nodes?: Nodes } = {}): Code {
  return {
    type: 'string',
    string,
    number: (environment, frame) => numberOf(string(environment, frame), environment.zone),
    boolean: (environment, frame) => string(environment, frame) !== '',
    value: string,
    constant: more.constant ?? null,
    nodes: more.nodes ?? null,
  }
}

export function ofNumber(number: Evaluate<number>, constant: number | null = null): Code {
  return {
    type: 'number',
    string: (environment, frame) => numberText(number(environment, frame)),
    number,
    boolean: (environment, frame) => truth(number(environment, frame)),
    value: number,
    constant,
    nodes: null,
  }
}

export function ofBoolean(boolean: Evaluate<boolean>): Code {
  return {
    type: 'boolean',
    string: (environment, frame) => (boolean(environment, frame) ? 'true' : 'false'),
    number: (environment, frame) => (boolean(environment, frame) ? 1 : 0),
    boolean,
    value: boolean,
    constant: null,
    nodes: null,
  }
}

export function ofConstant(value: string | number): Code {
  if (typeof value === 'number') return ofNumber(() => value, value)
  return ofString(() => value, { constant: value })
}

/**
 * XPath's conversions of a node-set: the first node's text. As a condition a set of answers asks whether any of them
 * is given, a set of instances or rows whether there is one.
 */
export function ofNodes(nodes: Nodes): Code {
  const { list, text, shape } = nodes
  const answers = shape.kind === 'question' || shape.kind === 'cell' || shape.kind === 'text' || shape.kind === 'self'
  const string: Evaluate<string> = (environment, frame) => {
    const first = list(environment, frame)[0]
    return first === undefined ? '' : text(environment, first)
  }
  return {
    type: 'nodes',
    string,
    number: (environment, frame) => numberOf(string(environment, frame), environment.zone),
    boolean: answers
      ? (environment, frame) => list(environment, frame).some((node) => text(environment, node) !== '')
      : (environment, frame) => list(environment, frame).length > 0,
    value: (environment, frame) => list(environment, frame).map((node) => text(environment, node)),
    constant: null,
    nodes,
  }
}

/** One of several, chosen each time it runs. */
export function ofChoice(choose: Evaluate<Code>): Code {
  return {
    type: 'any',
    string: (environment, frame) => choose(environment, frame).string(environment, frame),
    number: (environment, frame) => choose(environment, frame).number(environment, frame),
    boolean: (environment, frame) => choose(environment, frame).boolean(environment, frame),
    value: (environment, frame) => choose(environment, frame).value(environment, frame),
    constant: null,
    nodes: null,
  }
}

export const truth = (value: number): boolean => value !== 0 && value === value

/** Texts of a node-set, or the one text of anything else. */
export function texts(code: Code): Evaluate<readonly string[]> {
  const { nodes, string } = code
  if (nodes === null || code.type !== 'nodes') return (environment, frame) => [string(environment, frame)]
  return (environment, frame) => nodes.list(environment, frame).map((node) => nodes.text(environment, node))
}
