import Database from 'better-sqlite3'
import type pg from 'pg'
import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { migratePostgres } from '../../src/storage/migrate-postgres.ts'
import { migrateSqlite } from '../../src/storage/migrate-sqlite.ts'
import { shippedMigrations, type Migration } from '../../src/storage/migrations.ts'
import { startPostgres, temporaryFolder } from './databases.ts'

interface Engine {
  sqlBetween(provider: string, before: string | null, after: string): Promise<string | null>
  sqlMissing(migrations: { name: string; sql: string }[], models: string): Promise<string | null>
}
const engine = (await import('../../prisma/schema-engine.mjs' as string)) as Engine
const { modelsText } = (await import('../../prisma/models.mjs' as string)) as { modelsText(): string }
const { migrationsOf } = (await import('../../prisma/migrations.mjs' as string)) as {
  migrationsOf(provider: string): { name: string; sql: string; models: string }[]
}

const made = (name: string, sql: string): Migration => ({ name, sql, checksum: `checksum of ${sql}` })

describe('migrations and models', () => {
  test('agree on SQLite, where what the migrations made is compared', async () => {
    expect(await engine.sqlMissing(migrationsOf('sqlite'), modelsText())).toBeNull()
  })

  test('a model without a migration is noticed', async () => {
    const missing = await engine.sqlMissing(
      migrationsOf('sqlite'),
      `${modelsText()}\nmodel Extra {\n  id String @id\n}`,
    )
    expect(missing).toContain('"Extra"')
  })

  test.each(['sqlite', 'postgresql'])('agree on %s with the models kept beside the last one', async (provider) => {
    expect(await engine.sqlBetween(provider, migrationsOf(provider).at(-1)?.models ?? null, modelsText())).toBeNull()
  })

  test('are the same steps for both databases', () => {
    const names = (provider: string) => migrationsOf(provider).map(({ name }) => name)
    expect(names('postgresql')).toEqual(names('sqlite'))
  })
})

describe('migrating a SQLite file', () => {
  test('happens once', async () => {
    const path = join(temporaryFolder(), 'a.db')
    expect(await migrateSqlite(path)).toEqual(shippedMigrations('sqlite').map(({ name }) => name))
    expect(await migrateSqlite(path)).toEqual([])
    expect(existsSync(`${path}.before-${shippedMigrations('sqlite')[0]?.name}`)).toBe(false)
  })

  test('is refused where an applied migration was edited', async () => {
    const path = join(temporaryFolder(), 'a.db')
    await migrateSqlite(path, [made('20260101000000_one', 'CREATE TABLE one (id INTEGER)')])
    const edited = migrateSqlite(path, [made('20260101000000_one', 'CREATE TABLE two (id INTEGER)')])
    await expect(edited).rejects.toMatchObject({ code: 'MIGRATION_EDITED' })
  })

  test('leaves nothing of a migration that fails, keeps a copy, and goes on once it is mended', async () => {
    const path = join(temporaryFolder(), 'a.db')
    const first = made('20260101000000_one', 'CREATE TABLE one (id INTEGER); INSERT INTO one VALUES (7)')
    await migrateSqlite(path, [first])
    const broken = made(
      '20260102000000_two',
      'CREATE TABLE two (id INTEGER); DELETE FROM one; INSERT INTO nothing VALUES (1)',
    )
    await expect(migrateSqlite(path, [first, broken])).rejects.toMatchObject({ code: 'MIGRATION_FAILED' })
    const read = (file: string, sql: string) => {
      const db = new Database(file, { readonly: true })
      try {
        return db.prepare(sql).pluck().all()
      } finally {
        db.close()
      }
    }
    const tables = `SELECT name FROM sqlite_master WHERE type = 'table' AND name IN ('one', 'two') ORDER BY name`
    expect(read(path, tables)).toEqual(['one'])
    expect(read(path, 'SELECT id FROM one')).toEqual([7])
    expect(read(`${path}.before-20260102000000_two`, 'SELECT id FROM one')).toEqual([7])
    const mended = made('20260102000000_two', 'CREATE TABLE two (id INTEGER)')
    expect(await migrateSqlite(path, [first, mended])).toEqual(['20260102000000_two'])
    expect(read(path, tables)).toEqual(['one', 'two'])
  })

  test('is found from the built program as from the sources', () => {
    const root = temporaryFolder()
    mkdirSync(join(root, 'sqlite', '20260101000000_one'), { recursive: true })
    const shipped = shippedMigrations('sqlite')[0] as Migration
    const source = join(import.meta.dirname, '../../prisma/migrations/sqlite', shipped.name, 'migration.sql')
    copyFileSync(source, join(root, 'sqlite', '20260101000000_one', 'migration.sql'))
    expect(shippedMigrations('sqlite', root)).toEqual([{ ...shipped, name: '20260101000000_one' }])
    expect(readFileSync(source, 'utf8')).toBe(shipped.sql)
  })
})

const server = await startPostgres().catch(() => null)
describe.skipIf(server === null)('migrating PostgreSQL (skipped where no server can be started)', () => {
  test('by two at once applies each once, and gives the tables that the models describe', async () => {
    if (!server) return
    const clients: pg.Client[] = []
    const connect = async (name: string) => {
      const client = await server.connect(name)
      clients.push(client)
      return client
    }
    try {
      const [one, two, three] = [await connect('migrated'), await connect('migrated'), await connect('described')]
      const [byOne, byTwo] = await Promise.all([migratePostgres(one), migratePostgres(two)])
      expect([...byOne, ...byTwo].sort()).toEqual(shippedMigrations('postgresql').map(({ name }) => name))
      expect([byOne, byTwo]).toEqual([byOne.toSorted(), byTwo.toSorted()])
      await three.query((await engine.sqlBetween('postgresql', null, modelsText())) ?? '')
      expect(await shapeOf(one)).toEqual(await shapeOf(three))
    } finally {
      await Promise.all(clients.map((client) => client.end()))
      await server.stop()
    }
  })
})

/** Columns and indexes as the catalogues of the server describe them. */
async function shapeOf(client: pg.Client): Promise<unknown> {
  const columns = await client.query(
    `SELECT table_name, column_name, data_type, is_nullable, column_default FROM information_schema.columns
     WHERE table_schema = 'public' AND table_name <> '_prisma_migrations' ORDER BY table_name, column_name`,
  )
  const indexes = await client.query(
    `SELECT tablename, indexname, indexdef FROM pg_indexes
     WHERE schemaname = 'public' AND tablename <> '_prisma_migrations' ORDER BY tablename, indexname`,
  )
  return { columns: columns.rows as unknown[], indexes: indexes.rows as unknown[] }
}
