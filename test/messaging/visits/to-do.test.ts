/** 待办: what is overdue first, place by place, a page at a time; the numbers go on. */
import { expect, test } from 'vitest'
import { insert } from '../../../src/base/change.ts'
import { addDays, type PlainDate } from '../../../src/base/time.ts'
import { village } from './village.ts'

test('visits, matters and tasks; twenty at a time, and every number means one thing', async () => {
  const c = await village()
  const home = await c.household('石二妹')
  const [helperId, territoryId] = [String(home['helperId']), String(home['territoryId'])]
  const plan = (index: number) =>
    insert('VisitPlan', {
      id: `p${String(index).padStart(2, '0')}`,
      plan: 'monitored',
      subjectKind: 'household',
      householdId: home['id'] as string,
      territoryId,
      assigneeId: helperId,
      mode: 'in_person',
      dueOn: addDays('2026-10-01' as PlainDate, index),
      openKey: null,
    })
  const task = insert('Task', {
    id: 'task1',
    number: '26112399991',
    kind: 'phone_notice',
    territoryId,
    assigneeId: helperId,
    dueOn: '2026-11-24',
    createdAt: c.now,
  })
  const hidden = insert('Task', {
    id: 'task2',
    number: '26112399992',
    kind: 'complaint',
    territoryId,
    assigneeId: helperId,
    dueOn: '2026-11-24',
    seenFrom: 'township',
    createdAt: c.now,
  })
  await c.storage.writer.commit([...Array.from({ length: 22 }, (_, index) => plan(index)), task, hidden])
  const first = await c.staff('待办')
  expect(first).toContain('共 23 件')
  expect(first).toContain('1. 走访 石二妹')
  expect(first).toContain('20. 走访 石二妹')
  expect(first).not.toContain('21. ')
  expect(first).toContain('还有 3 件')
  const more = await c.staff('更多待办')
  expect(more).toContain('21. 走访 石二妹')
  // What is not overdue comes last; what goes over the village's head is not there.
  expect(more).toContain('23. 26112399991')
  expect(more).not.toContain('26112399992')
  expect(await c.staff('23 上门 无变化')).toContain('不是走访')
  expect(await c.staff('21 上门 无变化')).toContain('记好了')
})

test('of what is owed on one day the plan with the higher priority comes first', async () => {
  const c = await village()
  await c.owe('石二妹', '2026-11-24', { plan: 'lifted_out', number: '26112300013' })
  await c.owe('麻老五', '2026-11-24', { plan: 'look_back', number: '26112300021' })
  const list = await c.staff('待办')
  expect(list.indexOf('麻老五')).toBeLessThan(list.indexOf('石二妹'))
})
