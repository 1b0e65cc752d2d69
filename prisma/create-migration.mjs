/**
 * Freezes what has changed in prisma/models since the last migration, for both databases.
 * Usage: node prisma/create-migration.mjs NAME      (letters, digits, underscores)
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { modelsText } from './models.mjs'
import { MIGRATIONS, migrationsOf } from './migrations.mjs'
import { sqlBetween } from './schema-engine.mjs'

/** Texts compare alike in both databases, and identifiers sort as they were given, whatever the server's language. */
const ORDER_BY_CODE_POINT = `
-- Compare texts by code point
DO $$
DECLARE found record;
BEGIN
  FOR found IN
    SELECT table_name, column_name FROM information_schema.columns
    WHERE table_schema = current_schema() AND data_type = 'text' AND collation_name IS DISTINCT FROM 'C'
      AND table_name <> '_prisma_migrations'
  LOOP
    EXECUTE format('ALTER TABLE %I ALTER COLUMN %I TYPE TEXT COLLATE "C"', found.table_name, found.column_name);
  END LOOP;
END $$;
`

const name = process.argv[2]
if (!name || !/^\w+$/.test(name)) {
  process.stderr.write('usage: node prisma/create-migration.mjs NAME\n')
  process.exit(2)
}
const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14)
const models = modelsText()
for (const provider of ['sqlite', 'postgresql']) {
  const last = migrationsOf(provider).at(-1)
  const sql = await sqlBetween(provider, last?.models ?? null, models)
  if (sql === null) {
    process.stdout.write(`${provider}: nothing has changed\n`)
    continue
  }
  const folder = join(MIGRATIONS, provider, `${stamp}_${name}`)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'migration.sql'), provider === 'postgresql' ? sql + ORDER_BY_CODE_POINT : sql)
  writeFileSync(join(folder, 'models.prisma'), models + '\n')
  process.stdout.write(`${folder}\n`)
}
