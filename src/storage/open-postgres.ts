import { randomUUID } from 'node:crypto'
import { AppError } from '../base/errors.ts'
import { assembleStorage, type Storage, type StorageOptions } from './assemble.ts'
import { createBlindIndex } from './blind.ts'
import { postgresDialect } from './dialects.ts'
import type { KeyRing } from './keys.ts'
import { migratePostgres } from './migrate-postgres.ts'
import { openPrismaPostgres } from './prisma.ts'
import { prismaLater } from './prisma-later.ts'
import { createSealer } from './seal.ts'
import { postgresReader } from './sql-reader-postgres.ts'
import { sqlRows } from './sql-rows.ts'
import { createWriter } from './writer.ts'
import { createPlanner } from './writing/planner.ts'
import { postgresWriteConnection } from './writing/postgres.ts'

export async function openPostgres(options: StorageOptions, ring: KeyRing): Promise<Storage> {
  const { url, dataDir, clock } = options
  const { default: pg } = await import('pg')
  const connect = async () => {
    const client = new pg.Client({ connectionString: url, application_name: 'bangfu writer' })
    await client.connect()
    await client.query(`SET synchronous_commit = ${options.synchronous === 'OFF' ? 'off' : 'on'}`)
    return client
  }
  const migrating = await connect()
  try {
    await migratePostgres(migrating)
  } finally {
    await migrating.end()
  }
  const sealer = createSealer(ring)
  const blind = createBlindIndex(ring.hashKey)
  const connection = await postgresWriteConnection(connect, randomUUID())
  try {
    const prisma = prismaLater(() => openPrismaPostgres(url), sealer, blind)
    const reader = await postgresReader(url)
    return assembleStorage({
      kind: 'postgresql',
      writer: createWriter(connection, createPlanner(postgresDialect(sealer, blind))),
      rows: prisma.rows,
      sets: sqlRows(reader, sealer, prisma.rows),
      ring,
      dataDir,
      clock,
      backup: () =>
        Promise.reject(
          new AppError('ARGUMENT_INVALID', { argument: 'backup', reason: 'PostgreSQL is backed up with pg_dump -Fc' }),
        ),
      async release() {
        await reader.close()
        await prisma.close()
      },
    })
  } catch (error) {
    await connection.close()
    throw error
  }
}
