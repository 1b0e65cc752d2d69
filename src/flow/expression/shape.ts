import type { Field } from './environment.ts'

/** What kind of nodes a path has reached; known when the expression loads. */
export type Shape =
  /** The question where the expression stands. */
  | { readonly kind: 'self' }
  | { readonly kind: 'question'; readonly field: Field }
  | { readonly kind: 'repeat'; readonly repeat: Field }
  /** A group, an instance or the form itself, seen from inside: the repeats around what it contains. */
  | { readonly kind: 'place'; readonly repeats: readonly string[] }
  /** instance('…'), then its root, its rows and their columns. */
  | { readonly kind: 'document' }
  | { readonly kind: 'root' }
  | { readonly kind: 'row' }
  | { readonly kind: 'cell' }
  /** Loose texts: a union of different kinds. */
  | { readonly kind: 'text' }

/** The repeats that what stands in an instance of `repeat` has around it. */
export const inside = (repeat: Field): readonly string[] => [...repeat.repeats, repeat.name]

/** How many of the outermost repeats two places share. */
export function shared(a: readonly string[], b: readonly string[]): number {
  let count = 0
  while (count < a.length && count < b.length && a[count] === b[count]) count++
  return count
}
