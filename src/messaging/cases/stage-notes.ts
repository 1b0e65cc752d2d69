/** Entries of staff that move nothing by themselves: what a comparison gave, why it is late, that the household has signed. */
import { insert, seal, update, type Change } from '../../base/change.ts'
import type { CaseRecord } from '../../domain/cases/ports.ts'
import { latestFinding } from '../../domain/cases/past.ts'
import { event } from '../../domain/cases/report.ts'
import { moverOf } from './move-facts.ts'
import { goOnAfterFinding } from './second-person.ts'
import type { StepPlace, StepResult, StepSaid } from './step-terms.ts'
import { stepParams } from './step-words.ts'

export const actorEvent = (
  { staffId, at, ids }: StepPlace,
  matter: CaseRecord,
  what: string,
  detail: Parameters<typeof event>[5],
) => event(ids, matter.id, at, { kind: 'staff', id: staffId }, what, detail)

export async function noteCompared(place: StepPlace, matter: CaseRecord, said: StepSaid): Promise<StepResult> {
  if (said.reason === null) return { kind: 'refused', reason: 'nothing_noted', params: {} }
  return noted(place, matter, 'stages:done.compared', [actorEvent(place, matter, 'compared', seal(said.reason))])
}

export async function noteLate(place: StepPlace, matter: CaseRecord, said: StepSaid): Promise<StepResult> {
  const reason = said.reason ?? said.lateReason
  if (matter.closedAt !== null) return { kind: 'refused', reason: 'closed', params: {} }
  if (reason === null) return { kind: 'refused', reason: 'reason_missing', params: { stage: matter.stage } }
  return noted(place, matter, 'stages:done.late_reason', [
    update('Case', matter.id, matter.revision, { lateReason: reason }),
    actorEvent(place, matter, 'late_reason', seal(reason)),
  ])
}

/** Signed on paper after the visit: what waited for it goes on. */
export async function noteSigned(place: StepPlace, matter: CaseRecord): Promise<StepResult> {
  const { casework } = place
  const [timeline, verifications] = await Promise.all([
    casework.progress.timeline(matter.id),
    casework.progress.verificationsOf(matter.id),
  ])
  const finding = latestFinding({ timeline, verifications })
  if (!finding) return { kind: 'refused', reason: 'verification_missing', params: {} }
  const signed = await noted(place, matter, 'stages:done.signed', [
    update('Verification', finding.id, null, { authorisation: 'paper' }),
    actorEvent(place, matter, 'signed', 'paper'),
    insert('AuditEntry', {
      at: place.at,
      actor: `staff:${place.staffId}`,
      action: 'authorisation_signed',
      subject: matter.id,
      detail: { number: matter.number },
    }),
  ])
  if (signed.kind === 'refused') return signed
  const on = await goOnAfterFinding(place, matter, ['authorisation'])
  return on
    ? { ...signed, matter: on.matter, changes: [...signed.changes, ...on.changes], notices: on.notices }
    : signed
}

/** An entry by whoever works for the place; the matter stays where it is. */
async function noted(
  place: StepPlace,
  matter: CaseRecord,
  key: string,
  changes: readonly Change[],
): Promise<StepResult> {
  const { casework, staffId, at, zone } = place
  const by = await moverOf(casework, matter, { kind: 'staff', id: staffId }, at, zone)
  if (by.roles.length === 0) return { kind: 'refused', reason: 'no_scope', params: {} }
  return { kind: 'done', matter, changes, notices: [], say: { key, params: stepParams(matter) } }
}
