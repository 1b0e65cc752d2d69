import { expect, test } from 'vitest'
import { addDays, parseInstant, type PlainDate } from '../../../src/base/time.ts'
import type { CaseRecord } from '../../../src/domain/cases/ports.ts'
import { planMeasure } from '../../../src/domain/measures/measures.ts'
import { onPlanDue } from '../../../src/messaging/cases/on-plan-due.ts'
import { reportCase } from '../../../src/messaging/report-case.ts'
import { peopled, ZONE } from '../../reminders/county.ts'

const told = { name: null, phone: null, causes: null, what: { key: 'cases:staff.what_urgent' } }

async function confirmed() {
  const made = await peopled('2026-11-23T09:00')
  const { decision } = await reportCase(
    made.casework,
    {
      kind: 'hardship',
      urgency: 'normal',
      source: 'self',
      territoryId: 'v',
      identityId: 'id-u',
      profileId: null,
      householdId: null,
      personName: '吴秀英',
      submissionId: 's',
      alarm: null,
      actor: { kind: 'villager', id: 'id-u' },
    },
    told,
    made.now(),
    ZONE,
    made.ids,
  )
  await made.commit(decision.changes)
  const before = decision.matter
  const enter = async (stage: string, set: Partial<CaseRecord> = {}) => {
    const after = { ...before, stage, stageEnteredOn: '2026-11-23' as PlainDate, ...set }
    const by = { kind: 'staff', id: 's4' } as const
    const hook = onPlanDue(made.casework)
    const { changes } = await hook({ before, after, by, reason: null, at: made.now(), zone: ZONE, ids: made.ids })
    await made.commit(changes)
  }
  const asked = () => made.rows.find('Task', { where: { kind: 'plan_due' } })
  return { made, before, enter, asked }
}

test('what is confirmed asks for a plan within ten days, once; the first measure settles it and climbs no more', async () => {
  const { made, before, enter, asked } = await confirmed()
  await enter('accepted')
  expect(await asked()).toEqual([])
  await enter('county_confirmed')
  await enter('assisting')
  expect(await asked()).toMatchObject([
    { assigneeId: 's1', dueOn: addDays('2026-11-23' as PlainDate, 10), closedAt: null },
  ])
  const on = await made.advance('2026-12-03T09:00')
  expect(
    on
      .filter(({ reminder }) => reminder?.items.some(({ rule }) => rule === 'task_due'))
      .map(({ chat, at }) => [chat, at]),
  ).toEqual([['s1', '2026-11-23T09:00']])
  const tasks = await made.casework.tasks.openTasksOfCases([before.id])
  const facts = {
    watching: made.casework.watching,
    number: '26120300011',
    tasks,
    told: made.now(),
    remindFrom: made.now(),
  }
  const planned = { kind: 'job', ownerId: 's1', dueOn: null, amount: null, note: null }
  const { changes } = await planMeasure(before, planned, 's1', facts, made.now(), made.ids)
  await made.commit(changes)
  expect(await asked()).toMatchObject([{ outcome: 'done', openKey: null }])
  const later = await made.advance('2026-12-20T09:00')
  expect(later.filter(({ reminder }) => reminder?.rule === 'task_due')).toEqual([])
})

test('with a measure nobody is asked, and a matter that ends drops what was asked', async () => {
  const { made, before, enter, asked } = await confirmed()
  await enter('county_confirmed')
  await enter('withdrawn', { closedAt: made.now() })
  expect(await asked()).toMatchObject([{ outcome: 'dropped' }])
  const facts = { watching: made.casework.watching, number: '', tasks: [], told: made.now(), remindFrom: made.now() }
  const planned = { kind: 'job', ownerId: 's1', dueOn: null, amount: null, note: null }
  const { changes } = await planMeasure(before, planned, 's1', facts, made.now(), made.ids)
  await made.commit(changes)
  await enter('assisting')
  expect(await asked()).toHaveLength(1)
})

test('the owner of a measure is reminded two days before its day and after it, not before', async () => {
  const { made, before } = await confirmed()
  const at = made.now()
  const remindFrom = parseInstant('2026-12-08T08:00:00+08:00') as typeof at
  const facts = { watching: made.casework.watching, number: '26112300099', tasks: [], told: at, remindFrom }
  const planned = { kind: 'job', ownerId: 's1', dueOn: '2026-12-10' as PlainDate, amount: null, note: null }
  const { changes } = await planMeasure(before, planned, 's3', facts, at, made.ids)
  await made.commit(changes)
  const sent = (await made.advance('2026-12-12T00:00'))
    .filter(({ reminder }) => reminder?.items.some(({ rule }) => rule === 'task_due'))
    .map(({ chat, at: when }) => [chat, when])
  expect(sent).toEqual([
    ['s1', '2026-12-08T08:00'],
    ['s1', '2026-12-11T08:00'],
  ])
})
