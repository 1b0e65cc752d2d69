import type { RowSource } from './row-source.ts'

/** Reads that first let what was committed reach the tables. */
export function rowsAfter(ready: () => void | Promise<void>, rows: RowSource): RowSource {
  return {
    async find(table, query) {
      await ready()
      return rows.find(table, query)
    },
    async first(table, query) {
      await ready()
      return rows.first(table, query)
    },
    async count(table, where) {
      await ready()
      return rows.count(table, where)
    },
    async distinct(table, column, where) {
      await ready()
      return rows.distinct(table, column, where)
    },
    hash: (column, value) => rows.hash(column, value),
  }
}
