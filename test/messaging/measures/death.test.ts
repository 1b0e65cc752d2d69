import { expect, test } from 'vitest'
import { house } from './house.ts'

const households = async (f: Awaited<ReturnType<typeof house>>, head: string) =>
  (await f.rows('Household')).find((one) => one['head'] === head)

test('in a household of several who it is is asked; the others stay, and it is taken back the same day', async () => {
  const f = await house()
  const asked = await f.staff('去世 石二妹')
  expect(asked).toContain('是哪一位去世了')
  expect(asked).toContain('石小军')
  expect((await f.rows('Member')).every(({ diedOn }) => diedOn === null)).toBe(true)
  expect(await f.staff('去世 石二妹 石小军')).toContain('石小军的提醒和计划都停了')
  expect(await households(f, '石二妹')).toMatchObject({ size: 2, closedOn: null })
  const died = async () => (await f.rows('Member')).filter(({ diedOn }) => diedOn !== null).map(({ name }) => name)
  expect(await died()).toEqual(['石小军'])
  expect(await f.staff('记错了')).toContain('撤销了')
  expect(await died()).toEqual([])
  expect(await households(f, '石二妹')).toMatchObject({ size: 3 })
})

test('a death in a family with an open matter gives it to a person, closes nothing and mutes nobody else', async () => {
  const f = await house()
  const number = await f.report('u1', '石二妹', '13900000031')
  f.heard('c1')
  const said = await f.staff('石二妹去世了')
  expect(said).toContain('是哪一位')
  const household = String((await households(f, '石二妹'))?.['id'])
  const tap = (await f.rows('Member')).find(({ name }) => name === '石二妹')?.['id']
  await f.say({ kind: 'choice', id: `died:${household}:${String(tap)}` }, 'c1')
  expect(f.heard('c1')).toContain(number)
  const [matter] = await f.rows('Case')
  expect(matter).toMatchObject({ closedAt: null, stage: 'reported' })
  expect((await f.rows('Task')).filter(({ kind }) => kind === 'death_followup')).toMatchObject([
    { closedAt: null, caseId: matter?.['id'], dueOn: '2026-11-26' },
  ])
  const muted = (await f.rows('ChatIdentity')).filter(({ mutedAt }) => mutedAt !== null)
  expect(muted.map(({ user }) => user)).toEqual(['u1'])
  await f.say({ kind: 'choice', id: `died:${household}:${String(tap)}` }, 'c1')
  expect(f.heard('c1')).toContain('已经记过了')
  await f.staff('撤销')
  expect((await f.rows('ChatIdentity')).every(({ mutedAt }) => mutedAt === null)).toBe(true)
  expect((await f.rows('Task')).every(({ closedAt }) => closedAt !== null)).toBe(true)
})

test('whom the roster does not name is written down; elsewhere nobody is found', async () => {
  const f = await house()
  expect(await f.staff('去世 麻老五 麻大妹')).toContain('麻大妹的提醒和计划都停了')
  expect(await households(f, '麻老五')).toMatchObject({ size: 3 })
  expect((await f.rows('Member')).filter(({ name }) => name === '麻大妹')).toMatchObject([{ diedOn: '2026-11-23' }])
  await f.staff('记错了')
  expect((await f.rows('Member')).filter(({ name }) => name === '麻大妹')).toEqual([])
  expect(await f.staff('去世 田大山')).toContain('没有叫“田大山”的')
})
