/** A visit to one household as staff log it, by whatever way: kept, plans cleared, what was found opened as a lead. */
import { seal, type Change } from '../../base/change.ts'
import type { IdSource } from '../../base/ids.ts'
import { dateAt, type Instant, type PlainDate } from '../../base/time.ts'
import { event } from '../../domain/cases/report.ts'
import { leadIn, readChain } from '../../domain/registry/responsible.ts'
import { decideVisit, type LoggedVisit, type VisitDecision } from '../../domain/visits/log-visit.ts'
import type { Finding } from '../../domain/visits/plans.ts'
import type { VisitedHousehold, VisitPlanRecord } from '../../domain/visits/ports.ts'
import type { TextRef } from '../../flow/effects.ts'
import type { Casework } from '../casework.ts'
import type { MatterMark } from '../channel.ts'
import type { Notice, StaffSpeaker } from '../handlers.ts'
import { listed, reportCase } from '../report-case.ts'

export interface Moment {
  readonly at: Instant
  readonly zone: string
  readonly ids: IdSource
}

export interface MadeVisit {
  readonly household: VisitedHousehold
  readonly visit: LoggedVisit
  readonly decision: VisitDecision
  readonly changes: readonly Change[]
  readonly notices: readonly Notice[]
  /** Matters of the household that what was found belongs to. */
  readonly leads: readonly MatterMark[]
  /** The plan that it cleared, where that has a number, else the first lead. */
  readonly matter: MatterMark | null
}

/** Timeline entry of a look-back: the day that its visits are counted from. */
export const LOOKED_BACK_FROM = 'look_back_from'

export async function makeVisit(
  casework: Casework,
  staff: StaffSpeaker,
  visit: LoggedVisit,
  household: VisitedHousehold,
  moment: Moment,
): Promise<MadeVisit> {
  const { at, ids } = moment
  const plans = await casework.visits.openPlansOf([household.id])
  const found = await leadsOf(casework, staff, visit, household, moment)
  const decision = await decideVisit(
    visit,
    household,
    plans,
    { ...casework, entered: await enteredDays(casework, plans), opened: found.opened },
    at,
    ids,
  )
  const told = await leadTold(casework, staff, decision, household, moment)
  const numbered = decision.cleared.find(({ number }) => number !== null)
  const cleared = numbered?.number ? { number: numbered.number, kind: 'visit', stage: 'visited' } : null
  return {
    household,
    visit,
    decision,
    changes: [...decision.changes, ...found.changes],
    notices: [...found.notices, ...told],
    leads: found.matters,
    matter: found.matters[0] ?? cleared,
  }
}

/** Plan → the day on which its matter entered the stage that the plan counts from. */
export async function enteredDays(
  { cases }: Casework,
  plans: readonly VisitPlanRecord[],
): Promise<ReadonlyMap<string, PlainDate>> {
  const followed = plans.filter((plan): plan is VisitPlanRecord & { caseId: string } => plan.caseId !== null)
  if (followed.length === 0) return new Map()
  const entries = await cases.eventDetails([...new Set(followed.map(({ caseId }) => caseId))], LOOKED_BACK_FROM)
  const days = new Map(entries.map(({ caseId, detail }) => [caseId, detail as PlainDate]))
  return new Map(
    followed.flatMap(({ id, caseId }) => {
      const day = days.get(caseId)
      return day ? [[id, day] as const] : []
    }),
  )
}

interface Found {
  readonly changes: readonly Change[]
  readonly notices: readonly Notice[]
  readonly matters: readonly MatterMark[]
  /** Numbers of those that were not there before. */
  readonly opened: readonly string[]
}

/** What was found is a lead of its own, found by staff: one for each kind, whether it is there already or not. */
async function leadsOf(
  casework: Casework,
  staff: StaffSpeaker,
  visit: LoggedVisit,
  household: VisitedHousehold,
  { at, zone, ids }: Moment,
): Promise<Found> {
  const said = [
    ...visit.changes.map((name) => ({ what: name, label: { key: `lists:changes.${name}.label` } })),
    ...visit.gaps.map((name) => ({ what: `gap_${name}`, label: { key: `lists:gaps.${name}.label` } })),
  ]
  const kinds = new Map<string, { finding: Finding; label: TextRef }[]>()
  for (const { what, label } of visit.met === 'none' ? [] : said) {
    const finding = casework.plans.finding(what)
    if (finding) kinds.set(finding.kind, [...(kinds.get(finding.kind) ?? []), { finding, label }])
  }
  const found = {
    changes: [] as Change[],
    notices: [] as Notice[],
    matters: [] as MatterMark[],
    opened: [] as string[],
  }
  const actor = { kind: 'staff', id: staff.id } as const
  for (const [kind, findings] of kinds) {
    const departments = [...new Set(findings.flatMap(({ finding }) => finding.department ?? []))]
    const { decision, notices } = await reportCase(
      casework,
      {
        kind,
        urgency: 'normal',
        source: 'cadre',
        territoryId: household.territoryId,
        identityId: null,
        profileId: null,
        householdId: household.id,
        personName: household.head,
        submissionId: visit.submissionId,
        alarm: null,
        departments,
        actor,
      },
      {
        name: household.head,
        phone: household.phone,
        causes: listed(findings.map(({ label }) => label)),
        what: { key: 'cases:staff.what_urgent' },
      },
      at,
      zone,
      ids,
    )
    const { id, number, stage } = decision.matter
    found.changes.push(
      ...decision.changes,
      ...(visit.wish === null ? [] : [event(ids, id, at, actor, 'found', seal(visit.wish))]),
    )
    // Whoever found it knows of it.
    found.notices.push(...notices.filter(({ to }) => to.kind !== 'staff' || to.staffId !== staff.id))
    found.matters.push({ number, kind, stage })
    if (decision.kind === 'opened') found.opened.push(number)
  }
  return found
}

/** Nobody was met so often in a row: whoever leads hears of it, each time from then on. */
async function leadTold(
  casework: Casework,
  staff: StaffSpeaker,
  { attempts }: VisitDecision,
  household: VisitedHousehold,
  { at, zone }: Moment,
): Promise<readonly Notice[]> {
  if (attempts < casework.plans.tellLeadAfter) return []
  const params = { who: household.head, staff: staff.name, count: attempts }
  return tellLead(casework, staff, household.territoryId, { key: 'visits:attempts_lead', params }, at, zone)
}

/** A line to whoever leads the township of a place, unless that is the one who speaks. */
export async function tellLead(
  casework: Casework,
  staff: StaffSpeaker,
  territoryId: string,
  text: TextRef & { readonly params?: Readonly<Record<string, string | number | TextRef>> },
  at: Instant,
  zone: string,
): Promise<readonly Notice[]> {
  const chain = await readChain(casework.registry, territoryId)
  const lead = leadIn(chain, 'township', dateAt(at, zone))
  if (lead === null || lead === staff.id) return []
  const where: string | TextRef = chain.lineage[0]?.name ?? { key: 'cases:staff.no_village' }
  const leave = casework.watching.mayLeave('task', at)
  const said = 'key' in text ? { ...text, params: { ...text.params, where } } : text
  return [
    {
      to: { kind: 'staff', staffId: lead },
      say: [{ text: said }],
      matter: null,
      reminder: null,
      notBefore: leave > at ? leave : null,
    },
  ]
}
