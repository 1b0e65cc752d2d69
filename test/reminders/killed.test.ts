/** A process that dies at any commit of a tick, and what a broken row or a silent channel costs the others. */
import { describe, expect, it, vi } from 'vitest'
import { insert, type Writer } from '../../src/base/change.ts'
import { MINUTE, instant } from '../../src/base/time.ts'
import type { ChannelName, Outgoing, SendOutcome } from '../../src/messaging/channel.ts'
import { pendingRow } from '../../src/messaging/outbox/row.ts'
import { clockWork, type Delivered } from './clock-work.ts'
import { at, peopled, type County } from './county.ts'

const MORNING = '2026-11-25T08:00'

/** Visits of two people. */
async function withVisits(made: County, count: number, dueOn = '2026-11-24'): Promise<void> {
  for (let n = 0; n < count; n += 1)
    await owed(made, `p${n}`, n % 2 === 0 ? 'v' : 'w', n % 2 === 0 ? 's1' : 's2', dueOn)
}

async function owed(made: County, id: string, territoryId: string, assigneeId: string, dueOn: string): Promise<void> {
  await made.household(`h${id}`, `户${id}`, territoryId, null)
  const plan = { id, plan: 'monitored', householdId: `h${id}`, territoryId, assigneeId, mode: 'in_person', dueOn }
  await made.commit([
    insert('VisitPlan', { ...plan, openKey: `monitored h${id}` }),
    ...made.casework.watching.begin('visit', { kind: 'visit', id, territoryId }, made.now()),
  ])
}

/** Matters of private messages, each with how often it was told. */
function toldOf(delivered: readonly Delivered[], idOf: (number: string) => string): ReadonlyMap<string, number> {
  const told = new Map<string, number>()
  for (const { outgoing } of delivered) {
    if (outgoing.again) continue
    for (const { rule, rung, matter } of outgoing.reminder?.items ?? []) {
      const key = `${outgoing.chat} ${rule} ${rung} ${idOf(matter)}`
      told.set(key, (told.get(key) ?? 0) + 1)
    }
  }
  return told
}

/** Dies at commit number `at` (from 1): before it happens, or after it has and nobody was told. */
function dying(
  writer: Writer,
  atCommit: number,
  when: 'before' | 'after',
): Writer & { readonly commits: () => number } {
  let count = 0
  return {
    commits: () => count,
    async commit(changes) {
      count += 1
      if (count === atCommit && when === 'before') throw new Error('killed')
      if (count > atCommit) throw new Error('killed')
      const outcome = await writer.commit(changes)
      if (count === atCommit) throw new Error('killed')
      return outcome
    },
  }
}

async function killedAt(atCommit: number, when: 'before' | 'after') {
  const made = await peopled('2026-11-23T09:00')
  // Rung 1 on that morning, and lines in the group's digest for what is overdue.
  await withVisits(made, 4, '2026-11-27')
  for (const id of ['late1', 'late2']) await owed(made, id, 'v', 's1', '2026-11-10')
  await clockWork(made).advance(at('2026-11-25T07:59'))
  const delivered: Delivered[] = []
  const writer = dying(made.writer, atCommit, when)
  const first = clockWork(made, { writer, delivered, token: 'first' })
  await first.advance(at('2026-11-25T08:31')).catch(() => undefined)
  const died = writer.commits() >= atCommit
  // What the dead process kept in memory is gone; another takes over from the rows.
  made.errors.length = 0
  const second = clockWork(made, { delivered, token: 'second' })
  await second.recover()
  await second.advance(at('2026-11-25T08:45'))
  await second.look()
  const rows = await made.rows.find('Outbox', { columns: ['state'], where: { kind: 'reminder' } })
  const plans = await made.rows.find('VisitPlan', { columns: ['id', 'number'] })
  // Numbers may leave gaps.
  const idOf = (number: string) => plans.find((plan) => plan.number === number)?.id ?? number
  return {
    died,
    delivered,
    idOf,
    again: second.sentAgain(),
    states: rows.map(({ state }) => state),
    errors: made.errors,
  }
}

describe('a process that dies in the middle of a morning', () => {
  it('at any commit, before or after it: each reminder that was due arrives once, or twice and marked as such', async () => {
    const whole = await killedAt(1_000, 'before')
    const expected = [...toldOf(whole.delivered, whole.idOf).keys()].sort()
    expect(expected.length).toBeGreaterThan(5)
    let deaths = 0
    for (const when of ['before', 'after'] as const) {
      for (let atCommit = 1; ; atCommit += 1) {
        const { died, delivered, idOf, again, states, errors } = await killedAt(atCommit, when)
        if (!died) break
        deaths += 1
        const told = toldOf(delivered, idOf)
        const marked = delivered.filter(({ outgoing }) => outgoing.again)
        expect(marked.length, `commit ${atCommit} ${when}`).toBe(again)
        const all = new Set([...told.keys(), ...toldOf(marked.map(unmarked), idOf).keys()])
        expect([...all].sort(), `commit ${atCommit} ${when}`).toEqual(expected)
        expect(Math.max(...told.values()), `commit ${atCommit} ${when}`).toBe(1)
        expect(states.every((state) => state === 'sent')).toBe(true)
        expect(errors).toEqual([])
      }
    }
    expect(deaths).toBeGreaterThanOrEqual(16)
  })
})

const unmarked = (one: Delivered): Delivered => ({ ...one, outgoing: { ...one.outgoing, again: false } })

describe('what is broken', () => {
  it('a thousand rows at the head of the queue hold none of the good ones', async () => {
    const made = await peopled('2026-11-25T07:00')
    const begun = instant(at('2026-11-25T06:00'))
    for (let n = 0; n < 1_000; n += 100) {
      const ids = Array.from({ length: 100 }, (_, index) => `bad${String(n + index).padStart(4, '0')}`)
      await made.commit(
        ids.flatMap((id) => [
          insert('VisitPlan', {
            id,
            plan: 'monitored',
            householdId: null,
            territoryId: 'v',
            assigneeId: 's1',
            mode: 'in_person',
            dueOn: 'not a day',
            openKey: `monitored ${id}`,
          }),
          ...made.casework.watching.begin('visit', { kind: 'visit', id, territoryId: 'v' }, begun),
        ]),
      )
    }
    await withVisits(made, 4)
    const clock = clockWork(made)
    await clock.advance(at(MORNING))
    const chats = clock.delivered.map(({ at: sentAt, outgoing }) => [sentAt, outgoing.chat])
    expect(chats).toEqual([
      [at(MORNING), 's1'],
      [at(MORNING), 's2'],
    ])
    expect(made.errors.length).toBeGreaterThanOrEqual(1_000)
  })

  it('a channel that never answers holds none of the others', async () => {
    const made = await peopled('2026-11-25T07:00')
    await withVisits(made, 2)
    await made.commit([{ op: 'delete', table: 'ChatIdentity', id: 'chat-s1' }])
    const silent = { id: 'chat-s1', channel: 'web', user: 's1', staffId: 's1', createdAt: made.now() }
    await made.add('ChatIdentity', silent)
    const clock = clockWork(made, {
      channels: ['pipe', 'web'],
      sendTimeoutMs: 30,
      send: (outgoing) =>
        outgoing.channel === 'web' ? new Promise(() => undefined) : Promise.resolve({ kind: 'sent', platformId: null }),
    })
    await clock.advance(at(MORNING))
    expect(clock.delivered.map(({ outgoing }) => outgoing.chat)).toEqual(['s2'])
    const stuck = await made.rows.find('Outbox', { columns: ['state'], where: { channel: 'web' } })
    expect(stuck.map(({ state }) => state)).toEqual(['unknown'])
    expect(made.now() + MINUTE).toBeGreaterThan(at(MORNING))
  })

  it('a channel that answers nothing yet lets what comes later to others pass', async () => {
    const made = await peopled('2026-11-25T08:00')
    let answer: (outcome: SendOutcome) => void = () => undefined
    const heard: string[] = []
    const clock = clockWork(made, {
      channels: ['pipe', 'web'],
      sendTimeoutMs: 60_000,
      send(outgoing) {
        if (outgoing.channel === 'web') return new Promise((resolve) => (answer = resolve))
        heard.push(outgoing.id)
        return Promise.resolve({ kind: 'sent', platformId: null })
      },
    })
    const stop = clock.run()
    const owe = async (id: string, channel: ChannelName) => {
      await made.commit([pendingRow(letter(id, channel, made), 'notice', made.now(), false)])
      clock.wake()
    }
    await owe('stuck', 'web')
    await owe('first', 'pipe')
    await vi.waitFor(() => expect(heard).toEqual(['first']))
    await owe('second', 'pipe')
    await vi.waitFor(() => expect(heard).toEqual(['first', 'second']))
    answer({ kind: 'sent', platformId: null })
    await stop()
    const rows = await made.rows.find('Outbox', { columns: ['id', 'state'], order: ['id'] })
    expect(rows.map(({ id, state }) => `${id} ${state}`)).toEqual(['first sent', 'second sent', 'stuck sent'])
  })
})

const letter = (id: string, channel: ChannelName, made: County): Outgoing => ({
  id,
  channel,
  chat: `chat of ${channel}`,
  text: id,
  choices: [],
  mentions: [],
  cause: null,
  reminder: null,
  matter: null,
  question: null,
  progress: null,
  createdAt: made.now(),
  again: false,
})
