import { expect, test } from 'vitest'
import { insert } from '../../../src/base/change.ts'
import type { PlainDate } from '../../../src/base/time.ts'
import { matterNumber } from '../../../src/domain/cases/matter-number.ts'
import { house } from './house.ts'

test('a part goes to a department, which answers; the matter stays where it is', async () => {
  const f = await house()
  const number = await f.reported()
  expect(await f.staff(`转办 ${number}`)).toContain('可以转的有：看病（医保）')
  const sent = await f.staff(`转办 ${number} 医保 请看看能报多少`)
  expect(sent).toContain('田医保在看，11月30日前答复')
  const heard = f.heard('d1')
  expect(heard).toContain('请看看能报多少')
  expect(heard).toContain('吴秀英')
  expect(await f.staff(`转办 ${number} 医保局`)).toContain('已经转给')
  expect(await f.staffOf('d2', `转办已办 ${number} 办了`)).toContain('没有转给您的事')
  expect(await f.staffOf('d1', `转办已办 ${number}`)).toContain('怎么办的')
  f.heard('c1')
  expect(await f.staffOf('d1', `转办已办 ${number} 报销三千元`)).toContain('已经告诉转来的人')
  expect(f.heard('c1')).toContain('报销三千元')
  expect(await f.rows('Referral')).toMatchObject([{ department: 'medical', state: 'answered', openKey: null }])
  expect((await f.rows('Task')).filter(({ closedAt }) => closedAt === null)).toEqual([])
  const [matter] = await f.rows('Case')
  expect(matter).toMatchObject({ stage: 'reported', closedAt: null })
})

test('an officer of a department moves what was handed to it, where the ledger says so, and nothing else', async () => {
  const f = await house()
  const [place] = (await f.rows('Territory')).filter(({ name }) => name === '阳孟村')
  const water = (id: string, number: string) =>
    insert('Case', {
      ...{
        id,
        number,
        kind: 'water',
        stage: 'accepted',
        source: 'self',
        urgency: 'normal',
        territoryId: place?.['id'] as string,
      },
      ...{ leadOn: '2026-11-23', stageEnteredOn: '2026-11-23', openedAt: f.now, acknowledgedAt: f.now, revision: 0 },
    })
  const [handed, other] = [matterNumber('2026-11-23' as PlainDate, 7), matterNumber('2026-11-23' as PlainDate, 8)]
  await f.storage.writer.commit([water('w1', handed), water('w2', other)])
  const hardship = await f.reported()
  const stageOf = async (number: string) => (await f.rows('Case')).find((row) => row['number'] === number)?.['stage']
  expect(await f.staffOf('d2', `${handed} 办理中`)).toContain('不由您来办')
  await f.staff(`转办 ${handed} 水利`, `转办 ${hardship} 水利`)
  expect(await f.staffOf('d2', `${handed} 办理中`)).toContain(handed)
  expect(await stageOf(handed)).toBe('fixing')
  expect(await f.staffOf('d2', `${handed} 办好了 换了水泵`)).toContain(handed)
  expect(await stageOf(handed)).toBe('done')
  // Handed to nobody, to another department, or a step that is the village's.
  for (const [chat, number] of [
    ['d2', other],
    ['d1', other],
  ] as const) {
    await f.staffOf(chat, `${number} 办理中`)
    expect(await stageOf(number)).toBe('accepted')
  }
  expect(await f.staffOf('d2', `受理 ${hardship}`)).toContain('不由您来办')
  expect(await stageOf(hardship)).toBe('reported')
})

test('a department gives a part back with a reason', async () => {
  const f = await house()
  const number = await f.reported()
  await f.staff(`转办 ${number} 水利`)
  f.heard('c1')
  expect(await f.staffOf('d2', `退回 ${number}`)).toContain('为什么退回')
  await f.staffOf('d2', `退回 ${number} 不归水利管`)
  expect(f.heard('c1')).toContain('不归水利管')
  expect(await f.rows('Referral')).toMatchObject([{ state: 'returned' }])
})

test('a matter is offered to a colleague and stays until it is taken', async () => {
  const f = await house()
  const number = await f.reported()
  expect(await f.staff(`转给 ${number} 龙玉梅`)).toContain('没有叫“龙玉梅”的')
  expect(await f.staff(`转给 ${number} 石导出`)).toContain('没有叫“石导出”的')
  expect(await f.staff(`转给 ${number} 石二妹 我出差`)).toContain('石二妹接了才算')
  const before = (await f.rows('Case'))[0]?.['assigneeId']
  expect(f.heard('c2')).toContain(`接 ${number}`)
  expect(await f.staffOf('t1', `接 ${number}`)).toContain('不是转给您的')
  expect(await f.staffOf('c2', `不接 ${number}`)).toContain('为什么不接')
  f.heard('c1')
  await f.staffOf('c2', `不接 ${number} 这周不在`)
  expect(f.heard('c1')).toContain('这周不在')
  expect((await f.rows('Case'))[0]?.['assigneeId']).toBe(before)
  await f.staff(`转给 ${number} 石二妹`)
  expect(await f.staffOf('c2', `接${number}`)).toContain('现在归您办')
  const [matter] = await f.rows('Case')
  const people = await f.rows('Staff')
  expect(people.find(({ id }) => id === matter?.['assigneeId'])?.['name']).toBe('石二妹')
  expect((await f.rows('Task')).filter(({ closedAt }) => closedAt === null)).toEqual([])
})

test('a visit is handed over the same way; in a group nothing is said but numbers', async () => {
  const f = await house()
  const number = await f.reported()
  const home = (await f.rows('Household')).find(({ head }) => head === '麻老五')
  const visit = matterNumber('2026-11-20' as PlainDate, 7)
  const [first] = (await f.rows('Staff')).filter(({ name }) => name === '石建国')
  await f.storage.writer.commit([
    insert('VisitPlan', {
      id: 'p',
      plan: 'monitored',
      subjectKind: 'household',
      householdId: String(home?.['id']),
      memberId: null,
      caseId: null,
      territoryId: String(home?.['territoryId']),
      assigneeId: String(first?.['id']),
      mode: 'in_person',
      dueOn: '2026-11-30',
      number: visit,
      openKey: 'monitored p',
      attempts: 0,
      revision: 0,
    }),
  ])
  await f.staff(`转给 ${visit} 石二妹`)
  expect(f.heard('c2')).toContain('麻老五')
  await f.staffOf('c2', `接 ${visit}`)
  const colleague = (await f.rows('Staff')).find(({ name }) => name === '石二妹')
  expect((await f.rows('VisitPlan')).find(({ id }) => id === 'p')?.['assigneeId']).toBe(colleague?.['id'])

  const group = (text: string) => f.inGroup('g1', 'c1', text)
  expect(await group(`转办 ${number}`)).toBe('这个私下跟我说，群里不方便。')
  expect(await group(`措施 ${number}`)).toBe('这个私下跟我说，群里不方便。')
  expect(await group(`转办 ${number} 医保 请看看`)).toBe(`好，${number} 记下了。`)
  expect(await group(`转给 ${number} 石二妹`)).toBe(`好，${number} 记下了。`)
  expect(await group('去世 麻老五')).toBe('这个私下跟我说，群里不方便。')
})
