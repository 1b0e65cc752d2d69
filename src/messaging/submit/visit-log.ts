/** A visit that a staff member logs: kept, the plan cleared, the next one planned, and what was found opened as a lead. */
import type { Change } from '../../base/change.ts'
import { dateAt, parsePlainDate } from '../../base/time.ts'
import type { HouseholdRecord } from '../../domain/registry/ports.ts'
import { decideVisit, type LoggedVisit } from '../../domain/visits/log-visit.ts'
import type { TextRef } from '../../flow/effects.ts'
import type { Casework } from '../casework.ts'
import type { MatterMark } from '../channel.ts'
import type { HandlerResult, Say, StaffSpeaker, SubmitContext, SubmitHandler } from '../handlers.ts'
import { reportCase } from '../report-case.ts'
import { covers } from '../scope.ts'

const refused = (key: string, params: Record<string, string> = {}): HandlerResult => ({
  changes: [],
  say: [{ text: { key, params } }],
  notices: [],
  matter: null,
})

export const submitVisitLog =
  (casework: Casework): SubmitHandler =>
  async (context) => {
    const { submission, speaker, at, zone, ids } = context
    const { staff } = speaker
    if (!staff) return refused('visits:staff_only')
    const visit = readVisit(context, staff)
    if (visit.visitedOn > dateAt(at, zone)) return refused('visits:in_future', { date: visit.visitedOn })
    const [household] = await casework.registry.households([String(submission.answers['household'] ?? '')])
    const [place] = household ? await casework.registry.territories([household.territoryId]) : []
    if (!household || !place || !(household.helperId === staff.id || covers(staff, place.path)))
      return refused('visits:outside')

    const [plan] = await casework.visits.openPlansOf([household.id])
    const decision = await decideVisit(visit, household, plan ?? null, casework, at, ids)
    const lead =
      submission.answers['visit_log.opens_lead'] === 'true' ? await openLead(casework, household, staff, context) : null
    return {
      changes: [...decision.changes, ...(lead?.changes ?? [])],
      say: [
        { text: sentence(visit, household.head, decision) },
        ...(decision.lateDays > 0
          ? [{ text: { key: 'visits:logged_late', params: { count: decision.lateDays } } }]
          : []),
        ...(lead ? [{ text: { key: 'visits:logged_leads', params: { number: lead.matter.number } } }] : []),
      ] satisfies Say[],
      notices: lead?.notices ?? [],
      matter:
        lead?.matter ??
        (plan?.number && decision.cleared ? { number: plan.number, kind: 'visit', stage: 'visited' } : null),
    }
  }

function readVisit({ submission, submissionId, at, zone }: SubmitContext, staff: StaffSpeaker): LoggedVisit {
  const text = (name: string): string => {
    const answer = submission.answers[name]
    return typeof answer === 'string' ? answer : ''
  }
  const words = (name: string) => text(name).split(' ').filter(Boolean)
  return {
    staffId: staff.id,
    visitedOn: parsePlainDate(text('date')) ?? dateAt(at, zone),
    mode: text('mode') === 'phone' ? 'phone' : 'in_person',
    met: text('met') === 'none' ? 'none' : text('met') === 'family' ? 'family' : 'self',
    changes: words('changes'),
    gaps: words('gaps'),
    measures: text('measures') || null,
    wish: text('wish') || null,
    nextOn: parsePlainDate(text('next')),
    submissionId,
  }
}

function sentence(visit: LoggedVisit, household: string, decision: Awaited<ReturnType<typeof decideVisit>>): TextRef {
  const params = { household, date: visit.visitedOn, mode: { key: `visits:mode.${visit.mode}` } }
  if (decision.attempt) return { key: 'visits:logged_attempt', params }
  if (decision.callOnly) return { key: 'visits:logged_phone', params }
  if (decision.next) return { key: 'visits:logged_next', params: { ...params, next: decision.next.dueOn } }
  return { key: 'visits:logged', params }
}

/** A gap found at a visit is a lead of its own, found by staff. */
async function openLead(
  casework: Casework,
  household: HouseholdRecord,
  staff: StaffSpeaker,
  { submissionId, at, zone, ids }: SubmitContext,
): Promise<{ changes: readonly Change[]; notices: HandlerResult['notices']; matter: MatterMark }> {
  const { decision, notices } = await reportCase(
    casework,
    {
      kind: 'hardship',
      urgency: 'normal',
      source: 'cadre',
      territoryId: household.territoryId,
      identityId: null,
      profileId: null,
      householdId: household.id,
      personName: household.head,
      submissionId,
      alarm: null,
      actor: { kind: 'staff', id: staff.id },
    },
    { name: household.head, phone: household.phone, causes: null, what: { key: 'cases:staff.what_urgent' } },
    at,
    zone,
    ids,
  )
  const { number, kind, stage } = decision.matter
  // Whoever found it knows of it.
  const others = notices.filter((notice) => notice.to.kind !== 'staff' || notice.to.staffId !== staff.id)
  return { changes: decision.changes, notices: others, matter: { number, kind, stage } }
}
