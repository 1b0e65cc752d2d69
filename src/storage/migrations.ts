/** The frozen migrations that ship with the program, and the table (Prisma's) in which applied ones are recorded. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { AppError } from '../base/errors.ts'

export interface Migration {
  readonly name: string
  readonly sql: string
  /** sha256 of the SQL, hex. */
  readonly checksum: string
}

/** The same distance from `src/storage/` and from `dist/storage/`. */
const MIGRATIONS = fileURLToPath(new URL('../../prisma/migrations/', import.meta.url))

/** Oldest first. */
export function shippedMigrations(provider: 'sqlite' | 'postgresql', root = MIGRATIONS): Migration[] {
  const folder = join(root, provider)
  return readdirSync(folder)
    .filter((name) => /^\d{14}_/.test(name))
    .sort()
    .map((name) => {
      const sql = readFileSync(join(folder, name, 'migration.sql'), 'utf8')
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    })
}

/** @throws AppError MIGRATION_EDITED where the SQL is not what was applied. @returns whether it was applied before */
export function isApplied(migration: Migration, recorded: string | null | undefined): boolean {
  if (recorded === null || recorded === undefined) return false
  if (recorded !== migration.checksum) throw new AppError('MIGRATION_EDITED', { migration: migration.name })
  return true
}

export function migrationFault(migration: Migration, cause: unknown): AppError {
  return cause instanceof AppError ? cause : new AppError('MIGRATION_FAILED', { migration: migration.name }, { cause })
}

/** @param instant type of a moment in that database */
export const recordTableSql = (instant: 'DATETIME' | 'TIMESTAMPTZ'): string => `
CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" VARCHAR(36) PRIMARY KEY NOT NULL,
  "checksum" VARCHAR(64) NOT NULL,
  "finished_at" ${instant},
  "migration_name" VARCHAR(255) NOT NULL,
  "logs" TEXT,
  "rolled_back_at" ${instant},
  "started_at" ${instant} NOT NULL DEFAULT current_timestamp,
  "applied_steps_count" INTEGER NOT NULL DEFAULT 0
)`
