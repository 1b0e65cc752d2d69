import { describe, expect, it } from 'vitest'
import { update } from '../../src/base/change.ts'
import { dateAt } from '../../src/base/time.ts'
import { taskKey } from '../../src/domain/tasks/tasks.ts'
import { listingCommand } from '../../src/messaging/commands/listing.ts'
import type { Speaker } from '../../src/messaging/handlers.ts'
import { clockWork, type ClockWork } from './clock-work.ts'
import { at, peopled, staffSpeaker, TEXT, ZONE, type County } from './county.ts'
import { owedVisit, visitNumber } from './owed.ts'

const PENG = staffSpeaker('s4', '彭秀英', 'county_officer', 'c', '吉首市')
const XIANG = staffSpeaker('s3', '向东升', 'township_reviewer', 't', '吉首市/矮寨镇')

/** A visit due on Tuesday 10 November that nobody makes: proposed on the 24th. */
async function late(): Promise<{ made: County; clock: ClockWork; number: string }> {
  const made = await peopled('2026-11-02T09:00')
  await owedVisit(made, 'p1', '麻老五', '2026-11-10')
  const clock = clockWork(made)
  await clock.advance(at('2026-11-24T12:00'))
  return { made, clock, number: await visitNumber(made, 'p1') }
}

async function say(made: County, speaker: Speaker, text: string, choice: string | null = null) {
  const context = { text, choice, group: false, chat: 'x', speaker, at: made.now(), zone: ZONE, ids: made.ids }
  const result = await listingCommand(made.casework, TEXT)(context)
  if (!result) return null
  await made.commit(result.changes)
  return result.say.map((one) => TEXT.say(one.text as Parameters<typeof TEXT.say>[0], 'zh-CN')).join('\n')
}

const proposal = (made: County) => made.reads.tasks.taskByOpenKey(taskKey('listing', 'p1'))
const toGroup = (clock: ClockWork) => clock.delivered.filter(({ outgoing }) => outgoing.chat === 'gc')

describe('the rung that needs a person', () => {
  it('asks the county officer, with the matter, and tells no group', async () => {
    const { made, clock, number } = await late()
    const task = await proposal(made)
    expect(task).toMatchObject({ kind: 'listing', assigneeId: 's4', detail: number, seenFrom: 'county' })
    const asked = clock.delivered.filter(({ outgoing }) => outgoing.chat === 's4')
    expect(asked.map((one) => one.at)).toEqual([at('2026-11-24T08:00')])
    const [message] = asked
    expect(message?.outgoing.text).toContain(`要不要挂牌督办：${number} 麻老五（阳孟村）`)
    expect(message?.outgoing.choices.map(({ id }) => id)).toEqual([
      `listing:${task!.number}:yes`,
      `listing:${task!.number}:no`,
    ])
    await clock.advance(at('2026-12-01T09:00'))
    const [monthly] = toGroup(clock)
    expect(monthly?.outgoing.text).not.toContain(number)
    expect(monthly?.outgoing.reminder?.matters).toEqual([])
  })

  it('goes into the report of the county group by 挂牌 of a county officer only, until it is settled', async () => {
    const { made, clock, number } = await late()
    expect(await say(made, XIANG, `挂牌 ${number}`)).toContain('由县里')
    expect(await proposal(made)).not.toBeNull()
    expect(await say(made, PENG, `${number}挂牌。`)).toContain('已挂牌督办')
    expect(await proposal(made)).toBeNull()
    await clock.advance(at('2026-12-01T09:00'))
    const [monthly] = toGroup(clock)
    expect(monthly?.outgoing.text).toContain(`挂牌督办 1 件：${number}`)
    expect(monthly?.outgoing.text).not.toContain('麻老五')
    expect(monthly?.outgoing.reminder).toMatchObject({ rule: 'visit_overdue', rung: 5, matters: [number] })
    const [noted] = await made.rows.find('AuditEntry', { columns: ['action', 'actor', 'subject'] })
    expect(noted).toEqual({ action: 'visit_listed', actor: 'staff:s4', subject: 'p1' })
    expect(await say(made, PENG, `挂牌 ${number}`)).toContain('没有挂牌督办的建议')
    await visited(made)
    await clock.advance(at('2027-01-04T09:00'))
    expect(toGroup(clock).filter(({ outgoing }) => outgoing.text.includes(number))).toHaveLength(1)
  })

  it('is dropped by 不挂牌, and by the button', async () => {
    const { made, clock, number } = await late()
    const task = await proposal(made)
    expect(await say(made, PENG, '', `listing:${task!.number}:no`)).toContain('不挂牌')
    expect(await made.reads.tasks.taskByNumber(task!.number)).toMatchObject({ outcome: 'dropped' })
    await clock.advance(at('2026-12-01T09:00'))
    expect(toGroup(clock)[0]?.outgoing.text).not.toContain(number)
    expect(await say(made, PENG, `挂牌 ${task!.number}`)).toContain('已经定过')
  })

  it('is over when the visit is made while it waits', async () => {
    const { made, clock, number } = await late()
    await visited(made)
    expect(await proposal(made)).toBeNull()
    const before = clock.delivered.length
    await clock.advance(at('2026-11-30T20:00'))
    expect(clock.delivered.length).toBe(before)
    expect(await say(made, PENG, `挂牌 ${number}`)).toContain('已经办好')
  })

  it('without a number means the one that waits; talk is not meant for it', async () => {
    const { made } = await late()
    expect(await say(made, PENG, '挂牌这个事怎么办的')).toBeNull()
    expect(await say(made, PENG, '挂牌')).toContain('已挂牌督办')
    expect(await say(made, PENG, '挂牌')).toContain('没有等您定的')
  })
})

async function visited(made: County): Promise<void> {
  const [plan] = await made.reads.visits.plans(['p1'])
  await made.commit([
    update('VisitPlan', 'p1', plan!.revision, { closedOn: dateAt(made.now(), ZONE), openKey: null }),
    ...(await made.casework.watching.end('p1', made.now())),
  ])
}
