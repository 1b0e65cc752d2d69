/** A small county in the memory storage, with a clock that is moved: from one due instant to the next, as `bangfu pipe` does. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { insert, type Change, type Row, type Writer } from '../../src/base/change.ts'
import { sortableIds } from '../../src/base/ids.ts'
import { seededRandom } from '../../src/base/random.ts'
import { addDays, dateAt, formatInstant, instant, instantOf, parseInstant, type Instant } from '../../src/base/time.ts'
import { workingCalendar } from '../../src/domain/calendar/working-days.ts'
import { readCaseStages } from '../../src/domain/cases/stages.ts'
import { readRiskRules } from '../../src/domain/risk/rules.ts'
import { readAlertPolicy } from '../../src/domain/cases/clusters.ts'
import { readMeasurePolicy } from '../../src/domain/measures/policy.ts'
import { readRouting } from '../../src/domain/measures/routing.ts'
import { readVisitPlans } from '../../src/domain/visits/plans.ts'
import type { Casework } from '../../src/messaging/casework.ts'
import type { Outgoing } from '../../src/messaging/channel.ts'
import { outgoingOf, type PayloadRow } from '../../src/messaging/outbox/payload.ts'
import type { HandlerResult, Speaker } from '../../src/messaging/handlers.ts'
import { reminderJobs } from '../../src/reminders/jobs.ts'
import type { ReminderParts } from '../../src/reminders/parts.ts'
import { readReminderPolicy } from '../../src/reminders/policy.ts'
import { watchingBy } from '../../src/reminders/watching.ts'
import { createBlindIndex } from '../../src/storage/blind.ts'
import { memoryDialect } from '../../src/storage/dialects.ts'
import { createMatterSequence } from '../../src/storage/matter-sequence.ts'
import { memoryWriteConnection } from '../../src/storage/memory/memory-connection.ts'
import { memoryRows } from '../../src/storage/memory/memory-rows.ts'
import { emptyTables } from '../../src/storage/memory/memory-tables.ts'
import { allReads } from '../../src/storage/reads/all-reads.ts'
import { createWriter } from '../../src/storage/writer.ts'
import { createPlanner } from '../../src/storage/writing/planner.ts'
import { parseLocale, type Resources } from '../../src/text/resources.ts'
import { loadText } from '../../src/text/text.ts'

export const ZONE = 'Asia/Shanghai'

export const policyFile = (name: string) => {
  const file = `flows/policy/${name}.yaml`
  return { file, yaml: readFileSync(file, 'utf8') }
}

export const TEXT = loadText({ resources: readResources(), defaultLocale: 'zh-CN' })

export const at = (text: string): Instant => parseInstant(`${text}:00+08:00`) as Instant

export type Sent = Outgoing & { readonly at: string }

export type County = ReturnType<typeof county>

/** Read once: most of the time of a small test. */
const POLICIES = {
  reminders: readReminderPolicy(policyFile('reminders')),
  routing: readRouting(policyFile('routing')),
  measures: readMeasurePolicy(policyFile('measures')),
  stages: readCaseStages(policyFile('case-stages')),
  risk: readRiskRules(policyFile('risk-rules')),
  plans: readVisitPlans(policyFile('visit-plans')),
}

/** @param wrapped stands before the writer of the clock, and of nothing else: where a process may die */
export function county(start: string, wrapped: (writer: Writer) => Writer = (writer) => writer) {
  let now = at(start)
  const clock = { now: () => now }
  const ids = sortableIds(clock, seededRandom(1))
  const blind = createBlindIndex(Buffer.alloc(32, 7))
  const tables = emptyTables()
  const writer = createWriter(memoryWriteConnection(tables), createPlanner(memoryDialect(blind)))
  const rows = memoryRows(tables, blind)
  const reads = allReads(rows)
  const policy = POLICIES.reminders
  const place = { calendar: workingCalendar(), zone: ZONE }
  const watching = watchingBy(policy, reads.reminders, place, reads.tasks)
  const sequence = createMatterSequence(writer, rows)
  const errors: unknown[] = []
  const parts: ReminderParts = {
    policy,
    place,
    reads: reads.reminders,
    cases: reads.cases,
    visits: reads.visits,
    tasks: reads.tasks,
    registry: reads.registry,
    turns: { stages: POLICIES.stages, timeline: (caseId) => reads.progress.timeline(caseId) },
    month: reads.month,
    sequence,
    writer: wrapped(writer),
    ids,
    text: TEXT,
    onError: (error) => errors.push(error),
  }
  const { routing } = POLICIES
  const casework: Casework = {
    cases: reads.cases,
    progress: reads.progress,
    visits: reads.visits,
    tasks: reads.tasks,
    registry: reads.registry,
    measures: reads.measures,
    media: reads.media,
    duplicates: reads.duplicates,
    deaths: reads.deaths,
    measurePolicy: POLICIES.measures,
    routing,
    alerts: readAlertPolicy(
      policyFile('clusters'),
      routing.routes.map((route) => route.department),
    ),
    sequence,
    stages: POLICIES.stages,
    settings: reads.settings,
    risk: POLICIES.risk,
    riskFacts: reads.riskFacts,
    plans: POLICIES.plans,
    calendar: place.calendar,
    watching,
  }
  const jobs = reminderJobs(parts)

  const commit = async (changes: readonly Change[]) => {
    const outcome = await writer.commit(changes)
    if (outcome.kind !== 'committed') throw new Error(`${outcome.kind} ${outcome.table}`)
  }
  const add = (table: string, row: Row) => commit([insert(table, row)])

  const outbox = async (): Promise<Sent[]> =>
    (await rows.find('Outbox', { columns: ['id', 'channel', 'chat', 'createdAt', 'payload', 'dueAt'], order: ['id'] })).map((row) => ({
      ...outgoingOf(row as PayloadRow),
      at: formatInstant(row.dueAt as Instant, ZONE).slice(0, 16),
    }))

  let seen = 0
  return {
    parts,
    /** Never wrapped. */
    writer,
    clock,
    casework,
    ids,
    reads,
    rows,
    add,
    commit,
    errors,
    outbox,
    now: () => now,
    /** Puts the clock forward without anything running: the process was down. */
    sleepTo(to: string) {
      now = at(to)
    },
    moveTo(to: Instant) {
      now = to
    },
    jobs,
    /** The clock's own look, as every minute has one. */
    wake: () => jobs.find((job) => job.name === 'reminders')!.run(now),
    /** @returns what was written to the outbox on the way */
    async advance(to: string): Promise<Sent[]> {
      const end = at(to)
      for (let rounds = 0; rounds < 100_000; rounds += 1) {
        const fires = await Promise.all(
          jobs.map(async (job) => (job.next ? await job.next(now) : nextDaily(job.cron, now))),
        )
        const next = instant(Math.max(now, Math.min(...fires.filter((fire) => fire !== null))))
        if (next > end) break
        now = next
        for (const [place, job] of jobs.entries()) {
          const fire = fires[place]
          if (fire !== null && fire !== undefined && fire <= now) await job.run(now)
        }
      }
      now = end
      const all = await outbox()
      const fresh = all.slice(seen)
      seen = all.length
      return fresh
    },
    /** What a handler decided is committed as messaging would; notices are given back. */
    async adopt(result: HandlerResult): Promise<HandlerResult> {
      await commit(result.changes)
      return result
    },
    async territory(id: string, path: string, level: string, parentId: string | null) {
      const name = path.split('/').at(-1) as string
      await add('Territory', { id, path, name, level, parentId, chatCode: id, pinyin: '', initials: '' })
    },
    async staff(id: string, name: string, role: string, territoryId: string, user: string | null = id) {
      await add('Staff', { id, name })
      await add('StaffRole', { id: `role-${id}`, staffId: id, role, territoryId })
      if (user !== null)
        await add('ChatIdentity', { id: `chat-${id}`, channel: 'pipe', user, staffId: id, createdAt: now })
    },
    async group(id: string, territoryId: string, purposes: string, audience = 'staff') {
      await add('GroupChat', { id, channel: 'pipe', chat: id, territoryId, purposes, audience, pageCode: id })
    },
    async household(id: string, head: string, territoryId: string, lastVisitOn: string | null) {
      const pinyin = { headPinyin: '', headInitials: '' }
      await add('Household', { id, identity: id, head, ...pinyin, territoryId, size: 3, status: '', lastVisitOn })
    },
  }
}

/** 吉首市 / 矮寨镇 / 阳孟村 and 排吼村, somebody at each level, a staff group at each. */
export async function peopled(start: string, wrapped?: (writer: Writer) => Writer): Promise<County> {
  const made = county(start, wrapped)
  await made.territory('c', '吉首市', 'county', null)
  await made.territory('t', '吉首市/矮寨镇', 'township', 'c')
  await made.territory('v', '吉首市/矮寨镇/阳孟村', 'village', 't')
  await made.territory('w', '吉首市/矮寨镇/排吼村', 'village', 't')
  await made.staff('s1', '石建国', 'village_staff', 'v')
  await made.staff('s2', '龙玉梅', 'village_staff', 'w')
  await made.staff('s3', '向东升', 'township_reviewer', 't')
  await made.staff('s4', '彭秀英', 'county_officer', 'c')
  await made.group('gv', 'v', 'village')
  await made.group('gw', 'w', 'village', 'public')
  await made.group('gt', 't', 'township')
  await made.group('gc', 'c', 'county')
  return made
}

export const villager = (user: string): Speaker => ({
  identityId: `id-${user}`,
  channel: 'pipe',
  user,
  language: 'zh-CN',
  staff: null,
  profile: null,
  villageId: null,
})

export const staffSpeaker = (id: string, name: string, role: string, territoryId: string, path: string): Speaker => ({
  ...villager(id),
  staff: { id, name, scopes: [{ role, territoryId, path }] },
})

function readResources(): Resources {
  const languages = readdirSync('locales')
  return Object.fromEntries(
    languages.map((language) => {
      const files = readdirSync(join('locales', language), { recursive: true }).map(String)
      return [
        language,
        Object.fromEntries(
          files
            .filter((file) => file.endsWith('.json'))
            .map((file) => [
              file.slice(0, -5).replaceAll('\\', '/'),
              parseLocale(file, readFileSync(join('locales', language, file), 'utf8')),
            ]),
        ),
      ]
    }),
  )
}

/** Strictly after; every job of the clock without rows of its own fires daily (`minute hour * * *`). */
export function nextDaily(cron: string, after: Instant): Instant {
  const [minute = '', hour = ''] = cron.split(' ')
  const time = `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`
  const on = dateAt(after, ZONE)
  const today = instantOf(on, time, ZONE)
  return today > after ? today : instantOf(addDays(on, 1), time, ZONE)
}
