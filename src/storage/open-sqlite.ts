import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { assembleStorage, type Storage, type StorageOptions } from './assemble.ts'
import { backupSqlite } from './backup.ts'
import { createBlindIndex } from './blind.ts'
import { sqliteDialect } from './dialects.ts'
import type { KeyRing } from './keys.ts'
import { migrateSqlite } from './migrate-sqlite.ts'
import { openPrismaSqlite } from './prisma.ts'
import { prismaLater } from './prisma-later.ts'
import { lockForRunner } from './runner-lock.ts'
import { createSealer } from './seal.ts'
import { sqliteReader } from './sql-reader-sqlite.ts'
import { sqlRows } from './sql-rows.ts'
import { openForWriting, sqlitePath } from './sqlite-file.ts'
import { createWriter } from './writer.ts'
import { createPlanner } from './writing/planner.ts'
import { sqliteWriteConnection } from './writing/sqlite.ts'

/** A busy runner would keep everybody waiting; a command has time. */
const BUSY_MILLISECONDS = { runner: 300, command: 10_000 } as const

export async function openSqlite(options: StorageOptions, ring: KeyRing): Promise<Storage> {
  const { role, dataDir, clock, synchronous } = options
  const path = sqlitePath(options.url)
  const busyMilliseconds = BUSY_MILLISECONDS[role]
  mkdirSync(dirname(path), { recursive: true })
  const unlock = role === 'runner' ? lockForRunner(path) : () => undefined
  try {
    await migrateSqlite(path)
    const sealer = createSealer(ring)
    const blind = createBlindIndex(ring.hashKey)
    const db = openForWriting(path, { busyMilliseconds, ...(synchronous && { synchronous }) })
    const writer = createWriter(sqliteWriteConnection(db), createPlanner(sqliteDialect(sealer, blind)))
    const prisma = prismaLater(() => openPrismaSqlite(path, busyMilliseconds), sealer, blind)
    const reader = sqliteReader(path, busyMilliseconds)
    return assembleStorage({
      kind: 'sqlite',
      writer,
      rows: prisma.rows,
      sets: sqlRows(reader, sealer, prisma.rows),
      ring,
      dataDir,
      clock,
      backup: (file) => backupSqlite(path, file),
      async release() {
        await reader.close()
        await prisma.close()
        unlock()
      },
    })
  } catch (error) {
    unlock()
    throw error
  }
}
