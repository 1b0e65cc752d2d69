/**
 * A look at a database that leaves everything as it is: nothing is made, migrated or written.
 * Not here: what is good or bad about what is seen (cli/doctor).
 */
import { randomBytes } from 'node:crypto'
import type { StorageOptions } from './assemble.ts'
import { findKeys, ringOfKey, type KeyRing } from './keys.ts'
import type { StorageReads } from './reads/all-reads.ts'

export interface StorageLook {
  readonly kind: 'sqlite' | 'postgresql'
  /** Shipped migrations that it lacks, oldest first. */
  readonly pending: readonly string[]
  /** There is a key to open sealed values with. Whether it fits: `readSealed`. */
  readonly hasKey: boolean
  /** Null while migrations are pending: tables or columns may not be there. */
  readonly reads: StorageReads | null
  /** Somebody runs on it now: `start`, or `pipe`. */
  isRunning(): Promise<boolean>
  /** Goes through the whole of it. @throws AppError FILE_UNREADABLE with what is broken */
  checkWhole(): Promise<void>
  close(): Promise<void>
}

export type LookOptions = Pick<StorageOptions, 'url' | 'dataDir' | 'key'>

/** @throws AppError DATABASE_UNREACHABLE, MIGRATION_EDITED, CONFIG_KEY_MISSING for a broken key file */
export async function lookAtStorage(options: LookOptions): Promise<StorageLook> {
  const found = findKeys(options.dataDir, options.key ?? null)
  // Without a key all that is not sealed can still be read.
  const seen = { ring: found ?? ringOfKey(randomBytes(32)), hasKey: found !== null }
  if (options.url.startsWith('file:')) return (await import('./look-sqlite.ts')).lookAtSqlite(options.url, seen)
  return (await import('./look-postgres.ts')).lookAtPostgres(options.url, seen)
}

export interface SeenKeys {
  readonly ring: KeyRing
  readonly hasKey: boolean
}
