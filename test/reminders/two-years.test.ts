/**
 * A seeded script of two years and a bit: things fall due, are settled, put off, handed on, people leave and come, the process
 * is down for hours or days. Checked is what was delivered, by the outbox itself, against a model of what was open when.
 */
import { expect, it } from 'vitest'
import { insert, remove, update } from '../../src/base/change.ts'
import { seededRandom, type Random } from '../../src/base/random.ts'
import {
  addDays,
  dateAt,
  DAY,
  formatInstant,
  HOUR,
  instant,
  partsOf,
  type Instant,
  type PlainDate,
} from '../../src/base/time.ts'
import { matterNumber } from '../../src/domain/cases/matter-number.ts'
import { openTask, settleTask } from '../../src/domain/tasks/tasks.ts'
import type { Outgoing } from '../../src/messaging/channel.ts'
import type { WatchKind } from '../../src/domain/watching.ts'
import { isAllowed } from '../../src/reminders/times.ts'
import { clockWork, type Delivered } from './clock-work.ts'
import { at, peopled, ZONE, type County } from './county.ts'

interface Matter {
  readonly kind: 'visit' | 'case' | 'task'
  readonly id: string
  number: string | null
  assignee: string
  /** Rule kinds → from when nothing may be said under them. */
  readonly quietFrom: Map<WatchKind | 'all', Instant>
}

/** Spring Festivals, National Day, the end of February; in the others little happens, for the sake of time. */
const BUSY_MONTHS = [2, 10]

const STAFF = ['s1', 's2', 's3']

async function world(seed: number, from: string, to: string) {
  const made = await peopled(from)
  const random = seededRandom(seed)
  const matters: Matter[] = []
  const wrongPerson: string[] = []
  let isDown = false
  const clock = clockWork(made, {
    send(outgoing) {
      if (isDown) return Promise.resolve({ kind: 'retry', afterSeconds: 3 * 3600, reason: 'down' })
      wrongPerson.push(...notTheirs(made, matters, outgoing))
      return Promise.resolve({ kind: 'sent', platformId: null })
    },
  })
  const end = at(to)
  let count = 0
  const states = new Set<string>()
  for (let turn = 0; made.now() < end; turn += 1) {
    if (turn % 10 === 0) await forget(made, states)
    const isBusy = BUSY_MONTHS.includes(partsOf(dateAt(made.now(), ZONE))[1])
    const step = below(random, 10)
    const open = matters.filter((matter) => !matter.quietFrom.has('all'))
    const one = open[below(random, Math.max(1, open.length))]
    if (step < 4 && open.length < (isBusy ? 5 : 1)) matters.push(await opened(made, random, `m${(count += 1)}`))
    else if (step < 7 && one) await settled(made, one)
    else if (step === 7 && one) await postponed(made, random, one)
    else if (step === 8 && one) await reassigned(made, random, one)
    const hours = isBusy ? 6 + below(random, 60) : 40 + below(random, 200)
    const next = instant(Math.min(end, made.now() + hours * HOUR + below(random, 60) * 60_000))
    // The platform refuses, now and then; what is settled or handed on meanwhile must not leave.
    isDown = below(random, 4) === 0
    // Down for a while, now and then: nothing runs, and what was missed is looked at when it is up again.
    if (below(random, 12) === 0) made.moveTo(instant(Math.min(end, next + below(random, 4) * DAY)))
    else await clock.advance(next)
  }
  isDown = false
  await clock.advance(instant(end + 30 * DAY))
  await forget(made, states)
  return { made, matters, states, wrongPerson, delivered: clock.delivered }
}

/** What is for the assignee and goes to somebody else. */
function notTheirs(made: County, matters: readonly Matter[], { chat, reminder }: Outgoing): readonly string[] {
  return (reminder?.items ?? []).flatMap(({ rule, rung, matter: number }) => {
    const to = made.parts.policy.rules.get(rule)?.ladder[rung - 1]?.to
    const matter = matters.find((each) => each.number === number)
    const isForAssignee = to?.length === 1 && to[0]?.kind === 'assignee' && !chat.startsWith('g')
    return isForAssignee && matter && matter.assignee !== chat ? [`${rule} ${number} to ${chat}`] : []
  })
}

/** What is over is taken out of the tables: memory looks through every row. */
async function forget(made: County, states: Set<string>): Promise<void> {
  const messages = await made.rows.find('Outbox', { columns: ['id', 'state', 'dueAt'] })
  for (const { state, dueAt } of messages) if (dueAt === null) states.add(state)
  const watches = await made.rows.find('Watch', { columns: ['id'], where: { closedAt: { not: null } } })
  await made.commit([
    ...messages.filter(({ dueAt }) => dueAt === null).map(({ id }) => remove('Outbox', id)),
    ...watches.map(({ id }) => remove('Watch', id)),
  ])
}

const below = (random: Random, limit: number): number => Math.floor(random() * limit)

async function opened(made: County, random: Random, id: string): Promise<Matter> {
  const now = made.now()
  const on = dateAt(now, ZONE)
  const { watching } = made.casework
  const assignee = STAFF[below(random, 2)] as string
  const territoryId = assignee === 's2' ? 'w' : 'v'
  const kind = (['visit', 'visit', 'case', 'case', 'task'] as const)[below(random, 5)] as Matter['kind']
  const quietFrom = new Map()
  if (kind === 'visit') {
    await made.household(id, `户${id}`, territoryId, null)
    await made.commit([
      insert('VisitPlan', {
        id,
        plan: 'monitored',
        householdId: id,
        territoryId,
        assigneeId: assignee,
        mode: 'in_person',
        dueOn: addDays(on, below(random, 40) - 10),
        openKey: `monitored ${id}`,
      }),
      ...watching.begin('visit', { kind, id, territoryId }, now),
    ])
    return { kind, id, number: null, assignee, quietFrom }
  }
  const number = matterNumber(on, await made.casework.sequence.take(on))
  if (kind === 'task') {
    const task = {
      kind: 'phone_notice',
      number,
      caseId: null,
      householdId: null,
      territoryId,
      assigneeId: assignee,
    } as const
    const { task: made1, changes } = openTask(
      { ...task, refId: null, detail: null, dueOn: addDays(on, below(random, 5)), seenFrom: null, about: id },
      watching,
      now,
      made.ids,
    )
    await made.commit(changes)
    return { kind, id: made1.id, number, assignee, quietFrom }
  }
  const urgency = (['normal', 'normal', 'urgent', 'danger'] as const)[below(random, 4)] as string
  await made.commit([
    insert('Case', {
      id,
      number,
      kind: 'hardship',
      stage: 'reported',
      source: 'self',
      territoryId,
      personName: `人${id}`,
      assigneeId: assignee,
      urgency,
      leadOn: on,
      stageEnteredOn: on,
      stageDueOn: addDays(on, 1),
      decideBy: addDays(on, 15),
      openedAt: now,
    }),
    ...(['case_new', 'case_stage', 'case_total'] as const).flatMap((rule) =>
      watching.begin(rule, { kind, id, territoryId }, now),
    ),
    ...(urgency === 'normal' ? [] : watching.begin(`${urgency}_case` as WatchKind, { kind, id, territoryId }, now)),
  ])
  return { kind, id, number, assignee, quietFrom }
}

async function settled(made: County, matter: Matter): Promise<void> {
  const now = made.now()
  const { watching } = made.casework
  if (matter.kind === 'visit') {
    const [plan] = await made.reads.visits.plans([matter.id])
    await made.commit([
      update('VisitPlan', plan!.id, plan!.revision, { closedOn: dateAt(now, ZONE), openKey: null }),
      ...(await watching.end(plan!.id, now)),
    ])
  } else if (matter.kind === 'task') {
    const [task] = await made.reads.tasks.tasks([matter.id])
    await made.commit(await settleTask(task!, 'done', 's1', watching, now))
  } else {
    const [one] = await made.reads.cases.cases([matter.id])
    if (one!.acknowledgedAt === null) {
      await made.commit([update('Case', one!.id, one!.revision, { acknowledgedAt: now })])
      for (const rule of ['case_new', 'urgent_case', 'danger_case'] as const) matter.quietFrom.set(rule, now)
      return
    }
    await made.commit([
      update('Case', one!.id, one!.revision, { closedAt: now }),
      ...(await watching.end(one!.id, now)),
    ])
  }
  matter.quietFrom.set('all', now)
}

/** A new day: the ladder begins anew. */
async function postponed(made: County, random: Random, matter: Matter): Promise<void> {
  const now = made.now()
  const days = 5 + below(random, 20)
  const { watching } = made.casework
  if (matter.kind === 'visit') {
    const [plan] = await made.reads.visits.plans([matter.id])
    const dueOn = addDays(later(plan!.dueOn, dateAt(now, ZONE)), days)
    await made.commit([
      update('VisitPlan', plan!.id, plan!.revision, { dueOn }),
      ...(await watching.restart('visit', plan!.id, now)),
    ])
  } else if (matter.kind === 'case') {
    const [one] = await made.reads.cases.cases([matter.id])
    const on = dateAt(now, ZONE)
    const set = { stage: `${one!.stage}1`.slice(0, 30), stageEnteredOn: on, stageDueOn: addDays(on, below(random, 6)) }
    await made.commit([
      update('Case', one!.id, one!.revision, set),
      ...(await watching.restart('case_stage', one!.id, now)),
    ])
  }
}

const later = (a: PlainDate, b: PlainDate): PlainDate => (a > b ? a : b)

async function reassigned(made: County, random: Random, matter: Matter): Promise<void> {
  const assigneeId = STAFF[below(random, STAFF.length)] as string
  const [table, row] =
    matter.kind === 'visit'
      ? (['VisitPlan', (await made.reads.visits.plans([matter.id]))[0]!] as const)
      : matter.kind === 'case'
        ? (['Case', (await made.reads.cases.cases([matter.id]))[0]!] as const)
        : (['Task', (await made.reads.tasks.tasks([matter.id]))[0]!] as const)
  await made.commit([update(table, row.id, row.revision, { assigneeId })])
  matter.assignee = assigneeId
}

async function check({
  made,
  matters,
  states,
  wrongPerson,
  delivered,
}: Awaited<ReturnType<typeof world>>): Promise<number> {
  expect(made.errors).toEqual([])
  const { policy, place } = made.parts
  const byNumber = new Map<string, Matter>()
  for (const matter of matters) {
    const number = matter.number ?? (await made.reads.visits.plans([matter.id]))[0]?.number
    if (number) byNumber.set(number, matter)
  }
  const said = new Set<string>()
  const told = { private: 0, groups: 0 }
  for (const { at: sentAt, outgoing } of delivered) {
    const moment = formatInstant(sentAt, ZONE)
    const isGroup = outgoing.chat.startsWith('g')
    told[isGroup ? 'groups' : 'private'] += 1
    for (const { rule: id, rung, matter: number } of outgoing.reminder?.items ?? []) {
      const rule = policy.rules.get(id)!
      expect(isAllowed(rule, sentAt, place), `${id} at ${moment}`).toBe(true)
      const matter = byNumber.get(number)
      if (!matter) continue
      for (const quiet of ['all', rule.on] as const) {
        const from = matter.quietFrom.get(quiet)
        expect(from === undefined || sentAt <= from, `${id} ${number} at ${moment} after it was settled`).toBe(true)
      }
      if (isGroup) continue
      const key = `${outgoing.chat} ${number} ${id} ${rung} ${sentAt}`
      expect(said.has(key), `twice: ${key}`).toBe(false)
      said.add(key)
    }
  }
  await checkLadders(made)
  expect(wrongPerson).toEqual([])
  expect([...states].sort()).toEqual(['sent', 'withdrawn'])
  expect(told.private).toBeGreaterThan(60)
  expect(told.groups).toBeGreaterThan(60)
  return delivered.length
}

/** By the identities: each once, no rung before the one below it, repetitions in their order and at most as many as the rule has. */
async function checkLadders(made: County): Promise<void> {
  const rows = await made.rows.find('Reminder', { order: ['plannedAt'] })
  const ladders = new Map<string, { rung: number; repeat: number; at: number }[]>()
  for (const { id, rule, rung, plannedAt } of rows) {
    if (!made.parts.policy.rules.has(rule) || id.endsWith('|proposed')) continue
    const [, , subject, occurrence = ''] = id.split('|')
    const [day = '', repeat = '0'] = occurrence.split('+')
    const key = `${rule} ${subject} ${day}`
    ladders.set(key, [...(ladders.get(key) ?? []), { rung, repeat: Number(repeat), at: plannedAt }])
  }
  for (const [key, steps] of ladders) {
    const { ladder, repeat } = made.parts.policy.rules.get(key.split(' ')[0] as string)!
    const first = steps.filter((step) => step.repeat === 0)
    for (const [place, step] of first.entries()) {
      const before = first[place - 1]
      if (before) {
        expect(step.rung, key).toBeGreaterThanOrEqual(before.rung)
        expect(step.rung - before.rung, `${key}: a rung was left out`).toBeLessThanOrEqual(2)
      }
    }
    for (const step of steps) {
      expect(step.rung, key).toBeLessThanOrEqual(ladder.length)
      expect(step.repeat, key).toBeLessThanOrEqual(repeat?.max ?? 0)
    }
  }
}

it('two years of it: three Spring Festivals, National Day, the leap day', { timeout: 120_000 }, async () => {
  const run = await world(1, '2026-02-01T09:00', '2028-03-05T09:00')
  await check(run)
  const months = new Set(run.delivered.map((one: Delivered) => dateAt(one.at, ZONE).slice(0, 7)))
  expect(months.size).toBeGreaterThan(20)
})
