/**
 * Storage: the ports of the other rooms, on SQLite or PostgreSQL. Writes go through one writer, reads through Prisma.
 * Not here: deciding what is stored (the rooms), what the settings are (config.ts).
 */
import type { Storage, StorageOptions } from './assemble.ts'
import { openKeys } from './keys.ts'
import { unreachable } from './unreachable.ts'

export type { Storage, StorageOptions } from './assemble.ts'

/**
 * Migrates the database that the URL names, and opens it.
 * @throws AppError DATABASE_UNREACHABLE, DATABASE_LOCKED_BY_RUNNER, DATABASE_NOT_WAL, CONFIG_KEY_MISSING, MIGRATION_EDITED, MIGRATION_FAILED
 */
export async function openStorage(options: StorageOptions): Promise<Storage> {
  try {
    const ring = openKeys(options.dataDir, options.key ?? null)
    if (options.url.startsWith('file:')) return await (await import('./open-sqlite.ts')).openSqlite(options, ring)
    return await (await import('./open-postgres.ts')).openPostgres(options, ring)
  } catch (cause) {
    throw unreachable(cause)
  }
}
