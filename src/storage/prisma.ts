/**
 * Opens Prisma for reading. Both clients are made from the same models; reads are written against the SQLite client's
 * types, which is the narrower of the two.
 */
import type { PrismaClient } from './generated/sqlite/client.ts'

/** The file must be in WAL mode already: Prisma's adapter does not survive a busy commit in the others. */
export async function openPrismaSqlite(path: string, busyMilliseconds: number): Promise<PrismaClient> {
  const [{ PrismaBetterSqlite3 }, { PrismaClient }] = await Promise.all([
    import('@prisma/adapter-better-sqlite3'),
    import('./generated/sqlite/client.ts'),
  ])
  const client = new PrismaClient({
    adapter: new PrismaBetterSqlite3({ url: `file:${path}`, timeout: busyMilliseconds }),
  })
  await client.$queryRawUnsafe('PRAGMA query_only = ON')
  await client.$queryRawUnsafe(`PRAGMA cache_size = -${READ_CACHE_KIBIBYTES}`)
  return client
}

const READ_CACHE_KIBIBYTES = 32 * 1024

export async function openPrismaPostgres(url: string): Promise<PrismaClient> {
  const [{ PrismaPg }, { PrismaClient }] = await Promise.all([
    import('@prisma/adapter-pg'),
    import('./generated/postgresql/client.ts'),
  ])
  const options = '-c default_transaction_read_only=on'
  return new PrismaClient({ adapter: new PrismaPg({ connectionString: url, options }) }) as unknown as PrismaClient
}
