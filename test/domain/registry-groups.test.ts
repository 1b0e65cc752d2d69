import { expect, it } from 'vitest'
import { county } from '../reminders/county.ts'

it('a group with two purposes gets the digest of each, about its own place', async () => {
  // A Sunday.
  const made = county('2026-11-22T12:00')
  await made.territory('c', '吉首市', 'county', null)
  await made.territory('t', '吉首市/矮寨镇', 'township', 'c')
  await made.territory('v', '吉首市/矮寨镇/阳孟村', 'village', 't')
  await made.staff('s1', '石建国', 'village_staff', 'v')
  await made.group('both', 't', 'township village')
  await made.household('h1', '吴秀英', 'v', '2026-10-01')
  await made.add('VisitPlan', {
    ...{ id: 'p1', plan: 'monitored', subjectKind: 'household', householdId: 'h1', territoryId: 'v' },
    ...{
      assigneeId: 's1',
      mode: 'in_person',
      dueOn: '2026-11-16',
      number: '26111600017',
      openKey: 'monitored h1',
      revision: 0,
    },
  })
  await made.commit(made.casework.watching.begin('visit', { kind: 'visit', id: 'p1', territoryId: 'v' }, made.now()))
  const sent = await made.advance('2026-11-23T09:30')
  expect(sent.filter(({ chat }) => chat === 'both').map(({ at }) => at.slice(11))).toEqual(['08:30', '09:00'])
})
