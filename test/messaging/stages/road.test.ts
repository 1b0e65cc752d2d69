/** The road of a matter by what staff type: from the lead to the county's word, and everything that is refused on the way. */
import { describe, expect, test } from 'vitest'
import { officials, type Officials } from './officials.ts'

/** Up to the village review, which it passed. */
async function reviewed(o: Officials, partner: string, chat: string): Promise<string> {
  const number = await o.reported()
  await o.staff(`受理 ${number}`, `核查 ${number}`)
  await o.visit(partner)
  await o.staffOf(chat, `确认核查 ${number}`)
  await o.staff(`评议 ${number} 通过`)
  return number
}

async function noticed(o: Officials, number: string): Promise<void> {
  await o.staff(`公示 ${number}`)
  await o.later(5)
  await o.staff(`公示无异议${number}`)
}

describe('from the lead to the decision', () => {
  test('each step by whoever may, each in its time, within fifteen days', async () => {
    const o = await officials()
    const number = await o.reported()
    expect(await o.staff(`受理 ${number}`)).toContain(`${number} 已受理`)
    expect(await o.matter('stageDueOn')).toBe('2026-11-27')
    expect(await o.staff(`比对 ${number}`)).toContain('还不能到信息比对')

    o.heard('u1')
    const form = await o.staff(`核查 ${number}`)
    expect(form).not.toContain('没找到')
    const said = await o.visit('麻小云')
    expect(said).toContain('还没有录入2026年的监测线')
    expect(said).toContain('等麻小云')
    expect(await o.matter('stage')).toBe('verifying')
    expect(o.heard('c2')).toContain(`确认核查 ${number}`)
    // Whoever was visited is not told to stay at home for the visit.
    expect(o.heard('u1')).toBe('')

    // One who was there is not two.
    expect(await o.staff(`评议 ${number} 通过`)).toContain('另一位确认')
    expect(await o.staff(`确认核查 ${number}`)).toContain('另一位')
    expect(await o.matter('stage')).toBe('verifying')
    expect(await o.staffOf('c2', `确认核查 ${number}`)).toContain('您已确认')
    expect(await o.matter('stage')).toBe('comparing')
    expect((await o.rows('Task')).filter(({ kind }) => kind === 'second_confirm')).toMatchObject([{ outcome: 'done' }])

    expect(await o.staff(`公示 ${number}`)).toContain('还不能到村内公示')
    expect(await o.staff(`评议 ${number}`)).toContain('民主评议')
    expect(await o.staff(`公示 ${number}`)).toContain('还没有通过')
    expect(await o.staff(`评议 ${number} 通过`)).toContain('通过')
    expect(await o.staff(`公示 ${number}`)).toContain('11月28日')
    expect(await o.staff(`公示无异议 ${number}`)).toContain('还差 5 天')
    await o.later(4)
    expect(await o.staff(`公示无异议 ${number}`)).toContain('还差 1 天')
    await o.later(1)
    expect(await o.staff(`公示无异议 ${number}`)).toContain('送乡级审核')

    expect(await o.staff(`审核 ${number} 通过`)).toContain('不由您来办')
    expect(await o.staffOf('k1', `确认 ${number}`)).toContain('还没有通过')
    expect(await o.staffOf('t2', `审核 ${number}`)).toContain('通过还是不通过')
    expect(await o.staffOf('t2', `审核 ${number} 通过`)).toContain('记为通过')
    expect(await o.matter('stageDueOn')).toBe('2026-12-08')
    expect(o.heard('k1')).toContain(number)
    expect(await o.staffOf('t2', `确认 ${number}`)).toContain('不由您来办')
    expect(await o.staffOf('k1', `确认 ${number}`)).toContain('县级已确认')
    expect(await o.matter('stage')).toBe('county_confirmed')
    expect(await o.matter('decidedOn')).toBe('2026-11-28')
    expect(await o.staffOf('k1', `落实帮扶 ${number}`)).toContain('帮扶办法')
  })

  test('nobody approves what was his own work', async () => {
    const o = await officials()
    const number = await reviewed(o, '龙镇长', 't1')
    await noticed(o, number)
    expect(await o.matter('stage')).toBe('township_review')
    const before = await o.rows('CaseEvent')
    expect(await o.staffOf('t1', `审核 ${number} 通过`)).toContain('要换一个人')
    expect(await o.rows('CaseEvent')).toEqual(before)
    expect(await o.staffOf('t2', `乡审 ${number} 通过`)).toContain('记为通过')
  })

  test('after the day for it, why it is late comes first', async () => {
    const o = await officials()
    const number = await reviewed(o, '麻小云', 'c2')
    await noticed(o, number)
    await o.staffOf('t1', `审核 ${number} 通过`)
    await o.later(12)
    expect(await o.staffOf('k1', `不纳入 ${number}`)).toContain('要说明原因')
    expect(await o.staffOf('k1', `不纳入 ${number} 收入稳定`)).toContain('为什么晚了')
    expect(await o.matter('stage')).toBe('township_review')
    expect(await o.staffOf('k1', `迟因 ${number} 大雪封路`)).toContain('记下了')
    expect(await o.staffOf('k1', `不纳入 ${number} 收入稳定`)).toContain('不纳入')
    expect(await o.matter('lateReason')).toBe('大雪封路')
    expect(await o.matter('closedAt')).not.toBeNull()
    expect(await o.matter('openKey')).toBeNull()

    // The day of the lead stays; the days are new.
    expect(await o.staff(`重开 ${number}`)).toContain('要说明原因')
    expect(await o.staff(`重开 ${number} 又住院了`)).toContain('重新办理')
    expect(await o.matter('stage')).toBe('accepted')
    expect(await o.matter('leadOn')).toBe('2026-11-23')
    expect(await o.matter('decideBy')).toBe('2026-12-25')
    expect(await o.matter('stageDueOn')).toBe('2026-12-14')
    expect(await o.matter('openKey')).not.toBeNull()
  })

  test('an objection during the notice leads back to the visit, with new days for it and a new finding', async () => {
    const o = await officials()
    const number = await reviewed(o, '麻小云', 'c2')
    await o.staff(`公示 ${number}`)
    await o.later(8)
    expect(await o.staff(`有异议 ${number}`)).toContain('要说明原因')
    expect(await o.staff(`有异议 ${number} 邻居说家里有车`)).toContain('入户核查')
    expect(await o.matter('stage')).toBe('verifying')
    expect(await o.matter('stageDueOn')).toBe('2026-12-03')
    expect(await o.staff(`评议 ${number} 通过`)).toContain('还没有入户核查的结果')
  })

  test('the second person may say that it is wrong: the first one hears why, and looks again', async () => {
    const o = await officials()
    const number = await o.reported()
    await o.staff(`核查 ${number}`)
    await o.visit('麻小云', '还没签')
    expect(await o.staffOf('c2', `核查不对 ${number}`)).toContain('要说明原因')
    o.heard('c1')
    expect(await o.staffOf('c2', `核查不对 ${number} 家里是四口人`)).toContain('重新核查')
    expect(o.heard('c1')).toContain('家里是四口人')
    expect(await o.staffOf('c2', `确认核查 ${number}`)).toContain('没有等着确认')
    await o.staff(`核查 ${number}`)
    await o.visit('麻小云', '还没签')
    expect(await o.tap('c2', `stage:finding_right:${number}`)).toContain('还没有签承诺授权')
    // Nothing is compared before the household has signed.
    expect(await o.matter('stage')).toBe('verifying')
    expect(await o.staff(`比对 ${number}`)).toContain('承诺授权')
    expect(await o.staff(`已签 ${number}`)).toContain('纸质已签')
    expect(await o.matter('stage')).toBe('comparing')
  })
})

describe('what is refused', () => {
  test('another village, a number that is none, days that are none, and nothing is changed', async () => {
    const o = await officials()
    const number = await reviewed(o, '麻小云', 'c2')
    const [cases, events] = [await o.rows('Case'), await o.rows('CaseEvent')]
    expect(await o.staffOf('x1', `公示 ${number}`)).toContain('不归您管')
    expect(await o.staff('公示 26112300099')).toContain('抄错')
    expect(await o.staff(`公示 ${number} 2月30日`)).toContain('没有这一天')
    expect(await o.staff(`公示 ${number} 12月25日`)).toContain('还没到')
    expect(await o.staff(`公示 ${number} 11月1日`)).toContain('日子不对')
    expect(await o.staff(`拟消除 ${number}`)).toContain('还不能到拟消除风险')
    expect(await o.staff(`办结 ${number} 好了`)).toContain('没有')
    expect(await o.rows('Case')).toEqual(cases)
    expect(await o.rows('CaseEvent')).toEqual(events)
  })

  test('several numbers in one line each have their answer', async () => {
    const o = await officials()
    const number = await o.reported()
    const said = await o.staff(`受理 ${number}、26112300021`)
    expect(said).toContain(`${number} 已受理`)
    expect(said).toContain('没有 26112300021')
  })
})

describe('a number alone, and its timeline', () => {
  test('staff see stage, days and who has it; what can be done next is a button', async () => {
    const o = await officials()
    const number = await o.reported()
    const view = await o.staff(number)
    expect(view).toContain('现在：发现线索')
    expect(view).toContain('吴秀英')
    expect(view).toContain('石建国')
    const shown = o.sent.findLast(({ chat }) => chat === 'c1')
    expect(shown?.choices?.map(({ id }) => id)).toEqual([`stage:accepted:${number}`, `stage:timeline:${number}`])
    expect(await o.tap('c1', `stage:accepted:${number}`)).toContain('已受理')
    const told = await o.staff(`经过 ${number}`)
    expect(told).toContain('石建国：进入（受理）')
    expect(told).toContain('群众：登记')
    expect(await o.staffOf('x1', `经过 ${number}`)).toContain('不归您管')
  })
})
