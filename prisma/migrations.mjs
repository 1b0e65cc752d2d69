/** The frozen migrations as files: oldest first, each with its SQL and the models it led to. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export const MIGRATIONS = join(import.meta.dirname, 'migrations')

export function migrationsOf(provider) {
  const folder = join(MIGRATIONS, provider)
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => /^\d{14}_/.test(name))
    .sort()
    .map((name) => ({
      name,
      sql: readFileSync(join(folder, name, 'migration.sql'), 'utf8'),
      models: readFileSync(join(folder, name, 'models.prisma'), 'utf8').trim(),
    }))
}
