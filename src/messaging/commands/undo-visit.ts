/** 记错了, 撤销: the visits that were logged last are taken back, on the same day. */
import { dateAt, instantOf } from '../../base/time.ts'
import { decideUndo, VISIT_LOGGED, type VisitUndo } from '../../domain/visits/undo-visit.ts'
import { normalise, unspaced } from '../../flow/answers/normalise.ts'
import type { TextRef } from '../../flow/effects.ts'
import type { Text } from '../../text/text.ts'
import type { Casework } from '../casework.ts'
import type { CommandContext, CommandHandler, HandlerResult, StaffSpeaker } from '../handlers.ts'
import { listed } from '../report-case.ts'
import { listOf } from '../visits/line-words.ts'

/** Days that are looked back over to say that it is too late. */
const RECENT_DAYS = 7

/** Where there is nothing to take back, that is said, and what there could be: staff who mean their own consent write so. */
export function undoVisitCommand(casework: Casework, text: Text): CommandHandler {
  const forms = listOf(text, 'visits:commands.undo').map((form) => unspaced(normalise(form)))
  return async (context) => {
    const { staff } = context.speaker
    const said = unspaced(normalise(context.text))
    if (!staff || context.choice !== null || context.group || !forms.includes(said)) return null
    return undone(casework, staff, context)
  }
}

const says = (...texts: readonly TextRef[]): HandlerResult => ({
  changes: [],
  say: texts.map((text) => ({ text })),
  notices: [],
  matter: null,
})

/** What one message logged is taken back together. */
async function undone(casework: Casework, staff: StaffSpeaker, { at, zone }: CommandContext): Promise<HandlerResult> {
  const { visits } = casework
  const today = dateAt(at, zone)
  const midnight = instantOf(today, '00:00', zone)
  const recent = await visits.loggedBy(staff.id, (midnight - RECENT_DAYS * 86_400_000) as typeof midnight)
  const [last] = recent
  if (!last) return says({ key: 'visits:undo.nothing' })
  if (last.loggedAt < midnight) return says({ key: 'visits:undo.late' })
  const all = recent.filter(({ loggedAt }) => loggedAt === last.loggedAt)
  const notes = await visits.noted(
    all.map(({ id }) => id),
    VISIT_LOGGED,
    all.length,
  )
  const before = new Map(notes.map(({ subject, detail }) => [subject, detail as unknown as VisitUndo]))
  const planIds = [...before.values()].flatMap((one) => [...one.plans.map(({ id }) => id), ...one.next])
  const [households, plans] = await Promise.all([
    visits.visited([...new Set(all.map(({ householdId }) => householdId))]),
    visits.plans([...new Set(planIds)]),
  ])
  const changes = []
  const names: TextRef[] = []
  const opened: string[] = []
  for (const visit of all) {
    const household = households.find(({ id }) => id === visit.householdId)
    const was = before.get(visit.id)
    if (!household || !was) return says({ key: 'visits:undo.late' })
    const made = plans.filter(({ id }) => was.next.includes(id))
    // Somebody else has settled what came in its place: taking this one back would undo that too.
    if (made.some(({ closedOn }) => closedOn !== null))
      return says({ key: 'visits:undo.later', params: { household: household.head } })
    changes.push(
      ...(await decideUndo({ visit, before: was, household, plans, watching: casework.watching }, staff.id, at)),
    )
    names.push({ literal: household.head })
    opened.push(...was.opened)
  }
  return {
    ...says(
      { key: 'visits:undo.done', params: { households: listed(names), date: last.visitedOn } },
      ...opened.map((number) => ({ key: 'visits:undo.opened', params: { number } })),
    ),
    changes,
  }
}
