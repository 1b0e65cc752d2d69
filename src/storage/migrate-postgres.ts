/** Brings a PostgreSQL database to the newest migration; of several processes that start at once, one applies it. */
import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { isApplied, migrationFault, recordTableSql, shippedMigrations, type Migration } from './migrations.ts'

/** The number that Prisma itself locks for migrations. */
const ADVISORY_LOCK = 72_707_369

/** @returns names of the migrations that were applied now */
export async function migratePostgres(
  client: pg.ClientBase,
  migrations = shippedMigrations('postgresql'),
): Promise<string[]> {
  const applied: string[] = []
  for (const migration of migrations) if (await apply(client, migration)) applied.push(migration.name)
  return applied
}

/** Names of the migrations that a database lacks, oldest first. @throws AppError MIGRATION_EDITED */
export async function pendingPostgres(
  client: pg.ClientBase,
  migrations = shippedMigrations('postgresql'),
): Promise<string[]> {
  const table = await client.query<{ name: string | null }>(`SELECT to_regclass('"_prisma_migrations"') AS name`)
  if (!table.rows[0]?.name) return migrations.map(({ name }) => name)
  const { rows } = await client.query<{ migration_name: string; checksum: string }>(
    `SELECT "migration_name", "checksum" FROM "_prisma_migrations" WHERE "rolled_back_at" IS NULL`,
  )
  const recorded = new Map(rows.map((row) => [row.migration_name, row.checksum]))
  return migrations.filter((migration) => !isApplied(migration, recorded.get(migration.name))).map(({ name }) => name)
}

async function apply(client: pg.ClientBase, migration: Migration): Promise<boolean> {
  try {
    await client.query('BEGIN')
    await client.query(`SELECT pg_advisory_xact_lock(${ADVISORY_LOCK})`)
    await client.query(recordTableSql('TIMESTAMPTZ'))
    const recorded = await client.query<{ checksum: string }>(
      `SELECT "checksum" FROM "_prisma_migrations" WHERE "migration_name" = $1 AND "rolled_back_at" IS NULL`,
      [migration.name],
    )
    const known = isApplied(migration, recorded.rows[0]?.checksum)
    if (!known) {
      await client.query(migration.sql)
      await client.query(
        `INSERT INTO "_prisma_migrations" ("id", "checksum", "finished_at", "migration_name", "applied_steps_count")
         VALUES ($1, $2, now(), $3, 1)`,
        [randomUUID(), migration.checksum, migration.name],
      )
    }
    await client.query('COMMIT')
    return !known
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined)
    throw migrationFault(migration, error)
  }
}
