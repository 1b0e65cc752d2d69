/** What is in the journal counts as stored: for readers, for who writes next, in this process, another one, or after a crash. */
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { insert, insertOnce, seal, update, type Change } from '../../src/base/change.ts'
import type { Storage } from '../../src/storage/assemble.ts'
import { migrateSqlite } from '../../src/storage/migrate-sqlite.ts'
import { openStorage } from '../../src/storage/open.ts'
import { replayAtStart } from '../../src/storage/writing/journal/replay.ts'
import { temporaryFolder } from './databases.ts'
import { answer, conversation, inbox, outbox } from './rows.ts'

const root = temporaryFolder()
const template = join(root, 'template.db')
let count = 0

beforeAll(async () => void (await migrateSqlite(template)))
afterAll(() => rmSync(root, { recursive: true, force: true }))

interface Place {
  readonly folder: string
  readonly path: string
  open(): Promise<Storage>
  /** A second pair of eyes, which knows nothing of the journal. */
  raw<Result>(look: (db: Database.Database) => Result): Result
}

function place(): Place {
  const folder = join(root, String(count++))
  const path = join(folder, 'test.db')
  mkdirSync(folder)
  copyFileSync(template, path)
  return {
    folder,
    path,
    open: () => openStorage({ url: `file:${path}`, dataDir: folder, role: 'command', synchronous: 'OFF' }),
    raw(look) {
      const db = new Database(path)
      try {
        return look(db)
      } finally {
        db.close()
      }
    },
  }
}

/** What one message writes. */
const turn = (chat: string, number: number, more: Change[] = []): Change[] => [
  insertOnce('Inbox', inbox(`${chat}-${number}`)),
  insert('Answer', answer(chat, number)),
  update('Conversation', chat, number, { phase: `turn ${number}` }),
  insert('Outbox', outbox(`${chat}-${number}`)),
  ...more,
]

const countIn = (db: Database.Database, table: string) =>
  db.prepare(`SELECT count(*) FROM "${table}"`).pluck().get() as number

/** The file as a power cut leaves it: without an orderly end of the process that wrote it. */
function copyAsItIs(from: Place, to: Place): void {
  for (const suffix of ['', '-wal']) {
    if (existsSync(from.path + suffix)) copyFileSync(from.path + suffix, to.path + suffix)
  }
}

describe('a message', () => {
  test('is on disk in the journal first, sealed where its table is, and read as stored', async () => {
    const here = place()
    const storage = await here.open()
    await storage.writer.commit([insert('Conversation', conversation('a'))])
    await storage.writer.commit([insert('Answer', answer('a', 0, { raw: seal('石二妹'), value: seal('石二妹') }))])
    await storage.writer.commit(turn('a', 0))
    const entries = here.raw((db) => db.prepare('SELECT steps FROM Journal').pluck().all() as string[])
    expect(entries).toHaveLength(2)
    expect(entries.join()).not.toContain('石二妹')
    expect(here.raw((db) => countIn(db, 'Answer'))).toBe(0)
    const answers = await storage.reads.messaging.answers('a')
    expect(answers.map(({ raw }) => raw)).toEqual(['石二妹', '三口人'])
    expect(here.raw((db) => [countIn(db, 'Journal'), countIn(db, 'Answer')])).toEqual([0, 2])
    await storage.close()
  })

  test('that changes a row again and again leaves its last form and the right revision', async () => {
    const storage = await place().open()
    await storage.writer.commit([insert('Conversation', conversation('a'))])
    for (let number = 0; number < 5; number++) expect(await storage.writer.commit(turn('a', number))).toEqual(COMMITTED)
    await storage.writer.commit([update('Outbox', 'a-4', null, { state: 'sent', dueAt: null })])
    expect(await storage.reads.messaging.conversation('a')).toMatchObject({ phase: 'turn 4', revision: 5 })
    const states = await storage.reads.rows.find('Outbox', { columns: ['state'], order: ['id'] })
    expect(states.map(({ state }) => state)).toEqual(['pending', 'pending', 'pending', 'pending', 'sent'])
    await storage.close()
  })

  test('counts against the next one, journalled or not', async () => {
    const { writer, close } = await place().open()
    await writer.commit([insert('Conversation', conversation('a'))])
    await writer.commit(turn('a', 0))
    expect(await writer.commit(turn('a', 0))).toEqual({ kind: 'duplicate', table: 'Inbox' })
    expect(await writer.commit([update('Conversation', 'a', 0, { phase: 'x' })])).toEqual(CONFLICT)
    expect(await writer.commit([update('Conversation', 'a', 0, { openKey: 'x' })])).toEqual(CONFLICT)
    expect(await writer.commit([update('Conversation', 'a', 1, { openKey: 'x' })])).toEqual(COMMITTED)
    expect(await writer.commit([update('Conversation', 'a', 1, { phase: 'x' })])).toEqual(CONFLICT)
    expect(await writer.commit(turn('a', 2))).toEqual(COMMITTED)
    await close()
  })
})

describe('after a crash', () => {
  test('what was in the journal is in its tables, once', async () => {
    const [before, after] = [place(), place()]
    const storage = await before.open()
    await storage.writer.commit([insert('Conversation', conversation('a'))])
    for (let number = 0; number < 3; number++) await storage.writer.commit(turn('a', number))
    copyAsItIs(before, after)
    await storage.close()
    for (let start = 0; start < 2; start++) {
      const again = await after.open()
      expect(await again.reads.messaging.conversation('a')).toMatchObject({ phase: 'turn 2', revision: 3 })
      expect(await again.reads.messaging.answers('a')).toHaveLength(3)
      expect(await again.writer.commit(turn('a', 1))).toEqual({ kind: 'duplicate', table: 'Inbox' })
      await again.close()
    }
  })

  test('a newer program puts in what an older one left, column by name, before it migrates', () => {
    const here = place()
    here.raw((db) => {
      db.exec(`CREATE TABLE Old (id TEXT PRIMARY KEY, b TEXT, a INTEGER, revision INTEGER NOT NULL DEFAULT 0)`)
      const steps = [
        { op: 'insert', table: 'Old', columns: ['a', 'id'], values: [7, 'x'] },
        { op: 'update', table: 'Old', rises: true, columns: ['b'], id: 'x', values: ['said'] },
      ]
      db.prepare('INSERT INTO Journal VALUES (1, ?)').run(JSON.stringify(steps))
      replayAtStart(db)
      expect(db.prepare('SELECT * FROM Old').all()).toEqual([{ id: 'x', b: 'said', a: 7, revision: 1 }])
      expect(countIn(db, 'Journal')).toBe(0)
    })
  })
})

type Action =
  | { readonly kind: 'turn' | 'old' | 'open'; readonly who: number; readonly chat: number }
  | { readonly kind: 'read' | 'crash'; readonly who: number; readonly chat?: undefined }

const who = fc.nat(1)
const chat = fc.nat(2)
const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('turn' as const), who, chat }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('old' as const, 'open' as const), who, chat }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('read' as const, 'crash' as const), who }) },
)

test('two processes, crashes and orderly reads in any order: each turn counts once', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(action, { minLength: 1, maxLength: 25 }), async (actions) => {
      let here = place()
      let processes = await Promise.all([here.open(), here.open()])
      const revisions = [0, 0, 0]
      const turns = [0, 0, 0]
      await processes[0]?.writer.commit(revisions.map((_, one) => insert('Conversation', conversation(`c${one}`))))
      for (const one of actions) {
        const { writer, reads } = processes[one.who] as Storage
        if (one.chat === undefined && one.kind === 'crash') {
          const next = place()
          copyAsItIs(here, next)
          await Promise.all(processes.map((storage) => storage.close()))
          here = next
          processes = await Promise.all([here.open(), here.open()])
        } else if (one.chat === undefined) {
          expect(await reads.rows.count('Answer', {})).toBe(turns.reduce((sum, each) => sum + each))
        } else {
          const id = `c${one.chat}`
          const revision = revisions[one.chat] as number
          const changes = {
            turn: turn(id, revision),
            old: [update('Conversation', id, revision - 1, { phase: 'late' })],
            open: [update('Conversation', id, revision, { openKey: `${id} ${revision}` })],
          }[one.kind]
          expect(await writer.commit(changes)).toEqual(one.kind === 'old' ? CONFLICT : COMMITTED)
          if (one.kind !== 'old') revisions[one.chat] = revision + 1
          if (one.kind === 'turn') turns[one.chat] = (turns[one.chat] as number) + 1
        }
      }
      const [first, second] = processes as [Storage, Storage]
      for (const { reads } of [first, second]) {
        const stored = await reads.rows.find('Conversation', { columns: ['revision'], order: ['id'] })
        expect(stored.map(({ revision }) => revision)).toEqual(revisions)
        expect(await reads.rows.count('Inbox', {})).toBe(turns.reduce((sum, each) => sum + each))
      }
      await first.close()
      await second.close()
    }),
    { numRuns: 25 },
  )
})

const COMMITTED = { kind: 'committed' }
const CONFLICT = { kind: 'conflict', table: 'Conversation' }
