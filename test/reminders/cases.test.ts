import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PlainDate } from '../../src/base/time.ts'
import { workingCalendar } from '../../src/domain/calendar/working-days.ts'
import { readChain } from '../../src/domain/registry/responsible.ts'
import type { Flow } from '../../src/flow/flow.ts'
import { alertStaff } from '../../src/messaging/alert.ts'
import { acknowledgeCommand } from '../../src/messaging/commands/acknowledge.ts'
import { stageWordsCommand } from '../../src/messaging/commands/stage-words.ts'
import { toDoCommand } from '../../src/messaging/commands/to-do.ts'
import { rolesToAct, turnHolder, whoseTurn } from '../../src/messaging/cases/turn-holder.ts'
import type { HandlerResult, Speaker } from '../../src/messaging/handlers.ts'
import { submitCase } from '../../src/messaging/submit/case.ts'
import { peopled, staffSpeaker, TEXT, villager, ZONE, type County, type Sent } from './county.ts'

const FLOW = { id: 'hardship_report', settings: { case: { kind: "'hardship'" } } } as unknown as Flow

async function report(made: County, speaker: Speaker, answers: Readonly<Record<string, string>>) {
  const all = { 'case.kind': 'hardship', 'case.urgent': 'false', 'case.danger': 'false', ...answers }
  const lines = [{ question: 'causes', label: { literal: '' }, shown: { literal: '家里有人生病' } }]
  const result = await submitCase(made.casework)({
    flow: FLOW,
    submission: { flow: FLOW.id, version: 1, digest: '', answers: all, approximate: [], media: [], lines },
    submissionId: made.ids.next(),
    conversationId: 'k',
    speaker,
    territoryId: 'v',
    at: made.now(),
    zone: ZONE,
    ids: made.ids,
  })
  return made.adopt(result)
}

const command = async (made: County, speaker: Speaker, text: string, group = false, choice: string | null = null) => {
  const context = { text, choice, group, chat: 'x', speaker, at: made.now(), zone: ZONE, ids: made.ids }
  const stageWords = stageWordsCommand(made.casework, [], TEXT)
  for (const handler of [acknowledgeCommand(made.casework, TEXT, stageWords), toDoCommand(made.casework, TEXT)]) {
    const result = await handler(context)
    if (result) return made.adopt(result)
  }
  return null
}

const said = (result: HandlerResult | null): string =>
  result?.say.map((say) => TEXT.say(say.text as Parameters<typeof TEXT.say>[0], 'zh-CN')).join('\n') ?? ''
const told = (result: HandlerResult) =>
  result.notices.map((notice) => [notice.to.kind === 'staff' ? notice.to.staffId : '', notice.notBefore])
const brief = (sent: readonly Sent[]) =>
  sent.map((message) => [message.at, message.chat, message.reminder?.rule, message.reminder?.rung])

const SHI = staffSpeaker('s1', '石建国', 'village_staff', 'v', '吉首市/矮寨镇/阳孟村')
const LONG = staffSpeaker('s2', '龙玉梅', 'village_staff', 'w', '吉首市/矮寨镇/排吼村')
const XIANG = staffSpeaker('s3', '向东升', 'township_reviewer', 't', '吉首市/矮寨镇')

describe('a report', () => {
  it('opens a case with number, day and responsible person, who is told who and where', async () => {
    const made = await peopled('2026-11-23T09:00')
    const result = await report(made, villager('u1'), { name: '吴阿妹', phone: '13800000001' })
    expect(result.matter).toEqual({ number: '26112300013', kind: 'hardship', stage: 'reported' })
    expect(said(result)).toContain('26112300013')
    expect(said(result)).toContain('12月8日')
    expect(told(result)).toEqual([['s1', null]])
    const notice = TEXT.say(result.notices[0]!.say[0]!.text as Parameters<typeof TEXT.say>[0], 'zh-CN')
    for (const words of ['26112300013', '吴阿妹', '13800000001', '阳孟村', '家里有人生病'])
      expect(notice).toContain(words)
    expect(await made.reads.cases.caseByNumber('26112300013')).toMatchObject({
      assigneeId: 's1',
      source: 'self',
      leadOn: '2026-11-23',
      stageDueOn: '2026-11-24',
      decideBy: '2026-12-08',
    })
  })

  it('is in the digest of the next working morning, and every one until it is taken up', async () => {
    const made = await peopled('2026-11-20T17:00')
    await report(made, villager('u1'), { name: '吴阿妹' })
    expect(brief(await made.advance('2026-11-24T08:30'))).toEqual([
      ['2026-11-23T08:00', 's1', 'case_due', 1],
      ['2026-11-23T08:30', 'gv', 'case_due', 1],
      ['2026-11-24T08:00', 's1', 'case_due', 2],
      ['2026-11-24T08:30', 'gv', 'case_due', 2],
    ])
    expect(said(await command(made, SHI, '受理 26112000019'))).toContain('已受理')
    const matter = await made.reads.cases.caseByNumber('26112000019')
    expect(matter).toMatchObject({ stage: 'accepted', stageDueOn: '2026-11-24' })
  })

  it('at night or on a day off reaches the responsible person at the next time of sending, in one message', async () => {
    const made = await peopled('2026-11-21T15:00')
    const result = await report(made, villager('u1'), { name: '吴阿妹' })
    expect(result.notices).toEqual([])
    const sent = await made.advance('2026-11-23T08:00')
    expect(brief(sent)).toEqual([['2026-11-23T08:00', 's1', 'case_due', 1]])
    expect(sent[0]?.reminder?.items.map((item) => item.rule).sort()).toEqual(['case_due', 'case_new'])
  })

  it('in a stage of the township goes to whoever reviews there, once signed off to whoever decides; not to who has it', async () => {
    const made = await peopled('2026-11-20T17:00')
    const { matter } = await report(made, villager('u1'), { name: '吴阿妹' })
    const stored = (await made.reads.cases.caseByNumber(String(matter?.number))) ?? expect.fail()
    const { stages } = made.casework
    const turns = { stages, timeline: made.reads.progress.timeline }
    const chain = await readChain(made.reads.registry, 'v')
    const ON = '2026-12-01' as PlainDate
    const at = (stage: string, more = {}) => whoseTurn(turns, chain, { ...stored, stage, ...more }, ON)
    expect(await at('accepted')).toBe('s1')
    expect(await at('township_review')).toBe('s3')
    // Somebody of the township has it: nobody else is asked.
    const colleague = { staffId: 's8', role: 'township_reviewer', territoryId: 't', leftOn: null }
    const two = { ...chain, holders: [...chain.holders, colleague] }
    expect(turnHolder(two, ['township_reviewer'], { assigneeId: 's8', seenFrom: null }, ON)).toBe('s8')
    expect(turnHolder(two, ['township_reviewer'], { assigneeId: 's1', seenFrom: 'county' }, ON)).toBeNull()
    expect(rolesToAct(stages, { kind: 'hardship', stage: 'township_review' }, 'passed')).toEqual(['county_officer'])
    expect(rolesToAct(stages, { kind: 'hardship', stage: 'township_review' }, 'not_passed')).toEqual(['county_officer'])
    expect(rolesToAct(stages, { kind: 'hardship', stage: 'village_review' }, 'passed')).toEqual(['village_staff'])
    await made.commit([
      { op: 'update', table: 'Case', id: stored.id, expected: stored.revision, set: { stage: 'township_review' } },
    ])
    const sent = await made.advance('2026-11-23T08:00')
    expect(brief(sent)).toEqual([['2026-11-23T08:00', 's3', 'case_due', 1]])
  })

  it('of the same speaker and kind joins the open one under the same number; another name on the phone does not', async () => {
    const made = await peopled('2026-11-23T09:00')
    const first = await report(made, villager('u1'), { name: '吴阿妹' })
    const second = await report(made, villager('u1'), { name: '吴阿妹' })
    expect(second.matter?.number).toBe(first.matter?.number)
    expect(said(second)).toContain('您原来有一件事在办')
    const other = await report(made, villager('u1'), { name: '吴大哥' })
    expect(other.matter?.number).not.toBe(first.matter?.number)
    const events = await made.rows.find('CaseEvent', { columns: ['what'], order: ['id'] })
    const told = events.map((event) => event.what).filter((what) => what !== 'risk_assessed')
    expect(told).toEqual(['opened', 'assigned', 'added', 'opened', 'assigned'])
  })

  it('from a village where nobody is goes one level up, and further', async () => {
    const made = await peopled('2026-11-23T09:00')
    await made.commit([{ op: 'delete', table: 'StaffRole', id: 'role-s1' }])
    expect(told(await report(made, villager('u1'), { name: '甲' }))).toEqual([['s3', null]])
    await made.commit([{ op: 'delete', table: 'StaffRole', id: 'role-s3' }])
    expect(told(await report(made, villager('u2'), { name: '乙' }))).toEqual([['s4', null]])
  })

  it.each([
    ['2026-02-13', '2026-02-28'],
    ['2026-11-23', '2026-12-08'],
    ['2026-12-20', '2027-01-04'],
    ['2028-02-20', '2028-03-06'],
  ])('of %s is decided by %s: fifteen days by the calendar', async (on, by) => {
    const made = await peopled(`${on}T10:00`)
    const { matter } = await report(made, villager('u1'), { name: '吴阿妹' })
    expect((await made.reads.cases.caseByNumber(matter!.number))?.decideBy).toBe(by)
  })
})

describe('urgency', () => {
  it('by day is told at once, and the township by noon when nobody acknowledges', async () => {
    const made = await peopled('2026-11-21T09:00') // a Saturday: urgency knows no days off
    const result = await report(made, villager('u1'), { name: '吴阿妹', 'case.urgent': 'true' })
    expect(told(result)).toEqual([['s1', null]])
    expect(brief(await made.advance('2026-11-21T20:00'))).toEqual([['2026-11-21T12:00', 's3', 'urgent_case', 2]])
  })

  it('at night is told at seven', async () => {
    const made = await peopled('2026-11-23T22:00')
    const result = await report(made, villager('u1'), { name: '吴阿妹', 'case.urgent': 'true' })
    expect(result.notices[0]?.notBefore).toBe(Date.parse('2026-11-24T07:00:00+08:00'))
    expect(said(result)).toContain('明早 7 点')
    const alarms = (await made.advance('2026-11-24T20:00')).filter(
      (message) => message.reminder?.rule === 'urgent_case',
    )
    expect(brief(alarms)).toEqual([['2026-11-24T12:00', 's3', 'urgent_case', 2]])
  })

  it('stops with the acknowledgement', async () => {
    const made = await peopled('2026-11-23T09:00')
    const { matter } = await report(made, villager('u1'), { name: '吴阿妹', 'case.urgent': 'true' })
    expect(said(await command(made, SHI, '', false, `ack:${matter!.number}`))).toContain('已收到')
    expect(brief(await made.advance('2026-11-23T23:00'))).toEqual([])
  })

  it('that turns to danger must be acknowledged anew', async () => {
    const made = await peopled('2026-11-23T09:00')
    const { matter } = await report(made, villager('u1'), { name: '吴阿妹' })
    await command(made, SHI, `${matter!.number} 已联系`)
    const worse = await report(made, villager('u1'), { name: '吴阿妹', 'case.danger': 'true', 'case.urgent': 'true' })
    expect(told(worse)).toEqual([
      ['s1', null],
      ['s3', null],
    ])
    const alarms = (await made.advance('2026-11-23T09:30')).map((message) => message.chat)
    expect(alarms).toEqual(['s1', 's3', 's4'])
  })
})

describe('danger', () => {
  const alarm = async (made: County, answers: Readonly<Record<string, string>>) =>
    made.adopt(
      await alertStaff(made.casework)({
        level: 'danger',
        flow: FLOW,
        conversationId: 'k',
        speaker: villager('u1'),
        answers,
        territoryId: 'v',
        at: made.now(),
        zone: ZONE,
        ids: made.ids,
      }),
    )

  it('in the middle of a conversation reaches village and township whatever the hour, and climbs for half an hour each', async () => {
    const made = await peopled('2026-11-22T02:10')
    const result = await alarm(made, { name: '吴阿妹', phone: '13800000001', danger: 'yes' })
    expect(told(result)).toEqual([
      ['s1', null],
      ['s3', null],
    ])
    expect(result.say).toEqual([])
    const sent = await made.advance('2026-11-22T03:20')
    expect(sent.map((message) => [message.at.slice(11), message.chat, message.reminder?.rung])).toEqual([
      ['02:40', 's1', 2],
      ['02:40', 's3', 2],
      ['02:40', 's4', 2],
      ['03:10', 's1', 2],
      ['03:10', 's3', 2],
      ['03:10', 's4', 2],
    ])
    for (const words of ['吴阿妹', '13800000001', '房子快塌了']) expect(sent[0]?.text).toContain(words)
  })

  it('is one case with the report that follows', async () => {
    const made = await peopled('2026-11-23T09:00')
    await alarm(made, { name: '吴阿妹', danger: 'yes' })
    const result = await report(made, villager('u1'), {
      name: '吴阿妹',
      danger: 'yes',
      'case.danger': 'true',
      'case.urgent': 'true',
    })
    expect(said(result)).toContain('记下了')
    expect(await made.rows.count('Case', {})).toBe(1)
    expect(told(result)).toEqual([['s1', null]])
    expect(await made.reads.cases.caseByNumber(result.matter!.number)).toMatchObject({ urgency: 'danger' })
  })

  it('goes to the nearest who can be reached when neither village nor township can', async () => {
    const made = await peopled('2026-11-23T09:00')
    for (const id of ['s1', 's3']) await made.commit([{ op: 'delete', table: 'ChatIdentity', id: `chat-${id}` }])
    expect(told(await alarm(made, { name: '吴阿妹', danger: 'yes' }))).toEqual([['s4', null]])
  })
})

describe('what staff answer', () => {
  it.each(['${n} 已联系', '已联系 ${n}', '${n}已联系', '${n}，联系了', '２６１１２３０００１３ 已联系'])(
    '%s',
    async (text) => {
      const made = await peopled('2026-11-23T09:00')
      const { matter } = await report(made, villager('u1'), { name: '吴阿妹' })
      const result = await command(made, SHI, text.replace('${n}', matter!.number), true)
      expect(said(result)).toContain('记您已联系')
      expect((await made.reads.cases.caseByNumber(matter!.number))?.acknowledgedAt).toBe(made.now())
    },
  )

  it('counts only from within the scope: the village itself and those above it', async () => {
    const made = await peopled('2026-11-23T09:00')
    const { matter } = await report(made, villager('u1'), { name: '吴阿妹' })
    expect(said(await command(made, LONG, `${matter!.number} 已联系`, true))).toContain('不归您管')
    expect(said(await command(made, villager('u9'), `${matter!.number} 已联系`))).toContain('绑定')
    expect((await made.reads.cases.caseByNumber(matter!.number))?.acknowledgedAt).toBeNull()
    expect(said(await command(made, XIANG, `${matter!.number} 已联系`, true))).toContain('记您已联系')
  })

  it('with a wrong digit, a number that nobody has, or without one', async () => {
    const made = await peopled('2026-11-23T09:00')
    await report(made, villager('u1'), { name: '吴阿妹' })
    expect(said(await command(made, SHI, '26112300014 已联系'))).toContain('抄错')
    expect(said(await command(made, SHI, '26112200012 已联系'))).toContain('没有')
    expect(await command(made, SHI, '收到', true)).toBeNull()
    expect(said(await command(made, SHI, '收到'))).toContain('26112300013')
    expect(await command(made, SHI, '今天天气不错')).toBeNull()
    expect(await command(made, villager('u1'), '收到')).toBeNull()
  })

  it('待办 lists what is open, in private only', async () => {
    const made = await peopled('2026-11-23T09:00')
    expect(said(await command(made, SHI, '待办'))).toContain('没有要办的')
    const { matter } = await report(made, villager('u1'), { name: '吴阿妹' })
    const list = said(await command(made, SHI, '待办'))
    expect(list).toContain(matter!.number)
    expect(list).toContain('吴阿妹')
    expect(said(await command(made, SHI, '待办', true))).not.toContain('吴阿妹')
    const unnumbered = { key: 'visits:todo.line_unnumbered', params: { n: 1, what: { literal: '走访 石二妹' } } }
    expect(TEXT.say(unnumbered, 'zh-CN')).toBe('1. 走访 石二妹')
  })
})

describe('what a group reads', () => {
  it('never holds a name, a phone or a village household, whatever is open', async () => {
    const calendar = workingCalendar()
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ name: fc.constantFrom('吴阿妹', '龙大爷', '石二妹'), urgent: fc.boolean() }), {
          minLength: 1,
          maxLength: 14,
        }),
        fc.integer({ min: 0, max: 20 }),
        async (people, later) => {
          const made = await peopled('2026-11-02T09:00')
          for (const [n, { name, urgent }] of people.entries())
            await report(made, villager(`u${n}`), {
              name: name + n,
              phone: `1380000000${n % 10}`,
              'case.urgent': String(urgent),
            })
          const day = String(3 + later).padStart(2, '0')
          const groups = (await made.advance(`2026-11-${day}T23:00`)).filter((message) => message.chat.startsWith('g'))
          if (calendar.isWorkingDay('2026-11-03' as PlainDate)) expect(groups.length).toBeGreaterThan(0)
          for (const message of groups) {
            const text = JSON.stringify([message.text, message.choices, message.mentions, message.reminder])
            for (const secret of ['吴阿妹', '龙大爷', '石二妹', '1380000000', '石建国', '向东升', '彭秀英', '生病'])
              expect(text).not.toContain(secret)
            expect(message.reminder?.matters.every((matter) => message.text.includes(matter))).toBe(true)
            if (people.length === 1) expect(message.text).not.toContain('防贫申报')
          }
        },
      ),
      { numRuns: 8 },
    )
  })
})
