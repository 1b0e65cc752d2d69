import type { Node, Row } from './frame.ts'

/** Rows of a look-up table as nodes, with an index for each column that was asked for. Hints only: rows never change. */
const tables = new WeakMap<readonly Row[], { nodes: readonly Node[]; indexes: Map<string, Map<string, Node[]>> }>()

export const rowNodes = (rows: readonly Row[]): readonly Node[] => tableOf(rows).nodes

/** Rows whose column holds exactly that text. */
export function rowsWith(rows: readonly Row[], column: string, text: string): readonly Node[] {
  const { nodes, indexes } = tableOf(rows)
  let index = indexes.get(column)
  if (!index) {
    index = new Map<string, Node[]>()
    for (const node of nodes) {
      const key = cellOf(node.row, column)
      const same = index.get(key)
      if (same) same.push(node)
      else index.set(key, [node])
    }
    indexes.set(column, index)
  }
  return index.get(text) ?? []
}

/** "" where the row has no such column. */
export function cellOf(row: Row | null, column: string): string {
  const cell: unknown = row?.[column]
  return typeof cell === 'string' ? cell : ''
}

function tableOf(rows: readonly Row[]) {
  let table = tables.get(rows)
  if (!table) {
    const nodes = rows.map((row): Node => ({ position: [], row, text: '' }))
    table = { nodes, indexes: new Map<string, Map<string, Node[]>>() }
    tables.set(rows, table)
  }
  return table
}
