import { expect, test } from 'vitest'
import { insert } from '../../../src/base/change.ts'
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
  f.heard('u1')
  await f.staff(`入户核查 ${number}`, `受理 ${number}`)
  expect(f.heard('u1')).toBe('')
  expect((await f.rows('Task')).filter(({ kind }) => kind === 'phone_notice')).toEqual([])
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

test('a visit that finds it: a household of one is over with its visits, one of several is asked; both at once undone', async () => {
  const f = await house()
  const alone = await households(f, '田老汉')
  const plan = { plan: 'monitored', subjectKind: 'household', householdId: String(alone?.['id']), memberId: null }
  const owed = { caseId: null, territoryId: String(alone?.['territoryId']), assigneeId: null, mode: 'in_person' }
  const openKey = `monitored ${String(alone?.['id'])}`
  await f.storage.writer.commit([
    insert('VisitPlan', {
      id: 'p',
      ...plan,
      ...owed,
      dueOn: '2026-12-30',
      number: null,
      openKey,
      attempts: 0,
      revision: 0,
    }),
    insert('Watch', {
      id: 'visit_overdue p',
      rule: 'visit_overdue',
      subjectKind: 'visit',
      subjectId: 'p',
      territoryId: 'v',
      rung: 0,
      repeats: 0,
      nextDueAt: f.now,
      revision: 0,
    }),
  ])
  expect(await f.staff('走访 石二妹 上门 有人去世')).toContain('是哪一位去世了')
  expect(await f.staff('去世 田老汉')).toContain('这一家的提醒和计划都停了')
  const state = async () => ({
    household: (await households(f, '田老汉'))?.['closedOn'],
    plan: (await f.rows('VisitPlan')).find(({ id }) => id === 'p'),
    watched: (await f.rows('Watch')).find(({ subjectId }) => subjectId === 'p')?.['closedAt'] === null,
  })
  expect(await state()).toMatchObject({
    household: '2026-11-23',
    plan: { closedOn: '2026-11-23', openKey: null },
    watched: false,
  })
  expect(await f.staff('去世 田老汉')).toContain('没有叫“田老汉”的')
  await f.staff('撤销')
  expect(await state()).toMatchObject({ household: null, plan: { closedOn: null, openKey }, watched: true })
})
