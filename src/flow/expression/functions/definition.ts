import type { JsonObject } from '../../../base/json.ts'
import type { Code, Evaluate, Nodes } from '../code.ts'
import { refusal } from '../refusal.ts'
import type { Field } from '../environment.ts'
import type { Site } from '../site.ts'

/** One function of the language. `most` is Infinity where any number of arguments may follow. */
export interface Definition {
  readonly least: number
  readonly most: number
  readonly make: (args: readonly Code[], call: CallSite) => Code
}

/** Where a function is called. */
export interface CallSite {
  readonly name: string
  readonly at: number
  readonly site: Site
}

export type Definitions = Readonly<Record<string, Definition>>

/** An argument that is there because the number of arguments was checked. */
export const arg = (args: readonly Code[], index: number): Code => args[index] as Code

export const badArgument = (call: CallSite, index: number, details: JsonObject = {}) =>
  refusal('wrong_argument', call.at, { name: call.name, argument: index + 1, ...details })

/** @throws AppError EXPRESSION_INVALID wrong_argument unless the argument points at nodes. */
export function nodesOf(args: readonly Code[], index: number, call: CallSite): Nodes {
  const { nodes } = arg(args, index)
  if (nodes === null) throw badArgument(call, index, { expected: 'nodes' })
  return nodes
}

export function repeatOf(args: readonly Code[], index: number, call: CallSite): Field {
  const { shape } = nodesOf(args, index, call)
  if (shape.kind !== 'repeat') throw badArgument(call, index, { expected: 'repeat' })
  return shape.repeat
}

export function questionOf(args: readonly Code[], index: number, call: CallSite): Field {
  const { shape } = nodesOf(args, index, call)
  if (shape.kind !== 'question') throw badArgument(call, index, { expected: 'question' })
  return shape.field
}

/** @returns the text written in the source. */
export function literalOf(args: readonly Code[], index: number, call: CallSite): string {
  const { constant } = arg(args, index)
  if (typeof constant !== 'string') throw badArgument(call, index, { expected: 'literal' })
  return constant
}

/** The optional text argument of string-length() and normalize-space(): left out, it is `.`. */
export const textOrSelf = (args: readonly Code[], self: Code): Evaluate<string> => (args[0] ?? self).string
