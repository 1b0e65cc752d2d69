/** A visit that a staff member logs by answering the flow: kept, plans cleared, what was found opened as a lead. */
import { addDays, dateAt, parsePlainDate } from '../../base/time.ts'
import type { LoggedVisit } from '../../domain/visits/log-visit.ts'
import type { TextRef } from '../../flow/effects.ts'
import { deathsAtVisits } from '../cases/death-at-visit.ts'
import type { Casework } from '../casework.ts'
import type { HandlerResult, StaffSpeaker, SubmitContext, SubmitHandler } from '../handlers.ts'
import { covers } from '../scope.ts'
import { makeVisit } from '../visits/made-visit.ts'
import { sentencesOf } from '../visits/visit-words.ts'
import { textOf } from './answer-text.ts'

const refused = (text: TextRef): HandlerResult => ({ changes: [], say: [{ text }], notices: [], matter: null })

export const submitVisitLog =
  (casework: Casework): SubmitHandler =>
  async (context) => {
    const { submission, speaker, at, zone } = context
    const { staff } = speaker
    if (!staff) return refused({ key: 'visits:staff_only' })
    const visit = readVisit(context, staff)
    const today = dateAt(at, zone)
    const params = { date: visit.visitedOn }
    if (visit.visitedOn > today) return refused({ key: 'visits:in_future', params })
    if (visit.visitedOn < addDays(today, -casework.plans.logBack))
      return refused({ key: 'visits:too_long_ago', params })
    const [household] = await casework.visits.visited([textOf(submission.answers, 'household')])
    const [place] = household ? await casework.registry.territories([household.territoryId]) : []
    if (!household || !place || !(household.helperId === staff.id || covers(staff, place.path)))
      return refused({ key: 'visits:outside' })
    const made = await makeVisit(casework, staff, visit, household, context)
    const deaths = await deathsAtVisits(casework, staff, [made], context)
    return {
      changes: [...made.changes, ...deaths.changes],
      say: [...sentencesOf(made).map((text) => ({ text })), ...deaths.say],
      notices: [...made.notices, ...deaths.notices],
      matter: made.matter,
    }
  }

function readVisit({ submission, submissionId, at, zone }: SubmitContext, staff: StaffSpeaker): LoggedVisit {
  const text = (name: string): string => textOf(submission.answers, name)
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
