/** What busy people type: in the middle of a flow, with the number of something else, without a number, and too late. */
import { expect, test } from 'vitest'
import { instant } from '../../../src/base/time.ts'
import { DAY, MINUTE } from '../people/family.ts'
import { officials } from '../stages/officials.ts'
import { county } from './county.ts'

test('short words work in the middle of a flow, which goes on behind them', async () => {
  const c = await county()
  const number = await c.reported()
  expect(await c.staff('走访', '石二妹')).toContain('怎么走访的？')
  for (const words of ['待办', '本月情况', `措施 ${number}`, `不纳入 ${number} 有车有房`]) {
    const heard = await c.staff(words)
    expect(heard).not.toContain('没听明白')
    expect(heard).toContain('怎么走访的？')
  }
  expect(await c.staff('待办')).toContain('吴秀英')
  expect(await c.staff('天上有云')).toContain('没听明白')
})

test('a whole line is obeyed at any question; what merely holds such words is an answer', async () => {
  const c = await county()
  // At the first question nothing is lost, at a later one it is said what is.
  await c.staff('走访')
  const logged = await c.staff('走访 石二妹 麻老五 上门 无变化')
  expect(logged).toContain('记好了 2 户')
  expect(logged).not.toMatch(/哪一户|不再问了/)
  await c.staff('走访', '石二妹')
  expect(await c.staff('走访 麻老五 上门 无变化')).toMatch(/麻老五[^]*刚才问到一半的走访不再问了/)
  expect(await c.rows('Visit')).toHaveLength(3)
  await c.staff('走访', '石二妹')
  expect(await c.staff('走访 麻老五 上门')).toMatch(/^刚才问到一半的走访不再问了[^]*见到谁/)
  // Where anything may be an answer.
  expect(await c.staff('本人', '生病', '看病', '都落实了')).toContain('群众说了什么')
  for (const words of ['待办', '销假', '请假 到12月5日 交给龙镇长']) {
    expect(await c.staff(words)).toMatch(/(没有要办的|没有在请假|龙镇长)[^]*群众说了什么/)
  }
  expect((await c.rows('Cover')).length).toBe(1)
  await c.staff('说走访石二妹的时候看到待办的单子，想请假去看病', '下次12月20日')
  const [said] = (await c.rows('Answer')).filter(({ question }) => question === 'wish')
  expect(JSON.stringify(said)).toContain('想请假去看病')
})

test('撤销 with nothing to take back says so, and what there could be', async () => {
  const c = await county()
  for (const words of ['撤销', '记错了']) {
    const said = await c.staff(words)
    expect(said).toContain('没有可撤的')
    expect(said).toContain('回“撤回同意”')
  }
  expect(await c.staff('撤回')).toContain('您要收回什么')
})

test('a villager urges in the middle of a flow, and 不办了 twice means it', async () => {
  const c = await county()
  const number = await c.reported()
  c.heard('c1')
  await c.say({ kind: 'choice', id: 'housing_report' } as never, 'u1')
  const heard = await c.say('催一催')
  expect(heard).toContain('石建国')
  expect(heard).toContain('房子是不是快塌了')
  expect(c.heard('c1')).toContain(`${number} 的人来催了`)
  await c.all(['停', '进度', '不办了'])
  expect(await c.say('不办了')).toContain('好，这件不办了')
})

test('a number that the words do not fit is told for what it is', async () => {
  const c = await county()
  const number = await c.reported()
  for (const words of [`${number} 不在家`, `${number} 延期到12月3日 大雪`]) {
    expect(await c.staff(words)).toBe(
      `${number} 是防贫申报，这句话用不上。发编号 ${number}，看看到了哪一步、能办什么。`,
    )
  }
  expect(await c.staff(`${number.slice(0, -1)}${(Number(number.at(-1)) + 1) % 10} 不在家`)).toContain('抄错了一位')
  await c.all([`${number} 转给龙镇长`], 'c1')
  const [task] = (await c.rows('Task')).filter(({ kind }) => kind === 'hand_over')
  const own = String(task?.['number'])
  const told = `${own} 是要您办的一件事（转给您的事），11月23日前，说的是 ${number}。接就回：接 ${own}。不接就回：不接 ${own} 加原因。`
  expect(await c.staffOf('t1', own)).toBe(told)
  expect(await c.staffOf('t1', `${own} 已联系`)).toBe(told)
  c.now = instant(c.now + 2 * DAY)
  expect(await c.staffOf('t1', own)).toContain('已经过期')
})

test('words without a number ask for it, and numbers without words ask for those', async () => {
  const c = await county()
  for (const word of ['经过', '风险', '接', '转给'])
    expect(await c.staff(word)).toBe(`您说的是哪一件？请把编号一起发来，比如：${word} 26112200012。`)
  expect(await c.staff('1 3 5')).toBe('1 3 5 怎么样？在后面写上再发一次，比如：1 3 5 上门 无变化。')
})

test('who is given a matter may be named before its number', async () => {
  const c = await county()
  const number = await c.reported()
  expect(await c.staff(`转给龙镇长 ${number}`)).toContain('跟龙镇长说了')
})

test('a day that is past is said to be past, and is not taken for next year', async () => {
  const c = await county()
  const number = await c.reported()
  expect(await c.staff(number)).toContain('12月8日前要有结论。')
  expect(await c.staff(`加措施 ${number} 公益岗 11月20日前`)).toBe('11月20日已经过了，换一个日子。')
  expect(await c.staff(`加措施 ${number} 公益岗 1月5日前`)).toContain('加上了')
  c.now = instant(c.now + 17 * DAY)
  expect(await c.staff(number)).toContain('12月8日前就该有结论，已经过期。')
})

test('确认 from whoever went along confirms the finding; whose turn it was is not told once it is past', async () => {
  const c = await officials()
  const number = await c.reported()
  await c.staff(`受理 ${number}`, `核查 ${number}`)
  await c.visit('麻小云')
  expect(await c.staff(`确认 ${number}`)).toContain('还不能到县级确认')
  expect(await c.staffOf('c2', `确认 ${number}`)).toContain('核查您已确认')
  expect(await c.matter('stage')).toBe('comparing')
  // At night the next person is told in the morning only.
  await c.staff(`评议 ${number}`, `评议 ${number} 通过`, `公示 ${number}`)
  await c.later(6)
  c.now = instant(c.now + DAY / 2)
  c.heard('t1')
  c.heard('t2')
  await c.staff(`公示无异议 ${number}`)
  const waiting = (await c.rows('Outbox')).filter(({ state }) => state === 'pending').map(({ chat }) => String(chat))
  const taker = waiting.find((chat) => chat.startsWith('t'))
  expect(taker).toBeDefined()
  await c.staffOf('t1', `审核 ${number} 通过`)
  await c.staffOf('k1', `确认 ${number}`)
  expect(await c.matter('stage')).toBe('county_confirmed')
  await c.later(0.5)
  expect(c.heard(String(taker))).not.toContain('到您这一步了')
})

test('whose turn it is is not told in the morning to whoever signed off at night', async () => {
  const c = await officials()
  const number = await c.reported()
  await c.staff(`受理 ${number}`, `核查 ${number}`)
  await c.visit('麻小云')
  await c.staffOf('c2', `确认 ${number}`)
  await c.staff(`评议 ${number}`, `评议 ${number} 通过`, `公示 ${number}`)
  await c.later(6)
  c.now = instant(c.now + DAY / 2)
  await c.staff(`公示无异议 ${number}`)
  c.now = instant(c.now + MINUTE)
  await c.staffOf('t1', `审核 ${number} 通过`)
  expect(await c.matter('stage')).toBe('township_review')
  for (const chat of ['t1', 't2', 'k1', 'k2']) c.heard(chat)
  await c.later(0.5)
  for (const chat of ['t1', 't2']) expect(c.heard(chat)).not.toContain('到您这一步了')
  expect(['k1', 'k2'].map((chat) => c.heard(chat)).join('')).toContain('乡级审核通过了，等您这一步')
})
