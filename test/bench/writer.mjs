/**
 * The writer alone, on SQLite with synchronous=FULL: the changeset of one answer (inbox row, answer, conversation, outbox row),
 * and later the mark that the reply was sent. Beside it the disk's own limit in the same run. Rates are changesets per second.
 */
import fs from 'node:fs'
import os from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { insert, insertOnce, update } from '../../dist/base/change.js'
import { sortableIds } from '../../dist/base/ids.js'
import { createBlindIndex } from '../../dist/storage/blind.js'
import { sqliteDialect } from '../../dist/storage/dialects.js'
import { ringOfKey } from '../../dist/storage/keys.js'
import { migrateSqlite } from '../../dist/storage/migrate-sqlite.js'
import { createSealer } from '../../dist/storage/seal.js'
import { openForWriting } from '../../dist/storage/sqlite-file.js'
import { createWriter } from '../../dist/storage/writer.js'
import { createPlanner } from '../../dist/storage/writing/planner.js'
import { sqliteWriteConnection } from '../../dist/storage/writing/sqlite.js'
import { median, report } from './stats.mjs'

const WIDTHS = [1, 64]
const RUNS = 5
const RUN_MILLISECONDS = 1000
const CHATS = 512

let nextMessage = 700_000_001
const folder = fs.mkdtempSync(join(os.tmpdir(), 'bangfu-bench-'))
const clock = { now: () => Date.now() }
const ids = sortableIds(clock, Math.random)

async function openWriter(name) {
  const path = join(folder, name)
  await migrateSqlite(path)
  const ring = ringOfKey(Buffer.alloc(32, 7))
  const dialect = sqliteDialect(createSealer(ring), createBlindIndex(ring.hashKey))
  return createWriter(sqliteWriteConnection(openForWriting(path, { busyMilliseconds: 300 })), createPlanner(dialect))
}

const parked = (cursor, revision) => ({
  format: 1,
  flow: 'a3f1c2d4e5f60718293a4b5c6d7e8f90a3f1c2d4e5f60718293a4b5c6d7e8f90',
  revision,
  phase: 'asking',
  cursor,
  attempts: 0,
  logged: revision,
  startedAt: clock.now(),
  more: { seed: 123456789, zone: 'Asia/Shanghai' },
})

async function openChats(writer) {
  const at = clock.now()
  return Promise.all(
    Array.from({ length: CHATS }, async (_, number) => {
      const chat = { id: ids.next(), name: `chat-${number}`, revision: 0 }
      const row = {
        id: chat.id,
        channel: 'telegram',
        chat: chat.name,
        user: chat.name,
        identityId: ids.next(),
        flow: 'bench',
        flowVersion: 1,
        flowDigest: parked('q1', 0).flow,
        state: parked('q1', 0),
        phase: 'asking',
        sensitive: false,
        startedAt: at,
        updatedAt: at,
        wakeAt: at + 86_400_000,
        openKey: `telegram ${chat.name} ${chat.name}`,
        revision: 0,
      }
      await writer.commit([insert('Conversation', row)])
      return chat
    }),
  )
}

/** The changes of one answer, as messaging makes them. */
function answerOf(chat, outgoingId) {
  const at = clock.now()
  const question = `q${(chat.revision % 200) + 1}`
  const text = `behind the old mill, ${chat.name} saw thing ${chat.revision}`
  const inboxId = `telegram ${nextMessage++}`
  return [
    insertOnce('Inbox', {
      id: inboxId,
      channel: 'telegram',
      chat: chat.name,
      user: chat.name,
      body: JSON.stringify({ kind: 'text', text }),
      receivedAt: at,
      state: 'done',
      attempts: 1,
      error: null,
    }),
    update('Conversation', chat.id, chat.revision, {
      state: parked(question, chat.revision + 1),
      phase: 'asking',
      updatedAt: at,
    }),
    insert('Answer', {
      conversationId: chat.id,
      seq: chat.revision + 1,
      question,
      kind: 'answered',
      raw: text,
      value: text,
      approximate: false,
      attempt: 1,
      at,
    }),
    insert('Outbox', {
      id: outgoingId,
      channel: 'telegram',
      chat: chat.name,
      kind: 'reply',
      payload: JSON.stringify({
        id: outgoingId,
        channel: 'telegram',
        chat: chat.name,
        text: 'What was seen, and where?',
        cause: inboxId,
      }),
      state: 'sending',
      dueAt: at + 60_000,
      attempts: 0,
      leaseToken: 'bench',
      error: null,
      createdAt: at,
      sentAt: null,
    }),
  ]
}

async function runWriter(writer, chats, width) {
  let count = 0
  let next = 0
  let sent = []
  const end = performance.now() + RUN_MILLISECONDS
  const mark = () => {
    const marks = sent
    sent = []
    if (marks.length > 0) void writer.commit(marks)
  }
  const worker = async () => {
    while (performance.now() < end) {
      const chat = chats[next++ % chats.length]
      const id = ids.next()
      const outcome = await writer.commit(answerOf(chat, id))
      if (outcome.kind !== 'committed') throw new Error(JSON.stringify(outcome))
      chat.revision++
      count++
      if (sent.length === 0) setImmediate(mark)
      sent.push(update('Outbox', id, null, { state: 'sent', dueAt: null, leaseToken: null, sentAt: clock.now() }))
    }
  }
  const began = performance.now()
  const cpu = process.cpuUsage()
  await Promise.all(Array.from({ length: width }, worker))
  await new Promise(setImmediate)
  await writer.settled()
  const { user, system } = process.cpuUsage(cpu)
  return { rate: (count * 1000) / (performance.now() - began), cpu: (user + system) / count }
}

/** One short row per answer, `width` rows per transaction, nothing else: what the disk and SQLite give at most. */
function floorOf(width) {
  const db = new Database(join(folder, `floor-${width}.db`))
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  db.exec('CREATE TABLE answer (id INTEGER PRIMARY KEY, chat TEXT, question TEXT, value TEXT)')
  const add = db.prepare('INSERT INTO answer (chat, question, value) VALUES (?, ?, ?)')
  const begin = db.prepare('BEGIN IMMEDIATE')
  const commit = db.prepare('COMMIT')
  return () => {
    let count = 0
    const began = performance.now()
    while (performance.now() - began < RUN_MILLISECONDS) {
      begin.run()
      for (let row = 0; row < width; row++) add.run(`chat-${row}`, 'q7', 'a short answer of forty characters or so')
      commit.run()
      count += width
    }
    return (count * 1000) / (performance.now() - began)
  }
}

async function prepare(width) {
  const writer = await openWriter(`writer-${width}.db`)
  const chats = await openChats(writer)
  const floor = floorOf(width)
  await runWriter(writer, chats, width)
  return { width, writer, runs: [], floors: [], run: () => runWriter(writer, chats, width), floor }
}

const cells = []
for (const width of WIDTHS) cells.push(await prepare(width))
for (let turn = 0; turn < RUNS; turn++) {
  for (const cell of cells) {
    cell.floors.push(cell.floor())
    cell.runs.push(await cell.run())
  }
}
for (const { writer } of cells) await writer.close()
fs.rmSync(folder, { recursive: true })
report({
  what: 'writer',
  rows: cells.map(({ width, runs, floors }) => {
    const rates = runs.map(({ rate }) => rate)
    return {
      inFlight: width,
      changesetsPerSecond: Math.round(median(rates)),
      lowest: Math.round(Math.min(...rates)),
      highest: Math.round(Math.max(...rates)),
      processorMicroseconds: Math.round(median(runs.map(({ cpu }) => cpu))),
      oneRowFloor: Math.round(median(floors)),
      ofFloor: Number(median(rates.map((rate, turn) => rate / floors[turn])).toFixed(3)),
    }
  }),
})
