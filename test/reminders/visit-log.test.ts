import { describe, expect, it } from 'vitest'
import { instant, type PlainDate } from '../../src/base/time.ts'
import { visitsFollowing } from '../../src/domain/visits/follow-import.ts'
import type { Flow } from '../../src/flow/flow.ts'
import type { Speaker } from '../../src/messaging/handlers.ts'
import { submitVisitLog } from '../../src/messaging/submit/visit-log.ts'
import { peopled, staffSpeaker, TEXT, villager, ZONE, type County } from './county.ts'

const SHI = staffSpeaker('s1', '石建国', 'village_staff', 'v', '吉首市/矮寨镇/阳孟村')
const LONG = staffSpeaker('s2', '龙玉梅', 'village_staff', 'w', '吉首市/矮寨镇/排吼村')
const FLOW = { id: 'visit_log', settings: {} } as unknown as Flow

async function visited(start: string, lastVisitOn: string | null): Promise<County> {
  const made = await peopled(start)
  await made.household('h1', '麻老五', 'v', lastVisitOn)
  await follow(made)
  return made
}

async function follow(made: County) {
  const [household] = await made.reads.registry.households(['h1'])
  const open = await made.reads.visits.openPlansOf(['h1'])
  const endings = new Map(
    await Promise.all(open.map(async ({ id }) => [id, await made.casework.watching.end(id, made.now())] as const)),
  )
  await made.commit(
    visitsFollowing(household!, open, {
      ...made.casework,
      ids: made.ids,
      today: '2026-11-23' as PlainDate,
      at: instant(0),
      assigneeId: household!.helperId,
      visited: true,
      ended: (id) => endings.get(id) ?? [],
    }),
  )
}

async function log(made: County, speaker: Speaker, answers: Readonly<Record<string, string>>) {
  const all = { household: 'h1', mode: 'in_person', date: '2026-11-25', met: 'self', changes: 'none', ...answers }
  const result = await submitVisitLog(made.casework)({
    flow: FLOW,
    submission: { flow: FLOW.id, version: 1, digest: '', answers: all, approximate: [], media: [], lines: [] },
    submissionId: made.ids.next(),
    conversationId: 'k',
    speaker,
    territoryId: null,
    at: made.now(),
    zone: ZONE,
    ids: made.ids,
  })
  await made.adopt(result)
  const text = result.say.map((say) => TEXT.say(say.text as Parameters<typeof TEXT.say>[0], 'zh-CN')).join('\n')
  return { ...result, text }
}

describe('visit_log', () => {
  it('clears the plan, says when the next visit is due, and keeps what was found', async () => {
    const made = await visited('2026-11-25T10:00', '2026-10-20')
    const { text } = await log(made, SHI, { wish: '想养两头猪' })
    expect(text).toContain('麻老五')
    expect(text).toContain('12月25日')
    expect(text).toContain('晚了 5 天')
    const [visit] = await made.rows.find('Visit', {})
    expect(visit).toMatchObject({
      visitedOn: '2026-11-25',
      late: true,
      attempt: false,
      staffId: 's1',
      wish: '想养两头猪',
    })
    expect(await made.reads.visits.openPlansOf(['h1'])).toMatchObject([{ dueOn: '2026-12-25' }])
    expect(await made.rows.count('Watch', { closedAt: null })).toBe(1)
  })

  it('may be for an earlier day, not for one to come', async () => {
    const made = await visited('2026-11-25T10:00', '2026-10-20')
    expect((await log(made, SHI, { date: '2026-11-26' })).text).toContain('还没到')
    expect(await made.rows.count('Visit', {})).toBe(0)
    await log(made, SHI, { date: '2026-11-18' })
    expect(await made.rows.find('Visit', {})).toMatchObject([{ visitedOn: '2026-11-18', late: false }])
  })

  it('is for staff, and for households that they answer for', async () => {
    const made = await visited('2026-11-25T10:00', '2026-10-20')
    expect((await log(made, LONG, {})).text).toContain('没有这一家')
    expect((await log(made, SHI, { household: 'h9' })).text).toContain('没有这一家')
    expect((await log(made, villager('u1'), {})).text).toContain('村里干部用的')
    expect(await made.rows.count('Visit', {})).toBe(0)
  })

  it('takes the day that was agreed for the next visit', async () => {
    const made = await visited('2026-11-25T10:00', '2026-10-20')
    await log(made, SHI, { next: '2026-12-10' })
    expect(await made.reads.visits.openPlansOf(['h1'])).toMatchObject([{ dueOn: '2026-12-10' }])
  })

  it('opens one lead for the household when a gap was found, however often it is found', async () => {
    const made = await visited('2026-11-25T10:00', '2026-10-20')
    const first = await log(made, SHI, { gaps: 'medical', 'visit_log.opens_lead': 'true' })
    const again = await log(made, SHI, { gaps: 'medical', 'visit_log.opens_lead': 'true' })
    expect(first.text).toContain('发现的问题已登记')
    expect(again.matter?.number).toBe(first.matter?.number)
    expect(first.notices).toEqual([])
    expect(await made.reads.cases.caseByNumber(first.matter!.number)).toMatchObject({
      source: 'cadre',
      householdId: 'h1',
      personName: '麻老五',
      decideBy: '2026-12-10',
    })
  })
})

describe('an import', () => {
  it('changes nothing the second time, and settles what a later last visit has settled', async () => {
    const made = await visited('2026-11-25T10:00', '2026-10-20')
    await follow(made)
    expect(await made.rows.count('VisitPlan', {})).toBe(1)
    const [household] = await made.reads.registry.households(['h1'])
    await made.commit([
      { op: 'update', table: 'Household', id: 'h1', expected: household!.revision, set: { lastVisitOn: '2026-11-20' } },
    ])
    await follow(made)
    expect(await made.reads.visits.openPlansOf(['h1'])).toMatchObject([{ dueOn: '2026-12-20' }])
  })

  it('hands the open visit to another helper', async () => {
    const made = await visited('2026-11-25T10:00', '2026-10-20')
    const [household] = await made.reads.registry.households(['h1'])
    await made.commit([
      { op: 'update', table: 'Household', id: 'h1', expected: household!.revision, set: { helperId: 's3' } },
    ])
    await follow(made)
    expect(await made.reads.visits.openPlansOf(['h1'])).toMatchObject([{ dueOn: '2026-11-20', assigneeId: 's3' }])
  })

  it('owes nothing to a household of which neither a visit nor a status is known', async () => {
    const made = await visited('2026-11-25T10:00', null)
    expect(await made.reads.visits.openPlansOf(['h1'])).toEqual([])
  })
})
