/** Somebody has died: what would be sent to that person or is owed for that person ends at once; open matters go to a person. */
import { insert, remove, update, type Change } from '../../base/change.ts'
import type { IdSource } from '../../base/ids.ts'
import { dateAt, type Instant, type PlainDate } from '../../base/time.ts'
import type { DeathDetail, MemberRecord, PersonAccount } from '../measures/ports.ts'
import type { HouseholdRecord } from '../registry/ports.ts'
import type { TaskRecord } from '../tasks/ports.ts'
import { openTask, settleTask } from '../tasks/tasks.ts'
import type { VisitPlanRecord } from '../visits/ports.ts'
import type { Watching } from '../watching.ts'
import type { CaseRecord, TimelineEntry } from './ports.ts'
import { event } from './report.ts'

export interface DeathFacts {
  readonly household: Pick<HouseholdRecord, 'id' | 'size' | 'revision'>
  /** Null for somebody whom the roster does not name. */
  readonly member: MemberRecord | null
  readonly name: string
  readonly relation: string | null
  /** Open visits of the household and its members. */
  readonly plans: readonly VisitPlanRecord[]
  readonly accounts: readonly PersonAccount[]
  /** Those that nobody was asked about yet, each with a number for the task that asks. */
  readonly matters: readonly { readonly matter: CaseRecord; readonly number: string }[]
  /** All that is open. */
  readonly open: readonly CaseRecord[]
  /** Days within which somebody looks at what was open. */
  readonly followUpOn: PlainDate
  readonly watching: Watching
  readonly zone: string
  /** When those who have the matters hear of it. */
  readonly told: Instant
}

export interface DeathDecision {
  readonly changes: readonly Change[]
  /** Nobody is left in the household. */
  readonly closed: boolean
  readonly memberId: string
}

/** Timeline entries: the person of the matter has died; it was a mistake. */
export const PERSON_DIED = 'person_died'
export const DEATH_UNDONE = 'death_undone'

const isTheirs = (matter: CaseRecord, { name, accounts }: DeathFacts): boolean =>
  (matter.personName ?? '').replace(/\s+/gu, '') === name.replace(/\s+/gu, '') ||
  accounts.some(({ profileId }) => profileId === matter.profileId)

/** The person whose matter it is has died: nobody is written to or called about it. */
export const hasDied = (timeline: readonly TimelineEntry[]): boolean =>
  timeline.findLast(({ what }) => what === PERSON_DIED || what === DEATH_UNDONE)?.what === PERSON_DIED

/** Never counts as a risk that is gone: matters stay open, for a person to decide. */
export async function decideDeath(
  facts: DeathFacts,
  staffId: string,
  at: Instant,
  ids: IdSource,
): Promise<DeathDecision> {
  const { household, member, watching, zone } = facts
  const on = dateAt(at, zone)
  const memberId = member?.id ?? ids.next()
  const closed = household.size <= 1
  const ended = facts.plans.filter((plan) => closed || plan.memberId === memberId)
  const muted = facts.accounts.filter((account) => !account.shared && account.mutedAt === null)
  const tasks = facts.matters.map(({ matter, number }) =>
    openTask(followUp(matter, number, facts), watching, at, ids, facts.told),
  )
  const detail: DeathDetail = {
    memberId,
    householdId: household.id,
    added: member === null,
    size: household.size,
    closed,
    plans: ended.map(({ id, openKey }) => ({ id, openKey: openKey ?? '' })),
    identityIds: muted.map(({ identityId }) => identityId),
    taskIds: tasks.map(({ task }) => task.id),
    caseIds: facts.open.map(({ id }) => id),
  }
  const actor = { kind: 'staff', id: staffId } as const
  return {
    memberId,
    closed,
    changes: [
      member
        ? update('Member', member.id, member.revision, { diedOn: on })
        : insert('Member', newMember(memberId, household.id, facts, on)),
      update('Household', household.id, household.revision, closed ? { closedOn: on } : { size: household.size - 1 }),
      ...ended.map((plan) => update('VisitPlan', plan.id, plan.revision, { closedOn: on, openKey: null })),
      ...(await Promise.all(ended.map((plan) => watching.end(plan.id, at)))).flat(),
      ...muted.map(({ identityId, identityRevision }) =>
        update('ChatIdentity', identityId, identityRevision, { mutedAt: at }),
      ),
      ...tasks.flatMap(({ changes }) => changes),
      ...facts.open.map((matter) =>
        event(ids, matter.id, at, actor, isTheirs(matter, facts) ? PERSON_DIED : 'death', memberId),
      ),
      audited(staffId, 'death', detail, on, at),
    ],
  }
}

const followUp = (matter: CaseRecord, number: string, { followUpOn }: DeathFacts) =>
  ({
    kind: 'death_followup',
    number,
    caseId: matter.id,
    householdId: matter.householdId,
    territoryId: matter.territoryId,
    assigneeId: matter.assigneeId,
    refId: null,
    detail: null,
    dueOn: followUpOn,
    seenFrom: matter.seenFrom,
    about: matter.id,
  }) as const

const newMember = (id: string, householdId: string, { name, relation }: DeathFacts, diedOn: PlainDate) => ({
  id,
  identity: `${householdId}|${name}|`,
  householdId,
  name,
  idNumber: null,
  birthOn: null,
  sex: null,
  relation,
  phone: null,
  health: null,
  workStatus: null,
  workPlace: null,
  skills: null,
  careFlag: null,
  diedOn,
  extra: null,
  revision: 0,
})

/** Found again by who logged it on which day. */
const audited = (
  staffId: string,
  action: 'death' | 'death_undone',
  detail: DeathDetail,
  on: PlainDate,
  at: Instant,
): Change =>
  insert('AuditEntry', {
    at,
    actor: `staff:${staffId}`,
    action,
    subject: `death ${staffId} ${on}`,
    detail: { ...detail, plans: detail.plans.map((plan) => ({ ...plan })) },
  })

export interface UndoFacts {
  readonly detail: DeathDetail
  readonly member: MemberRecord | null
  readonly household: HouseholdRecord
  readonly plans: readonly VisitPlanRecord[]
  readonly accounts: readonly PersonAccount[]
  readonly tasks: readonly TaskRecord[]
  readonly watching: Watching
  readonly zone: string
}

/** Logged by mistake: all of it as it was. */
export async function undoDeath(
  { detail, member, household, plans, accounts, tasks, watching, zone }: UndoFacts,
  staffId: string,
  at: Instant,
  ids: IdSource,
): Promise<readonly Change[]> {
  const again = plans.filter((plan) => plan.closedOn !== null)
  const keyOf = (plan: VisitPlanRecord) => detail.plans.find(({ id }) => id === plan.id)?.openKey ?? null
  const muted = accounts.filter(
    ({ identityId, mutedAt }) => detail.identityIds.includes(identityId) && mutedAt !== null,
  )
  const open = tasks.filter(({ closedAt }) => closedAt === null)
  const dropped = await Promise.all(open.map((task) => settleTask(task, 'dropped', staffId, watching, at)))
  const actor = { kind: 'staff', id: staffId } as const
  const person = member
    ? [detail.added ? remove('Member', member.id) : update('Member', member.id, member.revision, { diedOn: null })]
    : []
  return [
    ...person,
    update('Household', household.id, household.revision, detail.closed ? { closedOn: null } : { size: detail.size }),
    ...again.map((plan) => update('VisitPlan', plan.id, plan.revision, { closedOn: null, openKey: keyOf(plan) })),
    ...(await Promise.all(again.map((plan) => watching.restart('visit', plan.id, at)))).flat(),
    ...muted.map(({ identityId, identityRevision }) =>
      update('ChatIdentity', identityId, identityRevision, { mutedAt: null }),
    ),
    ...dropped.flat(),
    ...detail.caseIds.map((caseId) => event(ids, caseId, at, actor, DEATH_UNDONE, null)),
    audited(staffId, 'death_undone', detail, dateAt(at, zone), at),
  ]
}
