/** A match becomes a lead: a matter of its household with source `data`; one that is known already gets an entry on its timeline. */
import { seal, update, type Change } from '../../base/change.ts'
import type { IdSource } from '../../base/ids.ts'
import type { Instant } from '../../base/time.ts'
import type { WorkingCalendar } from '../calendar/working-days.ts'
import type { CaseRecord } from '../cases/ports.ts'
import { decideReport, event } from '../cases/report.ts'
import type { CaseStages } from '../cases/stages.ts'
import type { RoutingPolicy } from '../measures/routing.ts'
import type { Watching } from '../watching.ts'
import { LEAD_KIND } from './match.ts'
import type { RosterHousehold, RoundRecord, RowRecord } from './ports.ts'

/** Name of timeline entries whose detail is a DataFound as JSON, sealed. */
export const DATA_FOUND = 'data_found'

export interface DataFound {
  readonly round: string
  readonly source: string
  /** risk_cause */
  readonly cause: string
  readonly name: string | null
  readonly amount: number | null
  readonly happenedOn: string | null
  readonly note: string | null
}

export interface LeadFacts {
  readonly round: Pick<RoundRecord, 'round' | 'source' | 'kind'>
  readonly household: RosterHousehold
  /** Matters of the household, oldest first. */
  readonly cases: readonly CaseRecord[]
  /** From the matter sequence; used when a matter is opened. */
  readonly number: string
  /** Who answers for the household. */
  readonly assigneeId: string | null
  readonly actor: { readonly kind: 'staff'; readonly id: string }
  readonly stages: CaseStages
  readonly routing: Pick<RoutingPolicy, 'departmentsOf'>
  readonly calendar: WorkingCalendar
  readonly watching: Watching
}

export interface Lead {
  readonly kind: 'opened' | 'known'
  /** Null for a household that is monitored and never had a matter. */
  readonly matter: CaseRecord | null
  readonly changes: readonly Change[]
}

export const openCaseOf = (cases: readonly CaseRecord[]): CaseRecord | null =>
  cases.find((matter) => matter.kind === LEAD_KIND && matter.closedAt === null) ?? null

/** An entry on the timeline of a matter: what a department knows of its household. */
function foundEntry(
  row: RowRecord,
  round: LeadFacts['round'],
  matter: CaseRecord,
  actor: LeadFacts['actor'],
  at: Instant,
  ids: IdSource,
): Change {
  const found: DataFound = {
    round: round.round,
    source: round.source,
    cause: round.kind,
    name: row.name,
    amount: row.amount,
    happenedOn: row.happenedOn,
    note: row.note,
  }
  return event(ids, matter.id, at, actor, DATA_FOUND, seal(JSON.stringify(found)))
}

/** What was known when it was compared: an entry on its matter, once; nothing for a household that never had one. */
export function noteKnown(
  row: RowRecord,
  { round, cases, actor }: Pick<LeadFacts, 'round' | 'cases' | 'actor'>,
  at: Instant,
  ids: IdSource,
): readonly Change[] {
  const matter = openCaseOf(cases) ?? cases.at(-1)
  if (!matter || row.caseId !== null) return []
  return [
    update('ComparisonRow', row.id, row.revision, { caseId: matter.id }),
    foundEntry(row, round, matter, actor, at, ids),
  ]
}

/** The lead's day is the day on which it is opened: before the county released it, nobody was asked to look. */
export function openLead(row: RowRecord, facts: LeadFacts, at: Instant, zone: string, ids: IdSource): Lead {
  const { round, household, cases, actor } = facts
  const entry = (matter: CaseRecord) => foundEntry(row, round, matter, actor, at, ids)
  const settled = (state: 'opened' | 'known', matter: CaseRecord | null) =>
    update('ComparisonRow', row.id, row.revision, {
      state,
      householdId: household.id,
      caseId: matter?.id ?? null,
    })

  const open = openCaseOf(cases)
  if (open || household.monitoredType !== null) {
    const matter = open ?? cases.at(-1) ?? null
    return { kind: 'known', matter, changes: [settled('known', matter), ...(matter ? [entry(matter)] : [])] }
  }
  const { matter, changes } = decideReport(
    {
      kind: LEAD_KIND,
      urgency: 'normal',
      source: 'data',
      territoryId: household.territoryId,
      identityId: null,
      profileId: null,
      householdId: household.id,
      personName: household.head,
      submissionId: null,
      alarm: null,
      departments: facts.routing.departmentsOf([round.kind]),
      actor,
    },
    { ...facts, open: null },
    // The clock tells it, in one message with everything else that is due for that person.
    null,
    at,
    zone,
    ids,
  )
  return { kind: 'opened', matter, changes: [...changes, settled('opened', matter), entry(matter)] }
}
