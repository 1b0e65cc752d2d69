import { describe, expect, it } from 'vitest'
import { update } from '../../src/base/change.ts'
import type { PlainDate } from '../../src/base/time.ts'
import { workingCalendar } from '../../src/domain/calendar/working-days.ts'
import type { SendOutcome } from '../../src/messaging/channel.ts'
import { clockWork } from './clock-work.ts'
import { at, peopled, type County } from './county.ts'
import { openMatter, owedVisit } from './owed.ts'

const REFUSED: SendOutcome = { kind: 'retry', afterSeconds: 600, reason: 'down' }
const SENT: SendOutcome = { kind: 'sent', platformId: null }

/** A channel that refuses until somebody opens it. */
async function held(from = '2026-11-23T09:00') {
  const made = await peopled(from)
  let isOpen = false
  const clock = clockWork(made, { send: () => Promise.resolve(isOpen ? SENT : REFUSED) })
  return { made, clock, open: () => (isOpen = true) }
}

const chats = (clock: ReturnType<typeof clockWork>) => clock.delivered.map(({ outgoing }) => outgoing.chat)

const reassign = async (made: County, id: string, assigneeId: string) => {
  const [plan] = await made.reads.visits.plans([id])
  await made.commit([update('VisitPlan', id, plan!.revision, { assigneeId })])
}

describe('between planning and sending', () => {
  it('handed on: the new person is told, the old one is not', async () => {
    const { made, clock, open } = await held()
    await owedVisit(made, 'p1', '麻老五', '2026-11-26')
    await owedVisit(made, 'p2', '石二妹', '2026-11-26')
    await clock.advance(at('2026-11-24T08:01'))
    await reassign(made, 'p1', 's3')
    open()
    await clock.advance(at('2026-11-24T09:00'))
    expect(chats(clock).sort()).toEqual(['s1', 's3'])
    const text = (chat: string) => clock.delivered.find(({ outgoing }) => outgoing.chat === chat)!.outgoing.text
    expect(text('s1')).toContain('石二妹')
    expect(text('s1')).not.toContain('麻老五')
    expect(text('s3')).toContain('向东升，今天要办的')
    expect(text('s3')).toContain('麻老五')
  })

  it('another phone was bound: the same person is told there, once', async () => {
    const { made, clock, open } = await held()
    await owedVisit(made, 'p1', '麻老五', '2026-11-26')
    await clock.advance(at('2026-11-24T08:01'))
    await made.commit([{ op: 'delete', table: 'ChatIdentity', id: 'chat-s1' }])
    await made.add('ChatIdentity', { id: 'new', channel: 'pipe', user: 'new', staffId: 's1', createdAt: made.now() })
    open()
    await clock.advance(at('2026-11-24T09:00'))
    expect(chats(clock)).toEqual(['new'])
    const withdrawn = await made.rows.find('Outbox', { columns: ['error'], where: { state: 'withdrawn' } })
    expect(withdrawn).toEqual([{ error: 'reassigned' }])
  })

  it('noon came: it waits until two', async () => {
    const made = await peopled('2026-11-23T09:00')
    await owedVisit(made, 'p1', '麻老五', '2026-11-26')
    let tries = 0
    const untilNoon: SendOutcome = { kind: 'retry', afterSeconds: 4.5 * 3600, reason: 'down' }
    const clock = clockWork(made, { send: () => Promise.resolve((tries += 1) === 1 ? untilNoon : SENT) })
    await clock.advance(at('2026-11-24T17:00'))
    expect(clock.delivered.map((one) => one.at)).toEqual([at('2026-11-24T14:00')])
  })

  it('two matters of one person, from two rules, are one message with a list', async () => {
    const made = await peopled('2026-11-23T07:00')
    const clock = clockWork(made)
    await openMatter(made, 'c1', '吴阿妹')
    await owedVisit(made, 'p1', '麻老五', '2026-11-26')
    await clock.advance(at('2026-11-24T08:00'))
    const [message, ...more] = clock.delivered.filter(({ outgoing }) => outgoing.chat === 's1')
    expect(more).toEqual([])
    expect(message?.outgoing.reminder?.items.map(({ rule }) => rule).sort()).toEqual(['case_due', 'visit_overdue'])
    expect(message?.outgoing.choices.map(({ id }) => id)).toEqual(['todo'])
  })

  it('a single visit has its buttons', async () => {
    const made = await peopled('2026-11-23T09:00')
    const clock = clockWork(made)
    await owedVisit(made, 'p1', '麻老五', '2026-11-26')
    await clock.advance(at('2026-11-24T08:00'))
    const [message] = clock.delivered
    const number = message?.outgoing.reminder?.matters[0]
    expect(message?.outgoing.choices.map(({ id }) => id)).toEqual([`visit:${number}:visited`, `visit:${number}:away`])
  })
})

describe('a stage that follows on the same day', () => {
  it('is reminded of anew: another stage is another ladder', async () => {
    const made = await peopled('2026-11-23T07:00')
    const clock = clockWork(made)
    await openMatter(made, 'c1', '吴阿妹')
    await clock.advance(at('2026-11-24T10:00'))
    const [matter] = await made.reads.cases.cases(['c1'])
    await made.commit([
      update('Case', 'c1', matter!.revision, { stage: 'accepted', stageEnteredOn: '2026-11-24' }),
      ...(await made.casework.watching.restart('case_stage', 'c1', made.now())),
    ])
    await clock.advance(at('2026-11-25T08:00'))
    const stages = clock.delivered.filter(({ outgoing }) => outgoing.chat === 's1')
    expect(stages.map((one) => [one.at, one.outgoing.reminder?.rung])).toEqual([
      [at('2026-11-24T08:00'), 1],
      [at('2026-11-25T08:00'), 1],
    ])
  })
})

describe('days that a place has off by itself', () => {
  it('are off there, and worked elsewhere', async () => {
    const made = await peopled('2026-11-23T09:00')
    const feast = [{ date: '2026-11-24' as PlainDate, kind: 'off' as const, territoryId: 'v' }]
    const place = { ...made.parts.place, calendar: workingCalendar(feast, new Map([['v', ['v']]])) }
    const clock = clockWork({ ...made, parts: { ...made.parts, place } })
    await owedVisit(made, 'p1', '麻老五', '2026-11-26')
    await owedVisit(made, 'p2', '石二妹', '2026-11-26', 's2', 'w')
    await clock.advance(at('2026-11-26T09:00'))
    const first = (chat: string) => clock.delivered.find(({ outgoing }) => outgoing.chat === chat)?.at
    expect(first('s2')).toBe(at('2026-11-24T08:00'))
    expect(first('s1')).toBe(at('2026-11-25T08:00'))
  })
})
