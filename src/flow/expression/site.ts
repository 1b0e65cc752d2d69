import type { Code, Nodes } from './code.ts'
import type { Field, Scope } from './environment.ts'
import { refusal } from './refusal.ts'
import type { Syntax } from './syntax.ts'

/** What the whole expression turns out to do, gathered while it is compiled. */
export interface Notes {
  readonly reads: Field[]
  volatile: boolean
  /** It walks through node-sets, so its evaluation is counted. */
  loops: boolean
}

/** Where a piece of an expression stands. */
export interface Site {
  readonly scope: Scope
  readonly from: readonly string[]
  /** Inside a filter: the nodes that it looks at. */
  readonly context: Pick<Nodes, 'shape' | 'text'> | null
  readonly notes: Notes
  readonly compile: (syntax: Syntax, site: Site) => Code
}

/** @throws AppError EXPRESSION_INVALID unknown_reference or ambiguous_reference */
export function resolve(site: Site, name: string, from: readonly string[], at: number): Field {
  const field = site.scope.field(name, from)
  if (field === null) throw refusal('unknown_reference', at, { name })
  if (field === 'ambiguous') throw refusal('ambiguous_reference', at, { name })
  return note(site, field)
}

export function note(site: Site, field: Field): Field {
  if (!site.notes.reads.includes(field)) site.notes.reads.push(field)
  return field
}
