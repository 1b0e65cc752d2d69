import Database from 'better-sqlite3'
import { accessSync, constants, existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { AppError } from '../base/errors.ts'
import { checkSqlite } from './backup.ts'
import { createBlindIndex } from './blind.ts'
import type { SeenKeys, StorageLook } from './storage-look.ts'
import { pendingSqlite } from './migrate-sqlite.ts'
import { openPrismaSqlite } from './prisma.ts'
import { prismaRows } from './prisma-rows.ts'
import { allReads } from './reads/all-reads.ts'
import { isLockedByRunner } from './runner-lock.ts'
import { createSealer } from './seal.ts'
import { sqlitePath } from './sqlite-file.ts'
import { unreachable } from './unreachable.ts'

/** The runner may be at work meanwhile. */
const BUSY_MILLISECONDS = 5_000

export async function lookAtSqlite(url: string, { ring, hasKey }: SeenKeys): Promise<StorageLook> {
  const path = sqlitePath(url)
  const pending = pendingIn(path)
  const prisma = pending.length === 0 ? await openPrismaSqlite(path, BUSY_MILLISECONDS) : null
  return {
    kind: 'sqlite',
    pending,
    hasKey,
    reads: prisma && allReads(prismaRows(prisma, createSealer(ring), createBlindIndex(ring.hashKey))),
    isRunning: () => Promise.resolve(isLockedByRunner(path)),
    checkWhole: () => Promise.resolve(prisma ? void checkSqlite(path) : undefined),
    close: async () => prisma?.$disconnect(),
  }
}

function pendingIn(path: string): string[] {
  if (!existsSync(path)) throw new AppError('DATABASE_UNREACHABLE', { reason: `ENOENT ${path}` })
  try {
    accessSync(path, constants.R_OK | constants.W_OK)
    accessSync(dirname(path), constants.W_OK)
    const db = new Database(path, { readonly: true, fileMustExist: true, timeout: BUSY_MILLISECONDS })
    try {
      return pendingSqlite(db)
    } finally {
      db.close()
    }
  } catch (cause) {
    throw unreachable(cause)
  }
}
