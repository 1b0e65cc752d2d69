import { expect, test } from 'vitest'
import { house } from './house.ts'

test('a plan: suggested, planned with day and owner, done with a sum, dropped with a reason', async () => {
  const f = await house()
  const number = await f.reported()
  const empty = await f.staff(`措施 ${number}`)
  expect(empty).toContain('还没有帮扶办法')
  expect(empty).toContain('因病的，可以想想：医疗救助、参保和防贫保险')

  expect(await f.staff(`加措施 ${number} 公益岗 12月底前 石二妹负责`)).toContain('石二妹负责，12月31日前')
  expect(f.heard('c2')).toContain('石建国请您负责')
  expect(await f.staff(`加措施${number} 医疗救助 3000元`)).toContain('石建国负责')
  expect(await f.staff(`措施：${number}`)).toContain('1. 公益岗，石二妹，12月31日前\n')
  const [first] = await f.rows('Measure')
  expect(first).toMatchObject({ kind: 'public_post', dueOn: '2026-12-31', state: 'planned', amount: null })
  const due = (await f.rows('Task')).filter(({ kind }) => kind === 'measure_due')
  expect(due).toMatchObject([{ dueOn: '2026-12-31', closedAt: null, refId: first?.['id'] }])

  expect(await f.staff(`措施完成 ${number} 1 1200元`)).toContain('公益岗办好了，1,200 元')
  expect((await f.rows('Task')).filter(({ kind, closedAt }) => kind === 'measure_due' && closedAt === null)).toEqual([])
  expect(await f.staff(`措施完成 ${number} 1`)).toContain('已经办好了')
  expect(await f.staff(`措施取消 ${number} 2`)).toContain('为什么不办了')
  expect(await f.staff(`措施取消 ${number} 2 本人不愿意`)).toContain('不办了')
  expect(await f.rows('Measure')).toMatchObject([
    { state: 'done', doneOn: '2026-11-23', amount: 1200 },
    { state: 'dropped', amount: 3000 },
  ])
})

test('a photo right after 措施完成 is kept with the measure, one of them; without one nothing is missing', async () => {
  const f = await house()
  const number = await f.reported()
  const photo = (letter: string) =>
    ({ kind: 'photo', file: { id: letter.repeat(64), name: 'a.jpg', type: 'image/jpeg', bytes: 3 } }) as const
  await f.staff(`加措施 ${number} 公益岗`, `加措施 ${number} 医疗救助`)
  expect(await f.say(photo('a'), 'c1')).not.toContain('照片存好了')
  expect(await f.staff(`措施完成 ${number} 1`)).toContain('有照片就发来，没有就算了')
  expect(await f.say(photo('b'), 'c1')).toBe(`照片存好了：${number} 公益岗。`)
  expect(await f.say(photo('c'), 'c1')).toContain('已经有一张照片了')
  expect(await f.staff(`措施 ${number}`)).toContain('1. 公益岗，11月23日办好了，有照片')
  expect(await f.say(photo('d'), 'c1')).not.toContain('照片存好了')
  await f.staff(`措施完成 ${number} 2`)
  await f.staff('待办')
  expect(await f.say(photo('e'), 'c1')).not.toContain('照片存好了')
  expect(await f.rows('Measure')).toMatchObject([
    { state: 'done', proof: 'b'.repeat(64) },
    { state: 'done', proof: null },
  ])
})

test('what is wrong is refused in words and changes nothing', async () => {
  const f = await house()
  const number = await f.reported()
  expect(await f.staff(`加措施 ${number} 12月底前`)).toContain('可以加的有')
  expect(await f.staff(`加措施 ${number} 公益岗 2026-11-01前`)).toContain('已经过了')
  expect(await f.staff(`加措施 ${number} 公益岗 龙玉梅负责`)).toContain('没有叫“龙玉梅”的')
  expect(await f.staffOf('c3', `加措施 ${number} 公益岗`)).toContain('不归您管')
  expect(await f.staff(`加措施 ${number.slice(0, -1)}${(Number(number.at(-1)) + 1) % 10} 公益岗`)).toContain('抄错')
  expect(await f.rows('Measure')).toEqual([])
})
