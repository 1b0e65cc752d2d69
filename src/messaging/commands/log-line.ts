/** `走访 张国强 上门 无变化`, `1 3 5 上门 无变化`: visits in one line. All that it names are logged, or none. */
import { addDays, dateAt, type PlainDate } from '../../base/time.ts'
import type { LoggedVisit } from '../../domain/visits/log-visit.ts'
import { normalise } from '../../flow/answers/normalise.ts'
import type { TextRef } from '../../flow/effects.ts'
import type { Text } from '../../text/text.ts'
import { deathsAtVisits } from '../cases/death-at-visit.ts'
import type { Casework } from '../casework.ts'
import type { CommandContext, CommandHandler, HandlerResult, StaffSpeaker } from '../handlers.ts'
import type { PickedHousehold, PickerReads } from '../ports.ts'
import { listed } from '../report-case.ts'
import { answerablePlan } from '../visits/answerable-plan.ts'
import { householdFinder, type HouseholdFinder } from '../visits/find-households.ts'
import { lineWords, listOf } from '../visits/line-words.ts'
import { makeVisit, type MadeVisit } from '../visits/made-visit.ts'
import { readLine, type SaidDay, type VisitLine } from '../visits/read-line.ts'
import { lastShown } from '../visits/shown-list.ts'
import { linesOf } from '../visits/visit-words.ts'

const FLOW = 'visit_log'
/** A day that was said and may be to come, or have been, was within so many days. */
const RECENT_DAYS = 31
/** Places in the list, and nothing about them. */
const ONLY_NUMBERS = /^\d{1,2}(?:[\s,、;。.]+\d{1,2})+$/u
/** Households of one line. */
const MOST = 20

export function logLineCommand(casework: Casework, reads: PickerReads, text: Text): CommandHandler {
  const words = lineWords(text)
  const endings = listOf(text, 'visits:words.endings')
  return async (context) => {
    const { staff } = context.speaker
    if (!staff || context.choice !== null) return null
    const numbers = ONLY_NUMBERS.exec(normalise(context.text))?.[0]
    if (numbers !== undefined && !context.group)
      return answer({ key: 'visits:line.only_numbers', params: { said: numbers } })
    const line = readLine(context.text, words, dateAt(context.at, context.zone))
    if (!line || (line.verb !== null && line.names.length === 0 && line.numbers.length === 0)) return null
    if (context.group) return isComplete(line) ? answer({ key: 'visits:line.private' }) : null
    return logged(casework, await householdFinder(reads, staff, endings), line, staff, context)
  }
}

const answer = (text: TextRef): HandlerResult => ({ changes: [], say: [{ text }], notices: [], matter: null })

const isComplete = (line: VisitLine): boolean =>
  line.met === 'none' || line.changes.length > 0 || line.gaps.length > 0 || line.others.length > 0

type Chosen = { readonly ids: readonly string[] } | { readonly refused: Awaited<ReturnType<CommandHandler>> }

async function logged(
  casework: Casework,
  finder: HouseholdFinder,
  line: VisitLine,
  staff: StaffSpeaker,
  context: CommandContext,
): ReturnType<CommandHandler> {
  const today = dateAt(context.at, context.zone)
  const day = dayOf(line.day, today, casework.plans.logBack)
  if (typeof day !== 'string') return answer(day)
  const next = line.next === null ? null : nextOf(line.next, day)
  if (next !== null && typeof next !== 'string') return answer(next)

  const said = await otherWords(finder, line)
  const chosen =
    line.numbers.length > 0
      ? await numbered(casework, staff, line.numbers, context)
      : await named(finder, [...line.names, ...said.names], line, day)
  if ('refused' in chosen) return chosen.refused
  if (chosen.ids.length === 0) return null
  const [first = ''] = chosen.ids
  if (!isComplete(line)) {
    if (chosen.ids.length > 1)
      return answer({
        key: 'visits:line.no_result',
        params: { names: listed(line.names.map((literal) => ({ literal }))) },
      })
    return {
      ...answer({ literal: '' }),
      say: [],
      start: { flow: FLOW, answers: { household: first, ...given(line, day) } },
    }
  }

  const households = await casework.visits.visited([...new Set(chosen.ids)].slice(0, MOST))
  const visit: LoggedVisit = {
    staffId: staff.id,
    visitedOn: day,
    mode: line.mode ?? line.verb ?? 'in_person',
    met: line.met ?? 'self',
    changes: changesOf(line, said.words),
    gaps: line.met === 'none' ? [] : line.gaps,
    measures: line.measures,
    wish: said.words.length > 0 ? said.words.join(' ') : null,
    nextOn: next,
    submissionId: null,
  }
  const all: MadeVisit[] = []
  for (const id of chosen.ids) {
    const household = households.find((one) => one.id === id)
    if (household) all.push(await makeVisit(casework, staff, visit, household, context))
  }
  const deaths = await deathsAtVisits(casework, staff, all, context)
  return {
    changes: [...all.flatMap(({ changes }) => changes), ...deaths.changes],
    say: [...[...linesOf(all), { key: 'visits:line.undo' }].map((text) => ({ text })), ...deaths.say],
    notices: [...all.flatMap(({ notices }) => notices), ...deaths.notices],
    matter: all.find(({ matter }) => matter !== null)?.matter ?? null,
  }
}

/** Nothing can be known of somebody who was not met. */
function changesOf(line: VisitLine, words: readonly string[]): readonly string[] {
  if (line.met === 'none') return []
  const changes = line.changes.length > 1 ? line.changes.filter((change) => change !== 'none') : line.changes
  return words.length > 0 && !changes.some((change) => change !== 'none') ? ['other'] : changes
}

/** What the flow need not ask. */
const given = ({ mode, verb }: VisitLine, day: PlainDate): Readonly<Record<string, string>> => ({
  date: day,
  ...(mode !== null ? { mode } : verb === 'phone' ? { mode: verb } : {}),
})

/** The day that was said, not to come and not too long ago; where two may be meant, which is asked. */
function dayOf(said: SaidDay | null, today: PlainDate, logBack: number): PlainDate | TextRef {
  if (said === null) return today
  if (said === 'impossible') return { key: 'visits:no_such_day' }
  // 周五 may be the last one; a day without its year that is yet to come is not last year's.
  const first = said.days.find((day, place) => day <= today && (place === 0 || day >= addDays(today, -RECENT_DAYS)))
  if (!first) return { key: 'visits:in_future', params: { date: said.days[0] ?? today } }
  if (first < addDays(today, -logBack)) return { key: 'visits:too_long_ago', params: { date: first } }
  return first
}

function nextOf(said: SaidDay, visitedOn: PlainDate): PlainDate | TextRef {
  if (said === 'impossible') return { key: 'visits:no_such_day' }
  return (
    said.days.find((day) => day > visitedOn) ?? { key: 'visits:mute.in_past', params: { date: said.days[0] ?? '' } }
  )
}

/** Behind the words that are known: another name, else what was said there. */
async function otherWords(finder: HouseholdFinder, { others }: VisitLine) {
  const names: string[] = []
  const words: string[] = []
  for (const other of others) ((await finder.find(other)).kind === 'none' ? words : names).push(other)
  return { names, words }
}

async function named(
  finder: HouseholdFinder,
  names: readonly string[],
  line: VisitLine,
  day: PlainDate,
): Promise<Chosen> {
  const ids: string[] = []
  for (const name of names) {
    const found = await finder.find(name)
    if (found.kind === 'one') ids.push(found.household.id)
    // A line that says nothing but a name may be something else altogether.
    else if (found.kind === 'none') return { refused: isComplete(line) || names.length > 1 ? notFound(name) : null }
    else
      return {
        refused:
          names.length > 1 ? severalNamed(name, found.households) : oneOfSeveral(name, found.households, line, day),
      }
  }
  return { ids: [...new Set(ids)] }
}

const notFound = (name: string) => answer({ key: 'visits:line.not_found', params: { name } })

function severalNamed(name: string, households: readonly PickedHousehold[]) {
  const places = [...new Set(households.map(({ territoryName }) => territoryName))]
  const example = `${places[0] ?? ''}${households[0]?.head ?? name}`
  return answer({
    key: 'visits:line.several',
    params: { name, places: listed(places.map((literal) => ({ literal }))), example },
  })
}

/** Of two villages the place tells them apart; within one village the flow lets choose, and asks nothing else again. */
function oneOfSeveral(name: string, households: readonly PickedHousehold[], line: VisitLine, day: PlainDate) {
  const places = new Set(households.map(({ territoryName }) => territoryName))
  if (places.size === households.length) return severalNamed(name, households)
  const answers = {
    ...given(line, day),
    mode: line.mode ?? line.verb ?? 'in_person',
    ...(isComplete(line) && { met: line.met ?? 'self' }),
    ...(line.changes.length > 0 && { changes: line.changes.join(' ') }),
  }
  return { ...answer({ key: 'visits:line.several_here', params: { name } }), start: { flow: FLOW, answers } }
}

/** Places in the list that was shown last, as far as they are still to be done and still one's own. */
async function numbered(
  casework: Casework,
  staff: StaffSpeaker,
  numbers: readonly number[],
  { speaker: { identityId } }: CommandContext,
): Promise<Chosen> {
  const shown = await lastShown(casework.visits, identityId)
  if (!shown) return { refused: answer({ key: 'visits:line.no_list' }) }
  const ids: string[] = []
  for (const number of numbers) {
    if (!shown[number - 1]) return { refused: answer({ key: 'visits:line.no_number', params: { n: number } }) }
    const about = await answerablePlan(casework, { identityId, staff }, String(number))
    if (about?.kind === 'refused') return { refused: answer({ key: about.key, params: { number } }) }
    if (about?.kind !== 'visit') return { refused: answer({ key: 'visits:line.not_a_visit', params: { n: number } }) }
    ids.push(about.household.id)
  }
  return { ids: [...new Set(ids)] }
}
