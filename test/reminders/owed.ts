/** Visits and matters that are owed, put into the small county without the roads that lead there. */
import { insert } from '../../src/base/change.ts'
import { addDays, dateAt } from '../../src/base/time.ts'
import { matterNumber } from '../../src/domain/cases/matter-number.ts'
import { ZONE, type County } from './county.ts'

export async function owedVisit(
  made: County,
  id: string,
  head: string,
  dueOn: string,
  assigneeId = 's1',
  territoryId = 'v',
): Promise<void> {
  await made.household(`h${id}`, head, territoryId, null)
  const plan = { id, plan: 'monitored', householdId: `h${id}`, territoryId, assigneeId, mode: 'in_person', dueOn }
  await made.commit([
    insert('VisitPlan', { ...plan, openKey: `monitored h${id}` }),
    ...made.casework.watching.begin('visit', { kind: 'visit', id, territoryId }, made.now()),
  ])
}

/** @returns its number */
export async function openMatter(made: County, id: string, person: string, assigneeId = 's1'): Promise<string> {
  const on = dateAt(made.now(), ZONE)
  const number = matterNumber(on, await made.casework.sequence.take(on))
  await made.commit([
    insert('Case', {
      id,
      number,
      kind: 'hardship',
      stage: 'reported',
      source: 'self',
      territoryId: 'v',
      personName: person,
      assigneeId,
      urgency: 'normal',
      leadOn: on,
      stageEnteredOn: on,
      stageDueOn: addDays(on, 1),
      decideBy: addDays(on, 15),
      openedAt: made.now(),
    }),
    ...(['case_stage', 'case_total'] as const).flatMap((kind) =>
      made.casework.watching.begin(kind, { kind: 'case', id, territoryId: 'v' }, made.now()),
    ),
  ])
  return number
}

export const visitNumber = async (made: County, id: string): Promise<string> =>
  (await made.reads.visits.plans([id]))[0]?.number ?? ''
