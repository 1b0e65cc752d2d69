/** 待办: what the staff member who asks has to do, most pressing first. Names and places, so in private only. */
import { addDays, dateAt, type PlainDate } from '../../base/time.ts'
import type { TextRef } from '../../flow/effects.ts'
import { normalise, unspaced } from '../../flow/answers/normalise.ts'
import type { Text } from '../../text/text.ts'
import type { Casework } from '../casework.ts'
import type { CommandHandler, StaffSpeaker } from '../handlers.ts'
import { maySee } from '../scope.ts'

/** Lines of one answer. */
const MOST_LINES = 20
const MOST_READ = 200

/** Visits are listed from this many days before their day. */
const DAYS_AHEAD = 2

interface ToDo {
  readonly due: string
  readonly number: string
  readonly what: TextRef
}

export function toDoCommand(casework: Casework, text: Text): CommandHandler {
  const words = new Set(
    text.languages.flatMap((language) => {
      const forms = text.object(language, 'cases:commands.todo')
      return Array.isArray(forms) ? forms.map((form) => unspaced(normalise(String(form)))) : []
    }),
  )
  return async ({ text: said, choice, group, speaker, at, zone }) => {
    if (choice !== null || !speaker.staff || !words.has(unspaced(normalise(said)))) return null
    if (group) return sayAll([{ key: 'visits:todo.private' }])
    const list = await toDoOf(casework, speaker.staff, dateAt(at, zone))
    if (list.length === 0) return sayAll([{ key: 'visits:todo.none' }])
    const lines = list.slice(0, MOST_LINES).map(({ number, what }, place): TextRef => {
      // A visit has no number before its first reminder.
      if (number === '') return { key: 'visits:todo.line_unnumbered', params: { n: place + 1, what } }
      return { key: 'visits:todo.line', params: { n: place + 1, number, what } }
    })
    const more = list.length - lines.length
    return sayAll([
      { key: 'visits:todo.title', params: { count: list.length } },
      ...lines,
      ...(more > 0 ? [{ key: 'visits:todo.more', params: { count: more } }] : []),
    ])
  }
}

/** One message, a sentence a line. */
function sayAll(sentences: readonly TextRef[]) {
  return { changes: [], say: sentences.map((text) => ({ text })), notices: [], matter: null }
}

async function toDoOf(casework: Casework, staff: StaffSpeaker, on: PlainDate): Promise<readonly ToDo[]> {
  const { cases, visits, registry } = casework
  const [assigned, plans] = await Promise.all([
    cases.openCasesAssignedTo(staff.id, MOST_READ),
    visits.openPlansAssignedTo(staff.id, addDays(on, DAYS_AHEAD), MOST_READ),
  ])
  const households = new Map(
    (await registry.households(plans.flatMap((plan) => plan.householdId ?? []))).map((row) => [row.id, row]),
  )
  const placeIds = [...new Set([...assigned, ...plans].map((each) => each.territoryId))]
  const places = new Map((await registry.territories(placeIds)).map((place) => [place.id, place]))
  const matters = assigned.filter((one) => maySee(staff, one.seenFrom, places.get(one.territoryId)?.path ?? ''))
  const where = (territoryId: string): string | TextRef =>
    places.get(territoryId)?.name ?? { key: 'cases:staff.no_village' }
  const list: ToDo[] = [
    ...matters.map((matter): ToDo => ({
      due: matter.stageDueOn ?? matter.decideBy ?? '9999',
      number: matter.number,
      what: {
        key: matter.stageDueOn === null ? 'visits:todo.case' : 'visits:todo.case_due',
        params: {
          kind: { key: `cases:kind_staff.${matter.kind}` },
          who: matter.personName ?? { key: 'cases:staff.no_name' },
          where: where(matter.territoryId),
          stage: { key: `cases:stage.${matter.stage}` },
          due: matter.stageDueOn ?? '',
        },
      },
    })),
    ...plans.map((plan): ToDo => ({
      due: plan.dueOn,
      number: plan.number ?? '',
      what: {
        key: 'visits:todo.visit',
        params: {
          who: households.get(plan.householdId ?? '')?.head ?? { key: 'cases:staff.no_name' },
          where: where(plan.territoryId),
          due: plan.dueOn,
        },
      },
    })),
  ]
  return list.sort((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : a.number < b.number ? -1 : 1))
}
