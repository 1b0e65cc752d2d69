/** Visits in one line of a private chat: what is understood, what is refused, what is taken back. */
import { expect, test } from 'vitest'
import { insert } from '../../../src/base/change.ts'
import { DAY } from '../people/family.ts'
import { village } from './village.ts'

const open = (plans: readonly Record<string, unknown>[]) => plans.filter((plan) => plan['closedOn'] === null)

test('a visit in one line is kept, clears the plan, and says when the next is owed', async () => {
  const c = await village()
  await c.owe('石二妹', '2026-11-20')
  const said = await c.staff('走访 石二妹 上门 无变化')
  expect(said).toContain('石二妹')
  expect(said).toContain('无变化')
  expect(said).toContain('12月23日')
  expect(said).toContain('晚了 3 天')
  expect(await c.rows('Visit')).toMatchObject([
    { visitedOn: '2026-11-23', mode: 'in_person', met: 'self', changes: 'none', late: true, attempt: false },
  ])
  expect((await c.plans('石二妹')).map(({ dueOn, closedOn }) => [dueOn, closedOn])).toEqual([
    ['2026-11-20', '2026-11-23'],
    ['2026-12-23', null],
  ])
  expect((await c.household('石二妹'))['lastVisitOn']).toBe('2026-11-23')
  expect(await c.rows('Case')).toEqual([])
})

test('the day before it, a call, full-width marks, a name in letters, a village before the name', async () => {
  const c = await village()
  await c.all(
    [
      '11月18日走访石二妹上门无变化',
      '电访 石二妹 前天 无变化',
      '走访　石二妹，11月20日，上门，没有变化',
      '昨天走访 shiermei 家人 老样子',
      '走访 阳孟村石二妹 无变化',
    ],
    'c1',
  )
  expect((await c.rows('Visit')).map(({ visitedOn, mode, met }) => [visitedOn, mode, met])).toEqual([
    ['2026-11-18', 'in_person', 'self'],
    ['2026-11-21', 'phone', 'self'],
    ['2026-11-20', 'in_person', 'self'],
    ['2026-11-22', 'in_person', 'family'],
    ['2026-11-23', 'in_person', 'self'],
  ])
})

test('several at once; what was found opens one matter for each household, however often it is said', async () => {
  const c = await village()
  const said = await c.staff('走访 石二妹 麻老五 上门 收入下降 失业')
  expect(said).toContain('2 户')
  const cases = await c.rows('Case')
  expect(cases).toMatchObject([
    { kind: 'hardship', source: 'cadre', personName: '石二妹' },
    { kind: 'hardship', source: 'cadre', personName: '麻老五' },
  ])
  for (const { number } of cases) expect(said).toContain(String(number))
  await c.pass(DAY)
  await c.staff('走访 石二妹 上门 屋顶漏雨')
  expect(await c.rows('Case')).toHaveLength(2)
})

test('nobody met is an attempt; from the third in a row whoever leads is told', async () => {
  const c = await village()
  await c.owe('麻老五', '2026-11-24')
  c.heard('t1')
  expect(await c.staff('走访 麻老五 没见到')).toContain('不算走访')
  await c.pass(DAY)
  await c.staff('走访 麻老五 没人在家')
  expect(c.heard('t1')).toBe('')
  await c.pass(DAY)
  expect(await c.staff('走访 麻老五 不在家')).toContain('3 次')
  await c.pass(DAY)
  expect(c.heard('t1')).toContain('麻老五')
  expect(open(await c.plans('麻老五'))).toMatchObject([{ dueOn: '2026-11-24', attempts: 3 }])
})

test('a call does not clear what is owed in person', async () => {
  const c = await village()
  await c.owe('石二妹', '2026-11-24')
  expect(await c.staff('电访 石二妹 无变化')).toContain('还要上门')
  expect(open(await c.plans('石二妹'))).toMatchObject([{ dueOn: '2026-11-24' }])
  expect((await c.household('石二妹'))['lastVisitOn']).toBeNull()
})

test('a day to come, a day that is none, a name that nobody of the own has: refused, and nothing is kept', async () => {
  const c = await village()
  expect(await c.staff('明天走访石二妹 上门 无变化')).toContain('还没到')
  expect(await c.staff('走访 石二妹 11月25日 上门 无变化')).toContain('还没到')
  expect(await c.staff('走访 石二妹 2月30日 上门 无变化')).toContain('没有这一天')
  const nowhere = await c.staff('走访 张三丰 上门 无变化')
  const elsewhere = await c.staff('走访 田大山 上门 无变化')
  expect(nowhere.replace('张三丰', 'X')).toBe(elsewhere.replace('田大山', 'X'))
  expect(await c.staff('走访 石二妹 田大山 上门 无变化')).toContain('田大山')
  expect(await c.rows('Visit')).toEqual([])
})

test('an agreed day is the next one', async () => {
  const c = await village()
  await c.owe('石二妹', '2026-11-24')
  expect(await c.staff('走访 石二妹 上门 无变化 下次12月5日')).toContain('12月5日')
  expect(open(await c.plans('石二妹'))).toMatchObject([{ dueOn: '2026-12-05' }])
})

test('a line without a result opens the flow with what is known', async () => {
  const c = await village()
  expect(await c.staff('走访 石二妹 上门')).toContain('见到谁')
  expect(await c.staff('本人', '无变化')).toContain('石二妹')
  expect(await c.rows('Visit')).toMatchObject([{ mode: 'in_person', met: 'self' }])
})

test('taken back on the same day everything is as before; on the next day it is too late', async () => {
  const c = await village()
  const id = await c.owe('石二妹', '2026-11-20')
  await c.staff('走访 石二妹 上门 无变化')
  expect(await c.staff('撤销')).toContain('不算了')
  expect(open(await c.plans('石二妹'))).toMatchObject([{ id, dueOn: '2026-11-20' }])
  expect((await c.household('石二妹'))['lastVisitOn']).toBeNull()
  expect((await c.rows('Visit'))[0]?.['undoneAt']).not.toBeNull()
  const watches = (await c.rows('Watch')).filter(({ closedAt }) => closedAt === null)
  expect(watches.map(({ subjectId }) => subjectId)).toEqual([id])
  expect(await c.staff('记错了')).toContain('没有记走访')
  await c.staff('走访 石二妹 上门 无变化')
  await c.pass(DAY)
  expect(await c.staff('记错了')).toContain('不能自己撤')
  expect((await c.household('石二妹'))['lastVisitOn']).toBe('2026-11-23')
})

test('the numbers of a list mean what was shown, until another list is shown', async () => {
  const c = await village()
  expect(await c.staff('1 2 上门 无变化')).toContain('先回“待办”')
  await c.owe('石二妹', '2026-11-20')
  await c.owe('麻老五', '2026-11-24')
  const list = await c.staff('待办')
  expect(list).toContain('1. 走访 石二妹')
  expect(list).toContain('2. 走访 麻老五')
  expect(list).toContain('已过 3 天')
  expect(await c.staff('1 3 上门 无变化')).toContain('没有第 3 件')
  expect(await c.rows('Visit')).toEqual([])
  expect(await c.staff('2 上门 无变化')).toContain('麻老五')
  expect(await c.staff('１ 上门 无变化')).toContain('石二妹')
  expect(await c.staff('1 上门 无变化')).toContain('已经办好了')
  expect(await c.rows('Visit')).toHaveLength(2)
  expect(open(await c.plans('石二妹'))).toMatchObject([{ dueOn: '2026-12-23' }])
})

test('by its number: visited, nobody at home, put off with a reason and within the limit', async () => {
  const c = await village()
  await c.owe('石二妹', '2026-11-24', { number: '26112300013' })
  expect(await c.staff('26112300013 不在家')).toContain('没见到人')
  expect(await c.staff('26112300013 延期到12月3日')).toContain('为什么延期')
  expect(await c.staff('26112300013 延期到12月30日 大雪封路')).toContain('最多延到')
  expect(await c.staff('26112300013 延期到12月3日 大雪封路')).toContain('12月3日')
  expect(open(await c.plans('石二妹'))).toMatchObject([{ dueOn: '2026-12-03', attempts: 1 }])
  c.heard('t1')
  await c.staff('26112300013延期到12月7日，路还没通')
  await c.pass(DAY)
  expect(c.heard('t1')).toContain('第 2 次延期')
  expect(await c.staff('26112300013 延期到12月8日 不得空')).toContain('不能再延')
  expect(await c.staff('26112300013 已走访')).toContain('12月24日')
})

test('words of a matter with the number of a visit say that it is a visit, and what can be done with it', async () => {
  const c = await village()
  await c.owe('石二妹', '2026-11-24', { number: '26112300013' })
  for (const word of ['经过', '风险', '措施', '核查', '转办']) {
    expect(await c.staff(`${word} 26112300013`)).toBe(
      '26112300013 是走访：石二妹（阳孟村），11月24日前。去过了回：26112300013 已走访。没见到人回：26112300013 不在家。',
    )
  }
  expect(await c.staffOf('x9', '风险 26112300013')).not.toContain('石二妹')
})

test('away until a day: nothing is owed before it; back again it is', async () => {
  const c = await village()
  await c.owe('石二妹', '2026-11-24')
  const said = await c.staff('外出 石二妹 到2月1日')
  expect(said).toContain('2027年2月1日')
  expect(open(await c.plans('石二妹'))).toMatchObject([{ dueOn: '2027-02-01' }])
  expect(await c.household('石二妹')).toMatchObject({ mutedUntil: '2027-02-01', mutedFor: 'away' })
  expect(await c.staff('外出 石二妹 到2026年11月1日')).toContain('已经过了')
  expect(await c.staff('外出 石二妹 到2月30日')).toContain('没有这一天')
  expect(await c.staff('石二妹回来了')).toContain('回来了')
  expect(open(await c.plans('石二妹'))).toMatchObject([{ dueOn: '2026-11-30' }])
  expect(await c.household('石二妹')).toMatchObject({ mutedUntil: null, mutedFor: null })
})

test('in English too; somebody who died is asked after; what is found when two have one name', async () => {
  const c = await village()
  expect(await c.staff('visit Shi Ermei home no change')).toContain('石二妹')
  expect(await c.rows('Visit')).toMatchObject([{ mode: 'in_person', changes: 'none' }])
  const died = await c.staff('走访 石二妹 上门 去世')
  expect(died).toContain('石小军')
  await c.storage.writer.commit([
    insert('Household', { ...(await c.household('石二妹')), id: 'twin', identity: 'twin', key: null, phone: null }),
  ])
  expect(await c.staff('走访 石二妹 麻老五 上门 无变化')).toContain('不止一户')
  expect(await c.rows('Visit')).toHaveLength(2)
})

test('by the place in the list: put off, and done; what is no visit of the list is not', async () => {
  const c = await village()
  await c.owe('石二妹', '2026-11-20')
  await c.staff('待办')
  expect(await c.staff('1 延期到12月3日 大雪封路')).toContain('12月3日')
  expect(open(await c.plans('石二妹'))).toMatchObject([{ dueOn: '2026-12-03' }])
  expect(await c.staff('1 已走访')).toContain('12月23日')
})

test('heard on the phone that they left: nothing is owed before they are back, and all of it is taken back', async () => {
  const c = await village()
  await c.owe('石二妹', '2026-11-24')
  expect(await c.staff('电访 石二妹 家人 外出 下次3月5日')).toContain('2027年3月5日')
  expect(open(await c.plans('石二妹'))).toMatchObject([{ dueOn: '2027-03-05' }])
  expect(await c.staff('记错了')).toContain('不算了')
  expect(open(await c.plans('石二妹'))).toMatchObject([{ dueOn: '2026-11-24' }])
  expect(await c.household('石二妹')).toMatchObject({ mutedUntil: null, mutedFor: null })
})
