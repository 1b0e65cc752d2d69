/** Prisma's rows, opened with the first read of them: its engine takes a third of a second to load, and no message needs it. */
import type { BlindIndex } from './blind.ts'
import type { PrismaClient } from './generated/sqlite/client.ts'
import { prismaRows } from './prisma-rows.ts'
import type { RowSource } from './row-source.ts'
import type { Sealer } from './seal.ts'

export interface PrismaLater {
  readonly rows: RowSource
  close(): Promise<void>
}

export function prismaLater(open: () => Promise<PrismaClient>, sealer: Sealer, blind: BlindIndex): PrismaLater {
  let client: Promise<PrismaClient> | null = null
  const opened = async () => prismaRows(await (client ??= open()), sealer, blind)
  return {
    rows: {
      find: async (table, query) => (await opened()).find(table, query),
      first: async (table, query) => (await opened()).first(table, query),
      count: async (table, where) => (await opened()).count(table, where),
      distinct: async (table, column, where) => (await opened()).distinct(table, column, where),
      hash: (column, value) => blind.hash(column, value),
    },
    async close() {
      await (await client)?.$disconnect()
    },
  }
}
