import { AppError } from '../base/errors.ts'
import { createBlindIndex } from './blind.ts'
import type { SeenKeys, StorageLook } from './storage-look.ts'
import { pendingPostgres } from './migrate-postgres.ts'
import { openPrismaPostgres } from './prisma.ts'
import { prismaRows } from './prisma-rows.ts'
import { allReads } from './reads/all-reads.ts'
import { createSealer } from './seal.ts'
import { unreachable } from './unreachable.ts'

const CONNECT_MILLISECONDS = 5_000

export async function lookAtPostgres(url: string, { ring, hasKey }: SeenKeys): Promise<StorageLook> {
  const { default: pg } = await import('pg')
  const client = new pg.Client({
    connectionString: url,
    application_name: 'bangfu doctor',
    connectionTimeoutMillis: CONNECT_MILLISECONDS,
  })
  try {
    await client.connect()
    const pending = await pendingPostgres(client)
    const prisma = pending.length === 0 ? await openPrismaPostgres(url) : null
    return {
      kind: 'postgresql',
      pending,
      hasKey,
      reads: prisma && allReads(prismaRows(prisma, createSealer(ring), createBlindIndex(ring.hashKey))),
      async isRunning() {
        const { rows } = await client.query(
          `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'bangfu writer'`,
        )
        return rows.length > 0
      },
      async checkWhole() {
        const { rows } = await client.query<{ readonly: boolean }>('SELECT pg_is_in_recovery() AS readonly')
        if (rows[0]?.readonly)
          throw new AppError('FILE_UNREADABLE', { file: 'DATABASE_URL', reason: 'a standby: it can only be read' })
      },
      async close() {
        await prisma?.$disconnect()
        await client.end()
      },
    }
  } catch (cause) {
    await client.end().catch(() => undefined)
    throw unreachable(cause)
  }
}
