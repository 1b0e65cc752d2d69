/** Two people at the visit: what one of them noted counts when the other one has said from an own account that it is right. */
import { insert, seal, update, type Change } from '../../base/change.ts'
import { addDays, dateAt, type Instant } from '../../base/time.ts'
import type { IdSource } from '../../base/ids.ts'
import { matterNumber } from '../../domain/cases/matter-number.ts'
import { latestFinding } from '../../domain/cases/past.ts'
import type { CaseRecord, ConfirmationRecord } from '../../domain/cases/ports.ts'
import { event } from '../../domain/cases/report.ts'
import type { Need } from '../../domain/cases/stages-schema.ts'
import { openTask, settleTask, taskKey } from '../../domain/tasks/tasks.ts'
import type { TextRef } from '../../flow/effects.ts'
import type { Casework } from '../casework.ts'
import type { Notice, Say } from '../handlers.ts'
import type { StageHook } from '../stage-hooks.ts'
import { moveCase, type Moved } from './move-case.ts'
import { markOf } from './step-words.ts'

/** What a Confirmation is about. */
const FINDING = 'verification'
/** Days for the second person. A proposal: within the days of the stage. */
const DAYS_TO_CONFIRM = 2

/** The stage to which a matter goes once the finding is confirmed and the household has signed. */
const AFTER_FINDING = 'comparing'

interface Place {
  readonly casework: Casework
  readonly hooks: readonly StageHook[]
  readonly staffId: string
  readonly at: Instant
  readonly zone: string
  readonly ids: IdSource
}

export interface Finding {
  readonly id: string
  readonly matter: CaseRecord
  readonly partnerId: string
  /** Name of who noted it. */
  readonly staff: string
  readonly person: string
  readonly perCapita: number
  readonly result: TextRef
}

/** A task for the other one, who is told now; what waited for an earlier finding waits no more. */
export async function askSecondPerson(
  { casework, at, zone, ids }: Omit<Place, 'hooks' | 'staffId'>,
  finding: Finding,
): Promise<{ readonly changes: readonly Change[]; readonly notices: readonly Notice[] }> {
  const { matter, partnerId } = finding
  const on = dateAt(at, zone)
  const earlier = (await casework.progress.confirmationsOf(matter.id)).filter(({ state }) => state === 'waiting')
  const dropped = await Promise.all(earlier.map((one) => withdrawn(casework, one, at)))
  const leave = casework.watching.mayLeave('task', at)
  const number = matterNumber(on, await casework.sequence.take(on))
  const { changes } = openTask(
    {
      kind: 'second_confirm',
      number,
      caseId: matter.id,
      householdId: matter.householdId,
      territoryId: matter.territoryId,
      assigneeId: partnerId,
      refId: finding.id,
      detail: null,
      dueOn: addDays(on, DAYS_TO_CONFIRM),
      seenFrom: matter.seenFrom,
      about: finding.id,
    },
    casework.watching,
    at,
    ids,
    leave,
  )
  const confirmation = insert('Confirmation', {
    id: ids.next(),
    caseId: matter.id,
    about: FINDING,
    refId: finding.id,
    staffId: partnerId,
    state: 'waiting',
    askedAt: at,
    answeredAt: null,
    reason: null,
  })
  return {
    changes: [...dropped.flat(), confirmation, ...changes],
    notices: [noticeTo(partnerId, askWords(finding), matter, leave > at ? leave : null)],
  }
}

function askWords({ matter, staff, person, perCapita, result }: Finding): Say {
  const params = { number: matter.number, staff, person, perCapita, result }
  return {
    text: { key: 'stages:finding.ask', params },
    choices: [{ id: `stage:finding_right:${matter.number}`, label: { key: 'stages:button.finding_right' } }],
    numbered: false,
  }
}

async function withdrawn({ tasks, watching }: Casework, one: ConfirmationRecord, at: Instant) {
  const task = one.refId === null ? null : await tasks.taskByOpenKey(taskKey('second_confirm', one.refId))
  return [
    update('Confirmation', one.id, one.revision, { state: 'refused', answeredAt: at }),
    ...(task ? await settleTask(task, 'dropped', null, watching, at) : []),
  ]
}

export type FindingAnswer =
  | {
      readonly kind: 'done'
      readonly matter: CaseRecord
      readonly changes: readonly Change[]
      readonly notices: readonly Notice[]
      readonly say: readonly TextRef[]
    }
  | { readonly kind: 'refused'; readonly say: TextRef }

/** @param wrong what is wrong about it; null = it is right */
export async function answerFinding(
  place: Place & { readonly staffName: string },
  matter: CaseRecord,
  wrong: string | null,
): Promise<FindingAnswer> {
  const { casework, staffId, staffName, at, ids } = place
  const { progress, tasks, watching } = casework
  const [timeline, verifications, confirmations] = await Promise.all([
    progress.timeline(matter.id),
    progress.verificationsOf(matter.id),
    progress.confirmationsOf(matter.id),
  ])
  const finding = latestFinding({ timeline, verifications })
  const waiting = confirmations.filter(({ state, refId }) => state === 'waiting' && refId === finding?.id)
  const own = waiting.find((one) => one.staffId === staffId)
  const params = { number: matter.number, staff: staffName, reason: wrong ?? '' }
  const refuse = (key: string): FindingAnswer => ({ kind: 'refused', say: { key: `stages:finding.${key}`, params } })
  if (!finding || waiting.length === 0) return refuse('none')
  if (!own) return refuse('not_you')
  const submitterId = finding.staffIds.find((id) => id !== staffId) ?? null
  const submitter = submitterId === null ? null : (await casework.registry.staff([submitterId]))[0]
  const task = await tasks.taskByOpenKey(taskKey('second_confirm', finding.id))
  const state = wrong === null ? 'given' : 'refused'
  const actor = { kind: 'staff', id: staffId } as const
  const changes = [
    update('Confirmation', own.id, own.revision, {
      state,
      answeredAt: at,
      ...(wrong !== null && { reason: seal(wrong) }),
    }),
    event(
      ids,
      matter.id,
      at,
      actor,
      wrong === null ? 'verification_confirmed' : 'verification_refused',
      wrong === null ? null : seal(wrong),
    ),
    insert('AuditEntry', {
      at,
      actor: `staff:${staffId}`,
      action: `verification_${state}`,
      subject: matter.id,
      detail: { number: matter.number, verification: finding.id },
    }),
    ...(task ? await settleTask(task, 'done', staffId, watching, at) : []),
  ]
  const told = { key: `stages:finding.${wrong === null ? 'given_told' : 'refused_told'}`, params }
  const leave = watching.mayLeave('case_new', at)
  const notices = submitterId === null ? [] : [noticeTo(submitterId, { text: told }, matter, leave > at ? leave : null)]
  const on = wrong === null ? await goOnAfterFinding(place, matter, ['second_person']) : null
  const said = { key: `stages:finding.${state}`, params: { ...params, staff: submitter?.name ?? '' } }
  const unsigned = wrong === null && finding.authorisation === 'not_yet'
  return {
    kind: 'done',
    matter: on?.matter ?? matter,
    changes: [...changes, ...(on?.changes ?? [])],
    notices: [...notices, ...(on?.notices ?? [])],
    say: [said, ...(unsigned ? [{ key: 'stages:finding.unsigned', params }] : [])],
  }
}

/** What waited for that goes on to be compared; null when something else is still missing, or it is further on already. */
export async function goOnAfterFinding(
  { casework, hooks, staffId, at, zone, ids }: Place,
  matter: CaseRecord,
  fulfilled: readonly Need[],
): Promise<(Moved & { kind: 'moved' }) | null> {
  if (matter.stage !== 'verifying') return null
  const by = { kind: 'staff', id: staffId } as const
  const moved = await moveCase(casework, hooks, { matter, to: AFTER_FINDING, by, fulfilled, at, zone, ids })
  return moved.kind === 'moved' ? moved : null
}

const noticeTo = (staffId: string, say: Say, matter: CaseRecord, notBefore: Instant | null): Notice => ({
  to: { kind: 'staff', staffId },
  say: [say],
  matter: markOf(matter),
  reminder: null,
  notBefore,
})
