import type { Code, Evaluate, Nodes } from './code.ts'
import type { Environment } from './environment.ts'
import type { Frame, Node, Row } from './frame.ts'
import { rowsWith } from './lookup.ts'
import type { Site } from './site.ts'
import type { Syntax } from './syntax.ts'

type Filter = (environment: Environment, frame: Frame, nodes: readonly Node[]) => readonly Node[]

/** `[…]`: a number is a 1-based place, everything else a condition. */
export function filterOf(syntax: Syntax, over: Pick<Nodes, 'shape' | 'text'>, site: Site): Filter {
  site.notes.loops = true
  const passes = testOf(site.compile(syntax, { ...site, context: over }))
  return (environment, frame, nodes) => {
    frame.spend(nodes.length)
    const inner = frame.inner()
    inner.size = nodes.length
    const kept: Node[] = []
    for (let index = 0; index < nodes.length; index++) {
      const node = nodes[index] as Node
      inner.node = node
      inner.index = index
      if (passes(environment, inner)) kept.push(node)
    }
    return kept
  }
}

function testOf(code: Code): Evaluate<boolean> {
  const { type, number, boolean, value } = code
  if (type === 'number') return (environment, frame) => number(environment, frame) === frame.index + 1
  if (type !== 'any') return boolean
  return (environment, frame) => {
    const tested = value(environment, frame)
    return typeof tested === 'number' ? tested === frame.index + 1 : boolean(environment, frame)
  }
}

/**
 * `[column = text]` over a whole table, where the text does not depend on the row: answered from an index.
 * @returns null for any other filter.
 */
export function indexedFilter(
  syntax: Syntax,
  rows: Evaluate<readonly Row[]>,
  over: Pick<Nodes, 'shape' | 'text'>,
  site: Site,
): Evaluate<readonly Node[]> | null {
  if (syntax.kind !== 'chain' || syntax.rest.length !== 1 || syntax.rest[0]?.operator !== '=') return null
  const sides = [syntax.first, syntax.rest[0].operand]
  const column = sides.map(bareName).find((name) => name !== null) ?? null
  const wanted = sides.find(isFixed)
  if (column === null || wanted === undefined) return null
  const { type, string } = site.compile(wanted, { ...site, context: over })
  if (type !== 'string') return null
  return (environment, frame) => {
    frame.spend(1)
    return rowsWith(rows(environment, frame), column, string(environment, frame))
  }
}

function bareName(syntax: Syntax): string | null {
  if (syntax.kind !== 'path' || syntax.filters.length > 0 || syntax.steps.length > 0) return null
  return syntax.head.kind === 'name' ? syntax.head.name : null
}

function isFixed(syntax: Syntax): boolean {
  if (syntax.kind === 'literal') return true
  if (syntax.kind !== 'path' || syntax.filters.length > 0 || syntax.steps.length > 0) return false
  return syntax.head.kind === 'reference' && !syntax.head.lastSaved
}
