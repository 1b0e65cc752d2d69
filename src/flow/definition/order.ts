/**
 * What is worked out from what. Everything derived (relevance, calculations, repeat counts) is put in an order in which
 * it comes after what it reads; what goes round in a circle is refused.
 */
import type { Compiled } from '../expression/environment.ts'
import type { Derived, Row, RowField } from '../program.ts'
import type { Complaints } from './problems.ts'

export interface Order {
  readonly derived: readonly Derived[]
  readonly affects: readonly (readonly number[])[]
  /** See RowBase.reaches. */
  readonly reaches: readonly number[]
}

interface Node {
  readonly row: Row
  readonly what: Derived['what']
  readonly compiled: Compiled
  /** Rows whose change reruns it. */
  readonly reads: readonly number[]
}

/** Depends on more than answers: the clock, chance, the language, what was there before. */
const PAST_OR_LANGUAGE = /\bonce\(|choice-name\(|last-saved#/
const OTHER_INSTANCES = /indexed-repeat\(|\.\.|\/|\[/

export function orderOf(rows: readonly Row[], complaints: Complaints): Order {
  const nodes = nodesOf(rows)
  const providers = providersOf(rows, nodes)
  const sorted = sort(nodes, providers, complaints)
  const rank = new Map(sorted.map((node, index) => [node, index]))
  const affects = rows.map(() => new Set<number>())
  for (const node of nodes) {
    const index = rank.get(node) as number
    for (const read of node.reads) {
      affects[read]?.add(index)
      for (const outer of enclosing(rows, read)) affects[outer]?.add(index)
    }
  }
  const rising = affects.map((set) => [...set].sort((a, b) => a - b))
  return {
    derived: sorted.map((node) => derivedOf(node, rows)),
    affects: rising,
    reaches: reachesOf(rows, sorted, rising),
  }
}

const readsOf = (compiled: Compiled): number[] => compiled.reads.map((field) => (field as RowField).at)

function nodesOf(rows: readonly Row[]): Node[] {
  return rows.flatMap((row) => {
    const nodes: Node[] = []
    if (row.relevant) nodes.push({ row, what: 'relevant', compiled: row.relevant, reads: readsOf(row.relevant) })
    if (row.kind === 'silent' && row.calculation) {
      const reads = row.trigger === null ? readsOf(row.calculation) : [row.trigger]
      nodes.push({ row, what: 'value', compiled: row.calculation, reads })
    }
    if (row.kind === 'repeat' && row.count)
      nodes.push({ row, what: 'count', compiled: row.count, reads: readsOf(row.count) })
    return nodes
  })
}

/** Groups and repeats around a row. */
export function enclosing(rows: readonly Row[], at: number): number[] {
  const found: number[] = []
  for (let outer = at - 1; outer >= 0; outer--) {
    const row = rows[outer] as Row
    if ((row.kind === 'group' || row.kind === 'repeat') && row.end > at) found.push(outer)
  }
  return found
}

/** Row → what its value depends on, as an expression sees it. */
function providersOf(rows: readonly Row[], nodes: readonly Node[]): Map<number, Node[]> {
  const own = new Map<number, Node[]>()
  for (const node of nodes) own.set(node.row.at, [...(own.get(node.row.at) ?? []), node])
  return new Map(
    rows.map((row) => {
      const outer = enclosing(rows, row.at).flatMap((at) => own.get(at) ?? [])
      return [row.at, [...(own.get(row.at) ?? []), ...outer]]
    }),
  )
}

function sort(nodes: readonly Node[], providers: ReadonlyMap<number, readonly Node[]>, complaints: Complaints): Node[] {
  const sorted: Node[] = []
  const state = new Map<Node, 'open' | 'done'>()
  const visit = (node: Node, trail: readonly Node[]): void => {
    if (state.get(node) === 'done') return
    if (state.get(node) === 'open') {
      const circle = [...trail.slice(trail.indexOf(node)), node].map((member) => member.row.name)
      const { file, line, name } = node.row
      complaints.add('cycle', { file, line, question: name }, { path: circle.join(' → ') })
      return
    }
    state.set(node, 'open')
    for (const read of node.reads) for (const provider of providers.get(read) ?? []) visit(provider, [...trail, node])
    state.set(node, 'done')
    sorted.push(node)
  }
  for (const node of nodes) visit(node, [])
  return sorted
}

function derivedOf({ row, what, compiled }: Node, rows: readonly Row[]): Derived {
  const triggered = what === 'value' && row.kind === 'silent' && row.trigger !== null
  const kept = compiled.volatile || triggered || PAST_OR_LANGUAGE.test(compiled.source)
  const near = (at: number) => {
    const read = rows[at] as Row
    return read.kind !== 'repeat' && read.scope.every((repeat, depth) => row.scope[depth] === repeat)
  }
  const local = !OTHER_INSTANCES.test(compiled.source) && readsOf(compiled).every(near)
  return { row: row.at, what, compiled, kept, local }
}

function reachesOf(rows: readonly Row[], sorted: readonly Node[], affects: readonly (readonly number[])[]): number[] {
  const filters = rows.map(() => [] as number[])
  for (const row of rows)
    if (row.kind === 'ask' && row.filter) for (const read of readsOf(row.filter)) filters[read]?.push(row.at)
  const known = new Map<number, number>()
  const reach = (at: number): number => {
    const before = known.get(at)
    if (before !== undefined) return before
    known.set(at, at)
    let first = at
    for (const filtered of filters[at] as number[]) first = Math.min(first, filtered)
    for (const index of affects[at] as number[]) {
      const { row, what } = sorted[index] as Node
      const inner = what === 'relevant' && (row.kind === 'group' || row.kind === 'repeat') ? row.end : row.at + 1
      for (let inside = row.at; inside < inner; inside++) first = Math.min(first, inside === at ? at : reach(inside))
      first = Math.min(first, row.at)
    }
    known.set(at, first)
    return first
  }
  return rows.map((row) => reach(row.at))
}
