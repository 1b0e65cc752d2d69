import { describe, expect, it } from 'vitest'
import { addDays, instant, type PlainDate } from '../../src/base/time.ts'
import { workingCalendar } from '../../src/domain/calendar/working-days.ts'
import { decideVisit } from '../../src/domain/visits/log-visit.ts'
import { visitsFollowing } from '../../src/domain/visits/follow-import.ts'
import { recheckWith } from '../../src/reminders/recheck.ts'
import { at, peopled, type County, type Sent } from './county.ts'

const calendar = workingCalendar()

/** As an import does it: the import's own clock says nothing about when something is first seen. */
async function owed(made: County, id: string, head: string, village: string, lastVisitOn: string) {
  await made.household(id, head, village, lastVisitOn)
  const [household] = await made.reads.registry.households([id])
  await made.commit(
    visitsFollowing(household!, [], {
      ...made.casework,
      ids: made.ids,
      today: '2020-01-01' as PlainDate,
      at: instant(0),
      assigneeId: null,
      visited: false,
      ended: () => [],
    }),
  )
  return (await made.reads.visits.openPlansOf([id]))[0]!
}

const brief = (sent: readonly Sent[]) =>
  sent.map((message) => [message.at, message.chat, message.reminder?.rule, message.reminder?.rung])

async function visit(made: County, householdId: string, on: string, mode: 'in_person' | 'phone', met: 'self' | 'none') {
  const [household] = await made.reads.visits.visited([householdId])
  const plans = await made.reads.visits.openPlansOf([householdId])
  const facts = { staffId: 's1', mode, met, changes: [], gaps: [], measures: null, wish: null, nextOn: null }
  const decision = await decideVisit(
    { ...facts, visitedOn: on as PlainDate, submissionId: null },
    household!,
    plans,
    made.casework,
    made.now(),
    made.ids,
  )
  await made.commit(decision.changes)
  return decision
}

describe('a visit that is owed', () => {
  it('climbs: two days before, the day after, the digest, the township', async () => {
    const made = await peopled('2026-11-16T09:00')
    await owed(made, 'h1', '麻老五', 'v', '2026-10-24') // due Tuesday 24 November
    const sent = await made.advance('2026-12-02T23:00')
    expect(brief(sent)).toEqual([
      ['2026-11-20T08:00', 's1', 'visit_overdue', 1], // 22 November is a Sunday: the Friday before
      ['2026-11-25T08:00', 's1', 'visit_overdue', 2],
      ['2026-11-25T08:30', 'gv', 'visit_overdue', 2],
      ['2026-11-26T08:30', 'gv', 'visit_overdue', 2],
      ['2026-11-27T08:30', 'gv', 'visit_overdue', 3],
      ['2026-11-30T08:30', 'gv', 'visit_overdue', 3],
      ['2026-11-30T09:00', 'gt', 'visit_overdue', 3],
      ['2026-12-01T08:00', 's3', 'visit_overdue', 4],
      ['2026-12-01T08:30', 'gv', 'visit_overdue', 4],
      ['2026-12-01T09:00', 'gc', 'visit_overdue', 1],
      ['2026-12-02T08:30', 'gv', 'visit_overdue', 4],
    ])
    expect(made.errors).toEqual([])
    const [first] = sent
    expect(first?.reminder?.matters).toEqual(['26112000019'])
    expect(first?.text).toContain('麻老五')
    expect(first?.text).toContain('阳孟村')
  })

  it('that is long overdue when first seen enters at rung 1 at the next time of sending and keeps the distances', async () => {
    const made = await peopled('2026-11-23T09:00')
    await owed(made, 'h1', '麻老五', 'v', '2026-06-01')
    const ladder = brief(await made.advance('2026-12-31T23:00')).filter(([, chat]) =>
      ['s1', 's3'].includes(String(chat)),
    )
    expect(ladder.slice(0, 3)).toEqual([
      ['2026-11-24T08:00', 's1', 'visit_overdue', 1],
      ['2026-11-27T08:00', 's1', 'visit_overdue', 2],
      // the digest rung is two days later, moved to Monday 30 November; the township four days after it
      ['2026-12-04T08:00', 's3', 'visit_overdue', 4],
    ])
  })

  it('first seen at the very time of sending is sent then', async () => {
    const made = await peopled('2026-11-23T08:00')
    await owed(made, 'h1', '麻老五', 'v', '2026-06-01')
    expect(brief(await made.advance('2026-11-23T08:30'))).toEqual([
      ['2026-11-23T08:00', 's1', 'visit_overdue', 1],
      ['2026-11-23T08:30', 'gv', 'visit_overdue', 1],
    ])
  })

  it('is one message for one person, however many there are', async () => {
    const made = await peopled('2026-11-23T09:00')
    for (let count = 0; count < 15; count += 1) await owed(made, `h${count}`, `麻老${count}`, 'v', '2026-06-01')
    const sent = await made.advance('2026-11-24T23:00')
    expect(brief(sent)).toEqual([
      ['2026-11-24T08:00', 's1', 'visit_overdue', 1],
      ['2026-11-24T08:30', 'gv', 'visit_overdue', 1],
    ])
    expect(sent[0]?.reminder?.matters).toHaveLength(15)
    expect(sent[0]?.text).toContain('还有 5 件')
    expect(sent[1]?.reminder?.items).toHaveLength(10)
    expect(sent[1]?.text).toContain('还有 5 件')
  })

  it('over half a year and the Spring Festival: nothing twice, nothing on days off, no rung before the one below it', async () => {
    const made = await peopled('2026-01-05T09:00')
    for (let day = 0; day < 28; day += 3)
      await owed(made, `h${day}`, `麻老${day}`, 'v', addDays('2026-01-03' as PlainDate, day))
    const sent = await made.advance('2026-06-30T23:00')
    const rungs = new Map<string, { step: number; at: string }>()
    const identities = new Set<string>()
    for (const message of sent) {
      expect(calendar.isWorkingDay(message.at.slice(0, 10) as PlainDate)).toBe(true)
      expect(['08:00', '08:30', '09:00']).toContain(message.at.slice(11))
      if (message.chat.startsWith('g')) continue
      // A person who is to confirm the listing of what is overdue for too long has a task of that, with rungs of its own.
      for (const item of (message.reminder?.items ?? []).filter(({ rule }) => rule === 'visit_overdue')) {
        const key = `${item.matter}|${item.rung}|${message.at}|${message.chat}`
        expect(identities.has(key)).toBe(false)
        identities.add(key)
        const before = rungs.get(item.matter)
        if (before) {
          expect(item.rung).toBeGreaterThanOrEqual(before.step)
          expect(message.at > before.at).toBe(true)
        }
        rungs.set(item.matter, { step: item.rung, at: message.at })
      }
    }
    expect(rungs.size).toBe(10)
    const digests = sent.filter((message) => message.chat === 'gv').map((message) => message.at)
    expect(new Set(digests).size).toBe(digests.length)
    // Rungs 1, 2, 4 and four repetitions for each visit, no more.
    expect(identities.size).toBe(10 * 7)
  })

  it('is silent from the moment it is logged; the next one is planned from the day of the visit', async () => {
    const made = await peopled('2026-11-16T09:00')
    await owed(made, 'h1', '麻老五', 'v', '2026-10-24')
    await made.advance('2026-11-25T10:00')
    const decision = await visit(made, 'h1', '2026-11-25', 'in_person', 'self')
    expect(decision).toMatchObject({ lateDays: 1, next: [{ dueOn: '2026-12-25' }] })
    // The county's figures of the month come whatever is owed.
    const sent = (await made.advance('2026-12-22T23:00')).filter(({ chat }) => chat !== 'gc')
    expect(brief(sent)).toEqual([])
    expect(brief(await made.advance('2026-12-23T08:00'))).toEqual([['2026-12-23T08:00', 's1', 'visit_overdue', 1]])
  })

  it('stays owed after a call, an attempt, and a visit from before the last known one', async () => {
    const made = await peopled('2026-11-25T09:00')
    const plan = await owed(made, 'h1', '麻老五', 'v', '2026-10-24')
    expect(await visit(made, 'h1', '2026-11-25', 'phone', 'self')).toMatchObject({ callOnly: true, cleared: [] })
    expect(await visit(made, 'h1', '2026-11-25', 'in_person', 'none')).toMatchObject({ attempt: true, cleared: [] })
    expect(await visit(made, 'h1', '2026-10-20', 'in_person', 'self')).toMatchObject({ cleared: [] })
    expect((await made.reads.visits.openPlansOf(['h1']))[0]?.id).toBe(plan.id)
    const [household] = await made.reads.registry.households(['h1'])
    expect(household?.lastVisitOn).toBe('2026-10-24')
  })

  it('tells a public or unknown group nothing', async () => {
    const made = await peopled('2026-11-23T09:00')
    await owed(made, 'h1', '龙二妹', 'w', '2026-06-01')
    const sent = await made.advance('2026-11-27T23:00')
    expect(sent.filter((message) => message.chat === 'gw')).toEqual([])
    expect(sent.some((message) => message.chat === 's2')).toBe(true)
  })

  it('goes on with the ladder when nobody can be reached, and is never sent to somebody who left', async () => {
    const made = await peopled('2026-11-23T09:00')
    await made.territory('x', '吉首市/矮寨镇/家庭村', 'village', 't')
    await made.add('Staff', { id: 's9', name: '田大妹', leftOn: '2026-11-01' })
    await made.add('StaffRole', { id: 'r9', staffId: 's9', role: 'village_staff', territoryId: 'x' })
    await owed(made, 'h1', '龙二妹', 'x', '2026-06-01')
    const sent = await made.advance('2026-11-24T23:00')
    expect(brief(sent)).toEqual([['2026-11-24T08:00', 's3', 'visit_overdue', 1]])
  })
})

describe('a missed send', () => {
  it('of a day is made up for at once; one that is too old waits for the next time of sending', async () => {
    const made = await peopled('2026-11-23T09:00')
    await owed(made, 'h1', '麻老五', 'v', '2026-10-26') // due Thursday 26, first rung Tuesday 24
    await made.advance('2026-11-23T10:00')
    made.sleepTo('2026-11-24T10:15')
    expect(brief(await made.advance('2026-11-24T10:15'))).toEqual([['2026-11-24T10:15', 's1', 'visit_overdue', 1]])

    const other = await peopled('2026-11-23T09:00')
    await owed(other, 'h1', '麻老五', 'v', '2026-10-26')
    await other.advance('2026-11-23T10:00')
    other.sleepTo('2026-11-27T10:15')
    expect(brief(await other.advance('2026-11-27T23:00'))).toEqual([])
    expect(brief(await other.advance('2026-11-30T08:00'))).toEqual([['2026-11-30T08:00', 's1', 'visit_overdue', 1]])
  })

  it('of a digest is made up for by the latest one only, and only once', async () => {
    const made = await peopled('2026-11-23T08:00')
    await owed(made, 'h1', '麻老五', 'v', '2026-06-01')
    await made.advance('2026-11-23T10:00')
    made.sleepTo('2026-11-25T10:00')
    await made.wake()
    await made.wake()
    const sent = (await made.advance('2026-11-25T11:00')).filter((message) => message.chat === 'gv')
    expect(brief(sent)).toEqual([['2026-11-25T10:00', 'gv', 'visit_overdue', 1]])
  })

  it('on the first day that anything runs nothing was missed', async () => {
    const made = await peopled('2026-11-23T10:00')
    await owed(made, 'h1', '麻老五', 'v', '2026-06-01')
    await made.wake()
    expect(await made.advance('2026-11-23T23:00')).toEqual([])
  })
})

describe('just before sending', () => {
  it('what is settled is withdrawn, and one of several is taken out', async () => {
    const made = await peopled('2026-11-23T09:00')
    await owed(made, 'h1', '麻老五', 'v', '2026-06-01')
    await owed(made, 'h2', '石二妹', 'v', '2026-06-01')
    const [message] = await made.advance('2026-11-24T08:00')
    const recheck = recheckWith(made.parts)
    expect((await recheck(message!, made.now())).kind).toBe('keep')
    await visit(made, 'h1', '2026-11-24', 'in_person', 'self')
    const verdict = await recheck(message!, made.now())
    expect(verdict.kind).toBe('rewritten')
    if (verdict.kind === 'rewritten') {
      expect(verdict.outgoing.text).toContain('石二妹')
      expect(verdict.outgoing.text).not.toContain('麻老五')
    }
    await visit(made, 'h2', '2026-11-24', 'in_person', 'self')
    expect(await recheck(message!, made.now())).toEqual({ kind: 'withdrawn', reason: 'settled' })
  })

  it('the foot of a digest says how to answer a visit where it lists visits only', async () => {
    const made = await peopled('2026-11-23T09:00')
    await owed(made, 'h1', '麻老五', 'v', '2026-06-01')
    await owed(made, 'h2', '石二妹', 'v', '2026-06-01')
    const sent = await made.advance('2026-11-24T08:30')
    const { text } = sent.find((message) => message.chat === 'gv')!
    expect(text.split('\n').at(-1)).toBe('编号是谁、在哪，私聊我看。去过了回：编号 已走访。没见到人回：编号 不在家。')
  })

  it('a digest that waited until the next one was due is withdrawn', async () => {
    const made = await peopled('2026-11-23T09:00')
    await owed(made, 'h1', '麻老五', 'v', '2026-06-01')
    const sent = await made.advance('2026-11-24T08:30')
    const digest = sent.find((message) => message.chat === 'gv')!
    const recheck = recheckWith(made.parts)
    expect((await recheck(digest, at('2026-11-24T20:00'))).kind).toBe('keep')
    expect(await recheck(digest, at('2026-11-25T08:31'))).toEqual({ kind: 'withdrawn', reason: 'superseded' })
  })
})
