/** 经过 26112200012: every step of a matter, who, when, from where and what. Private: it holds what people said. */
import { formatInstant } from '../../base/time.ts'
import type { CaseRecord, TimelineEntry } from '../../domain/cases/ports.ts'
import type { TextRef } from '../../flow/effects.ts'
import type { Text } from '../../text/text.ts'
import type { Casework } from '../casework.ts'
import { findMatter } from '../cases/find-matter.ts'
import { markOf, stageWords } from '../cases/step-words.ts'
import type { CommandContext, CommandHandler, HandlerResult, StaffSpeaker } from '../handlers.ts'
import { notAMatter } from './not-a-matter.ts'
import { readStageWord, stageForms } from './stage-said.ts'

/** Lines of one answer, the newest. */
const MOST_LINES = 40
const TAPPED = /^stage:timeline:(\d{11,16})$/

export function timelineCommand(casework: Casework, text: Text): CommandHandler {
  const forms = stageForms(text)
  return async (context) => {
    const { staff } = context.speaker
    const said = context.choice === null ? readStageWord(context.text, forms) : null
    const number =
      context.choice !== null
        ? TAPPED.exec(context.choice)?.[1]
        : said?.word === 'timeline'
          ? said.numbers[0]
          : undefined
    if (number === undefined) {
      const isAlone = said?.word === 'timeline' && said.reason === null && said.lateReason === null
      return isAlone && staff && !context.group ? says({ key: 'stages:which', params: { word: said.form } }) : null
    }
    if (!staff) return says({ key: 'cases:staff.bind_first' })
    return shown(casework, number, staff, context, text)
  }
}

const says = (text: TextRef): HandlerResult => ({ changes: [], say: [{ text }], notices: [], matter: null })

async function shown(
  casework: Casework,
  number: string,
  staff: StaffSpeaker,
  context: CommandContext,
  text: Text,
): Promise<HandlerResult> {
  const found = await findMatter(casework, number, staff)
  if (found.kind !== 'found') return (await notAMatter(casework, number, staff, context)) ?? says(found.say)
  if (context.group) return says({ key: 'stages:group.no_details', params: { number } })
  const { matter } = found
  const entries = await casework.progress.timeline(matter.id)
  const listed = entries.slice(-MOST_LINES)
  const names = await namesOf(casework, listed, matter)
  const has = (key: string) => text.has(key, context.speaker.language)
  const lines = listed.map((entry) => lineOf(entry, names, context.zone, has))
  const left = entries.length - listed.length
  const title: TextRef = { key: 'stages:timeline.title', params: { number } }
  const all = left > 0 ? [title, { key: 'stages:timeline.more', params: { count: left } }, ...lines] : [title, ...lines]
  return { changes: [], say: all.map((one) => ({ text: one })), notices: [], matter: markOf(matter) }
}

/** Staff who acted, or to whom it was given, by id. */
async function namesOf(
  { registry }: Casework,
  entries: readonly TimelineEntry[],
  { personName }: CaseRecord,
): Promise<{ readonly staff: ReadonlyMap<string, string>; readonly villager: string | null }> {
  const ids = entries.flatMap(({ actor, actorId, what, detail }) => [
    ...(actor === 'staff' && actorId !== null ? [actorId] : []),
    ...(what === 'assigned' && detail !== null ? [detail] : []),
  ])
  const staff = ids.length === 0 ? [] : await registry.staff([...new Set(ids)])
  return { staff: new Map(staff.map(({ id, name }) => [id, name])), villager: personName }
}

type Names = Awaited<ReturnType<typeof namesOf>>

/** Details that say something to a person as they stand. */
const PLAIN = new Set([
  'reason',
  'late_reason',
  'hard',
  'compared',
  'verification_refused',
  'on',
  'corrected',
  'referral_answered',
  'referral_returned',
  'merged_here',
  'split_off',
  'transcribed',
])

function lineOf(entry: TimelineEntry, names: Names, zone: string, has: (key: string) => boolean): TextRef {
  const { at, actor, actorId, what } = entry
  const named = `stages:timeline.what.${what}`
  const who: TextRef =
    actor !== 'staff'
      ? { key: `stages:timeline.${actor}` }
      : {
          key: 'stages:timeline.staff',
          params: { name: names.staff.get(actorId ?? '') ?? { key: 'stages:timeline.staff_unknown' } },
        }
  const when = { literal: formatInstant(at, zone).slice(0, 16).replace('T', ' ') }
  const event: TextRef = { key: has(named) ? named : 'stages:timeline.what.other' }
  const detail = detailOf(entry, names)
  const told = detail === null ? event : { key: 'stages:timeline.with', params: { what: event, detail } }
  // One sentence for all of them: lines of one kind stand close together.
  return { key: 'stages:timeline.line', params: { when, who, what: told } }
}

function detailOf({ what, detail }: TimelineEntry, names: Names): TextRef | null {
  if (detail === null) return null
  if (PLAIN.has(what)) return { literal: detail }
  switch (what) {
    case 'stage':
    case 'passed':
    case 'not_passed':
    case 'reopened':
      return stageWords(detail)
    case 'assigned':
      return { literal: names.staff.get(detail) ?? '' }
    case 'opened':
      return { key: `cases:urgency.${detail}` }
    case 'for_department':
    case 'referred_part':
      return { key: `cases:department.${detail}` }
    case 'noted':
      return { key: `cases:note.${detail}` }
    case 'verified':
      return findingIn(detail)
    case 'remedied':
      return { key: `stages:remedied.${detail}` }
    default:
      return null
  }
}

/** What the two found, and the income per head; what they were told stays in the form. */
function findingIn(detail: string): TextRef {
  const { result, per_capita: perCapita } = JSON.parse(detail) as { result: string; per_capita: number }
  const words = { key: `flows/verification:choices.result.${result}.label` }
  return { key: 'stages:timeline.finding', params: { result: words, perCapita } }
}
