/** Brings a SQLite file to the newest migration: each in one transaction that also takes the lock and records it. */
import type Database from 'better-sqlite3'
import { randomUUID } from 'node:crypto'
import { existsSync, renameSync, statSync } from 'node:fs'
import { isApplied, migrationFault, recordTableSql, shippedMigrations, type Migration } from './migrations.ts'
import { openForWriting } from './sqlite-file.ts'

/** A second process waits this long for the one that migrates. */
const LOCK_MILLISECONDS = 30_000

/**
 * A file that holds data is copied to `<file>.before-<migration>` first.
 * @returns names of the migrations that were applied now
 */
export async function migrateSqlite(path: string, migrations = shippedMigrations('sqlite')): Promise<string[]> {
  const held = existsSync(path) && statSync(path).size > 0
  const db = openForWriting(path, { busyMilliseconds: LOCK_MILLISECONDS })
  try {
    db.pragma('foreign_keys = OFF')
    const first = migrations.find((migration) => !isApplied(migration, recordedChecksum(db, migration)))
    if (!first) return []
    if (held && recordTableExists(db)) await copyAside(db, `${path}.before-${first.name}`)
    return migrations.filter((migration) => apply(db, migration)).map(({ name }) => name)
  } finally {
    db.close()
  }
}

/** Names of the migrations that a database lacks, oldest first. @throws AppError MIGRATION_EDITED */
export const pendingSqlite = (db: Database.Database, migrations = shippedMigrations('sqlite')): string[] =>
  migrations.filter((migration) => !isApplied(migration, recordedChecksum(db, migration))).map(({ name }) => name)

async function copyAside(db: Database.Database, target: string): Promise<void> {
  if (existsSync(target)) return
  await db.backup(`${target}.part`)
  renameSync(`${target}.part`, target)
}

function apply(db: Database.Database, migration: Migration): boolean {
  try {
    db.exec('BEGIN IMMEDIATE')
    db.exec(recordTableSql('DATETIME'))
    if (isApplied(migration, recordedChecksum(db, migration))) {
      db.exec('COMMIT')
      return false
    }
    db.exec(migration.sql)
    const broken = db.pragma('foreign_key_check') as unknown[]
    if (broken.length > 0) throw new Error(`${broken.length} rows point nowhere`)
    const at = new Date().toISOString().replace('Z', '+00:00')
    db.prepare(
      `INSERT INTO "_prisma_migrations" ("id", "checksum", "finished_at", "migration_name", "started_at", "applied_steps_count")
       VALUES (?, ?, ?, ?, ?, 1)`,
    ).run(randomUUID(), migration.checksum, at, migration.name, at)
    db.exec('COMMIT')
    return true
  } catch (error) {
    if (db.inTransaction) db.exec('ROLLBACK')
    throw migrationFault(migration, error)
  }
}

function recordedChecksum(db: Database.Database, migration: Migration): string | null {
  if (!recordTableExists(db)) return null
  const found = db
    .prepare(`SELECT "checksum" FROM "_prisma_migrations" WHERE "migration_name" = ? AND "rolled_back_at" IS NULL`)
    .pluck()
    .get(migration.name)
  return typeof found === 'string' ? found : null
}

const recordTableExists = (db: Database.Database) =>
  db.prepare(`SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '_prisma_migrations'`).get() !== undefined
