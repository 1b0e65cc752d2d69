/**
 * A look at a database that leaves everything as it is: nothing is made, migrated or written.
 * Not here: what is good or bad about what is seen (cli/doctor).
 */
import { randomBytes } from 'node:crypto'
import type { StorageOptions } from './assemble.ts'
import { findKeys, ringOfKey } from './keys.ts'
import type { StorageLook } from './storage-look.ts'

export type { StorageLook } from './storage-look.ts'

export type LookOptions = Pick<StorageOptions, 'url' | 'dataDir' | 'key'>

/** @throws AppError DATABASE_UNREACHABLE, MIGRATION_EDITED, CONFIG_KEY_MISSING for a broken key file */
export async function lookAtStorage(options: LookOptions): Promise<StorageLook> {
  const found = findKeys(options.dataDir, options.key ?? null)
  // Without a key all that is not sealed can still be read.
  const seen = { ring: found ?? ringOfKey(randomBytes(32)), hasKey: found !== null }
  if (options.url.startsWith('file:')) return (await import('./look-sqlite.ts')).lookAtSqlite(options.url, seen)
  return (await import('./look-postgres.ts')).lookAtPostgres(options.url, seen)
}
