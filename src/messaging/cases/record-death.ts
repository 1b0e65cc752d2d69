/** Reads what a death changes, decides, and says who must hear of it; undone the same day by whoever logged it. */
import type { IdSource } from '../../base/ids.ts'
import { addDays, dateAt, type Instant } from '../../base/time.ts'
import { decideDeath, undoDeath } from '../../domain/cases/death.ts'
import { matterNumber } from '../../domain/cases/matter-number.ts'
import type { MemberRecord } from '../../domain/measures/ports.ts'
import type { HouseholdRecord } from '../../domain/registry/ports.ts'
import { taskKey } from '../../domain/tasks/tasks.ts'
import type { VisitPlanRecord } from '../../domain/visits/ports.ts'
import type { Casework } from '../casework.ts'
import { answered, told } from '../commands/matter-for-staff.ts'
import type { HandlerResult, Notice, StaffSpeaker } from '../handlers.ts'

/** What a death asks of a household. */
export type Bereaved = Pick<HouseholdRecord, 'id' | 'head' | 'territoryId' | 'size' | 'helperId' | 'revision'>

export interface Died {
  readonly household: Bereaved
  /** Null for somebody whom the roster does not name. */
  readonly member: MemberRecord | null
  readonly name: string
  readonly relation: string | null
}

interface When {
  readonly at: Instant
  readonly zone: string
  readonly ids: IdSource
}

interface InOneCommit {
  /** Open visits of the household, where the same commit makes others than are stored. */
  readonly plans?: readonly VisitPlanRecord[]
  /** Matters about which the same commit asks already. */
  readonly asked?: ReadonlySet<string>
}

/** `matters`: ids of those that somebody is asked to look at. */
export async function recordDeath(
  casework: Casework,
  { household, member, name, relation }: Died,
  staff: StaffSpeaker,
  { at, zone, ids }: When,
  { plans, asked = new Set() }: InOneCommit = {},
): Promise<HandlerResult & { readonly matters: readonly string[] }> {
  const { deaths, visits, tasks, sequence, watching, measurePolicy, registry } = casework
  const on = dateAt(at, zone)
  const [open, accounts] = await Promise.all([
    plans ?? visits.openPlansOf([household.id]),
    deaths.accountsOfPerson({ id: member?.id ?? '', name }, household.id),
  ])
  const matters = await deaths.openMattersOf(
    household.id,
    accounts.map(({ profileId }) => profileId),
  )
  const numbered = []
  for (const matter of matters) {
    // One question about a matter, however many die.
    if (asked.has(matter.id) || (await tasks.taskByOpenKey(taskKey('death_followup', matter.id)))) continue
    numbered.push({ matter, number: matterNumber(on, await sequence.take(on)) })
  }
  const leave = watching.mayLeave('task', at)
  const decision = await decideDeath(
    {
      household,
      member,
      name,
      relation,
      plans: open,
      accounts,
      matters: numbered,
      open: matters,
      followUpOn: addDays(on, measurePolicy.deathFollowUpDays),
      watching,
      zone,
      told: leave,
    },
    staff.id,
    at,
    ids,
  )
  const [place] = await registry.territories([household.territoryId])
  const notBefore = leave > at ? leave : null
  const common = { name, head: household.head, village: place?.name ?? { key: 'cases:staff.no_village' } }
  const notices: Notice[] = matters.flatMap((matter) => {
    const text = { key: 'referrals:death.told_matter', params: { ...common, number: matter.number } }
    return told([matter.assigneeId], staff.id, [{ text }], matter, notBefore)
  })
  const knows = new Set(matters.map(({ assigneeId }) => assigneeId))
  if (household.helperId !== null && !knows.has(household.helperId)) {
    const text = { key: 'referrals:death.told_helper', params: common }
    notices.push(...told([household.helperId], staff.id, [{ text }], null, notBefore))
  }
  const shown = matters.filter(({ seenFrom }) => seenFrom === null).map((matter) => matter.number)
  return {
    changes: decision.changes,
    say: [
      { text: { key: decision.closed ? 'visits:died' : 'referrals:death.noted', params: { name } } },
      ...(shown.length > 0 ? [{ text: { key: 'referrals:death.open', params: { numbers: shown.join(' ') } } }] : []),
    ],
    notices,
    matter: null,
    matters: numbered.map(({ matter }) => matter.id),
  }
}

/** @returns null when this staff member logged no death today, or a visit after it: then something else was meant */
export async function takeBackDeath(
  casework: Casework,
  staff: StaffSpeaker,
  { at, zone, ids }: When,
): Promise<HandlerResult | null> {
  const { deaths, registry, visits, tasks, watching } = casework
  const logged = await deaths.deathsLogged(staff.id, dateAt(at, zone))
  const undone = new Set<string>()
  const last = logged.find(({ action, detail }) => {
    if (action === 'death_undone') undone.add(detail.memberId)
    return action === 'death' && !undone.delete(detail.memberId)
  })
  if (!last) return null
  const visited = await deaths.lastVisitLogged(staff.id)
  if (visited !== null && visited > last.at) return null
  const { detail } = last
  const [household] = await registry.households([detail.householdId])
  if (!household) return null
  const member = (await deaths.membersOf(household.id)).find(({ id }) => id === detail.memberId) ?? null
  const name = member?.name ?? household.head
  const [plans, accounts, asked] = await Promise.all([
    visits.plans(detail.plans.map(({ id }) => id)),
    deaths.accountsOfPerson({ id: detail.memberId, name }, household.id),
    tasks.tasks(detail.taskIds),
  ])
  const facts = { detail, member, household, plans, accounts, tasks: asked, watching, zone }
  const changes = await undoDeath(facts, staff.id, at, ids)
  return answered('referrals:death.undone', { name }, { changes })
}
