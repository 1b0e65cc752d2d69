import Database from 'better-sqlite3'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { insert, insertOnce, update } from '../../src/base/change.ts'
import { checkSqlite } from '../../src/storage/backup.ts'
import { MEDIA_LIMIT } from '../../src/storage/media.ts'
import { openStorage } from '../../src/storage/open.ts'
import { openForWriting, sqlitePath } from '../../src/storage/sqlite-file.ts'
import { migrateSqlite } from '../../src/storage/migrate-sqlite.ts'
import { createWriter } from '../../src/storage/writer.ts'
import { sqliteWriteConnection } from '../../src/storage/writing/sqlite.ts'
import { createPlanner } from '../../src/storage/writing/planner.ts'
import { sqliteDialect } from '../../src/storage/dialects.ts'
import { createSealer } from '../../src/storage/seal.ts'
import { createBlindIndex } from '../../src/storage/blind.ts'
import { ringOfKey } from '../../src/storage/keys.ts'
import { temporaryFolder } from './databases.ts'
import { inbox, lane } from './rows.ts'

const open = (folder: string, role: 'runner' | 'command' = 'runner') =>
  openStorage({ url: `file:${join(folder, 'test.db')}`, dataDir: folder, role })

describe('the SQLite file', () => {
  test('is written with write-ahead logging and full flushes, and read by a connection that cannot write', async () => {
    const folder = temporaryFolder()
    const storage = await open(folder)
    const db = openForWriting(join(folder, 'test.db'), { busyMilliseconds: 300 })
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal')
    expect(db.pragma('synchronous', { simple: true })).toBe(2)
    db.close()
    await storage.close()
  })

  test('is refused where write-ahead logging is not to be had', () => {
    expect(() => openForWriting(':memory:', { busyMilliseconds: 0 })).toThrow(
      expect.objectContaining({ code: 'DATABASE_NOT_WAL' }) as Error,
    )
  })

  test('has one runner; commands work beside it; the next runner needs no cleaning up', async () => {
    const folder = temporaryFolder()
    const runner = await open(folder)
    await expect(open(folder)).rejects.toMatchObject({ code: 'DATABASE_LOCKED_BY_RUNNER' })
    const command = await open(folder, 'command')
    await command.writer.commit([insert('OutboxLane', lane('a'))])
    expect(await runner.reads.messaging.lane('a')).not.toBeNull()
    await command.close()
    await runner.close()
    await (await open(folder)).close()
  })

  test('is found under relative paths and file addresses', () => {
    expect(sqlitePath('file:/a/b.db')).toBe('/a/b.db')
    expect(sqlitePath('file:///a/%E5%B8%AE.db')).toBe('/a/帮.db')
    expect(sqlitePath('file:data/b.db')).toBe(join(process.cwd(), 'data/b.db'))
  })

  test('takes commits of two writers at once: nothing lost, nothing twice, one winner each', async () => {
    const folder = temporaryFolder()
    const writers = [await open(folder, 'command'), await open(folder, 'command')]
    await writers[0]?.writer.commit([insert('OutboxLane', lane('counter'))])
    const outcomes = await Promise.all(
      writers.map(async ({ writer, reads }) => {
        const kinds: string[] = []
        for (let turn = 0; turn < 60; turn++) {
          const row = await reads.messaging.lane('counter')
          const outcome = await writer.commit([
            insertOnce('Inbox', inbox(`message ${turn}`)),
            update('OutboxLane', 'counter', row?.revision ?? 0, { leaseToken: String(turn) }),
          ])
          kinds.push(outcome.kind)
        }
        return kinds
      }),
    )
    const committed = outcomes.flat().filter((kind) => kind === 'committed').length
    const [first] = writers
    expect((await first?.reads.messaging.lane('counter'))?.revision).toBe(committed)
    expect(await first?.reads.rows.count('Inbox', {})).toBe(committed)
    expect(committed).toBeGreaterThan(0)
    for (const storage of writers) await storage.close()
  })

  test('that another process holds is waited for without blocking, then refused, then usable again', async () => {
    const folder = temporaryFolder()
    const storage = await open(folder)
    const other = new Database(join(folder, 'test.db'))
    other.exec('BEGIN IMMEDIATE')
    const refused = storage.writer.commit([insert('OutboxLane', lane('a'))])
    await expect(refused).rejects.toMatchObject({ code: 'DATABASE_BUSY' })
    const waiting = storage.writer.commit([insert('OutboxLane', lane('b'))])
    setImmediate(() => setImmediate(() => other.exec('COMMIT')))
    expect(await waiting).toEqual({ kind: 'committed' })
    expect(await storage.reads.rows.count('OutboxLane', {})).toBe(1)
    other.close()
    await storage.close()
  })

  test('that can grow no more refuses commits, loses nothing, and goes on once there is room', async () => {
    const folder = temporaryFolder()
    const path = join(folder, 'test.db')
    await migrateSqlite(path)
    const ring = ringOfKey(Buffer.alloc(32, 1))
    const db = openForWriting(path, { busyMilliseconds: 300 })
    const planner = createPlanner(sqliteDialect(createSealer(ring), createBlindIndex(ring.hashKey)))
    const writer = createWriter(sqliteWriteConnection(db), planner)
    const pages = db.pragma('page_count', { simple: true }) as number
    db.pragma(`max_page_count = ${pages + 20}`)
    let kept = 0
    const fill = async () => {
      for (;;) {
        await writer.commit([insertOnce('Inbox', inbox(`message ${kept}`, { body: 'x'.repeat(3_000) }))])
        kept++
      }
    }
    await expect(fill()).rejects.toMatchObject({ code: 'DATABASE_FULL' })
    expect(kept).toBeGreaterThan(0)
    expect(db.prepare('SELECT count(*) FROM Inbox').pluck().get()).toBe(kept)
    db.pragma('max_page_count = 1000000')
    expect(await writer.commit([insert('OutboxLane', lane('a'))])).toEqual({ kind: 'committed' })
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
    await writer.close()
  })
})

describe('a backup', () => {
  test('is whole while the program goes on writing, and never overwrites', async () => {
    const folder = temporaryFolder()
    const storage = await open(folder)
    const entry = (subject: string) =>
      insert('AuditEntry', {
        at: Date.UTC(2026, 10, 23),
        actor: 'a',
        action: 'b',
        subject,
        detail: { z: 1, a: [true] },
      })
    await storage.writer.commit([entry('1'), entry('2'), insert('OutboxLane', lane('a'))])
    const target = join(folder, 'copies', 'backup.db')
    const [report] = await Promise.all([
      storage.backup(target),
      ...Array.from({ length: 50 }, (_, index) =>
        storage.writer.commit([insert('OutboxLane', lane(`b${index}`)), insertOnce('Inbox', inbox(`b${index}`))]),
      ),
    ])
    expect(report.rows['AuditEntry']).toBe(2)
    expect((report.rows['OutboxLane'] ?? 0) - 1).toBe(report.rows['Inbox'])
    expect(report.auditHead).toMatch(/^[0-9a-f]{64}$/)
    expect(checkSqlite(target).rows).toEqual(report.rows)
    await expect(storage.backup(target)).rejects.toMatchObject({ code: 'BACKUP_TARGET_EXISTS' })
    await storage.close()
    const again = temporaryFolder()
    writeFileSync(join(again, 'test.db'), readFileSync(target))
    writeFileSync(join(again, 'keys.json'), readFileSync(join(folder, 'keys.json')))
    const restored = await open(again)
    expect(await restored.reads.messaging.lane('a')).not.toBeNull()
    await restored.close()
  })

  test('with a changed audit entry, or that is no database, is not whole', async () => {
    const folder = temporaryFolder()
    const storage = await open(folder)
    await storage.writer.commit([insert('AuditEntry', { at: 0, actor: 'a', action: 'b', subject: 'c', detail: null })])
    const good = join(folder, 'good.db')
    await storage.backup(good)
    await storage.close()
    const db = new Database(good)
    db.exec(`UPDATE AuditEntry SET actor = 'nobody'`)
    db.close()
    const unreadable = (why: string) =>
      expect.objectContaining({
        code: 'FILE_UNREADABLE',
        details: expect.objectContaining({ reason: why }) as object,
      }) as Error
    expect(() => checkSqlite(good)).toThrow(unreadable('audit chain'))
    const bad = join(folder, 'bad.db')
    writeFileSync(bad, 'no database at all '.repeat(100))
    expect(() => checkSqlite(bad)).toThrow(unreadable('SQLITE_NOTADB'))
  })
})

describe('media', () => {
  test('are kept once, by what they are, and nothing else is taken', async () => {
    const folder = temporaryFolder()
    const storage = await open(folder)
    const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3])
    const [one, two] = await Promise.all([storage.media.store(png, 'a.jpg'), storage.media.store(png, 'b.png')])
    expect(one).toEqual({ id: two.id, name: 'a.jpg', type: 'image/png', bytes: 11 })
    expect(await storage.media.find(one.id)).toEqual({ id: one.id, type: 'image/png', bytes: 11 })
    expect(existsSync(join(folder, 'media', one.id.slice(0, 2), one.id))).toBe(true)
    await expect(storage.media.store(Buffer.from('<script>'), 'a.png')).rejects.toMatchObject({
      code: 'FILE_UNREADABLE',
    })
    await expect(storage.media.store(Buffer.alloc(MEDIA_LIMIT + 1), 'a.png')).rejects.toMatchObject({
      code: 'TOO_LARGE',
    })
    await expect(storage.media.read('../../keys.json')).rejects.toMatchObject({ code: 'NOT_FOUND' })
    mkdirSync(join(folder, 'media', 'ff'), { recursive: true })
    writeFileSync(
      join(folder, 'media', 'ff', 'f'.repeat(64)),
      readFileSync(join(folder, 'media', one.id.slice(0, 2), one.id)),
    )
    await expect(storage.media.read('f'.repeat(64))).rejects.toMatchObject({ code: 'SEALED_VALUE_UNREADABLE' })
    await storage.close()
  })
})
