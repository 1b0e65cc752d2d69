import { expect, test } from 'vitest'
import { reportCase } from '../../../src/messaging/report-case.ts'
import { peopled } from '../../reminders/county.ts'

const told = { name: null, phone: null, causes: null, what: { key: 'cases:staff.what_urgent' } }

async function waterFrom(made: Awaited<ReturnType<typeof peopled>>, user: string, territoryId = 'v') {
  const reported = await reportCase(
    made.casework,
    {
      kind: 'water',
      urgency: 'normal',
      source: 'self',
      territoryId,
      identityId: `id-${user}`,
      profileId: null,
      householdId: null,
      personName: `甲${user}`,
      submissionId: `s-${user}`,
      alarm: null,
      actor: { kind: 'villager', id: `id-${user}` },
    },
    told,
    made.now(),
    'Asia/Shanghai',
    made.ids,
  )
  await made.commit(reported.decision.changes)
  return reported.notices.flatMap((notice) =>
    notice.to.kind === 'staff' && notice.say.some(({ text }) => 'key' in text && text.key === 'referrals:cluster')
      ? [notice.to.staffId]
      : [],
  )
}

test('three reports of water from one village within seven days raise one alert, for the township and the department', async () => {
  const made = await peopled('2026-11-23T09:00')
  await made.staff('w1', '向水利', 'department_officer:water', 'c')
  expect(await waterFrom(made, 'a')).toEqual([])
  expect(await waterFrom(made, 'x', 'w')).toEqual([])
  await made.sleepTo('2026-11-26T09:00')
  expect(await waterFrom(made, 'b')).toEqual([])
  expect(await waterFrom(made, 'c')).toEqual(['s3', 'w1'])
  expect(await waterFrom(made, 'd')).toEqual([])
  const tasks = await made.rows.find('Task', { where: { kind: 'cluster' } })
  expect(tasks).toMatchObject([{ assigneeId: 's3', territoryId: 'v', refId: 'water', seenFrom: 'township' }])
  await made.commit([
    {
      op: 'update',
      table: 'Task',
      id: String(tasks[0]?.id),
      expected: 0,
      set: { closedAt: made.now(), openKey: null },
    },
  ])
  expect(await waterFrom(made, 'e')).toEqual([])
})

test('reports further apart than the window, and several of one person, raise none', async () => {
  const made = await peopled('2026-11-02T09:00')
  await waterFrom(made, 'a')
  await made.sleepTo('2026-11-06T09:00')
  await waterFrom(made, 'b')
  await made.sleepTo('2026-11-09T09:00')
  expect(await waterFrom(made, 'c')).toEqual([])
  expect(await made.rows.find('Task', { where: { kind: 'cluster' } })).toEqual([])
})
