/** 本月情况: the month so far within one's own scope, as a text that may be passed on. In a group the counts alone. */
import { dateAt } from '../../base/time.ts'
import { monthBefore, monthOf, readMonth } from '../../domain/month/figures.ts'
import type { MonthReads } from '../../domain/month/ports.ts'
import type { RegistryReads } from '../../domain/registry/ports.ts'
import type { TextRef } from '../../flow/effects.ts'
import type { Text } from '../../text/text.ts'
import type { CommandContext, CommandHandler, HandlerResult, StaffSpeaker } from '../handlers.ts'
import { covers } from '../scope.ts'
import { monthLines, monthTitle } from './month-lines.ts'
import { commandWords } from './typed.ts'

/** Places of one answer: somebody with more roles sees the first ones. */
const MOST_PLACES = 5

interface MonthParts {
  readonly month: MonthReads
  readonly registry: Pick<RegistryReads, 'within' | 'territories' | 'group'>
}

export function monthCommand(parts: MonthParts, text: Text): CommandHandler {
  const words = commandWords(text, 'month', ['month', 'last'] as const)
  return async (context) => {
    const { choice, group, speaker } = context
    const typed = choice === null ? words.read(context.text) : null
    if (!typed || typed.numbers.length > 0 || typed.rest !== '') return null
    const { staff } = speaker
    if (!staff || staff.scopes.length === 0) return group ? null : said([{ key: 'month:no_scope' }])
    const on = dateAt(context.at, context.zone)
    const month = typed.word === 'last' ? monthBefore(on) : monthOf(on)
    const places = group ? await placeOfGroup(parts, context, staff) : placesOf(staff)
    if (places.length === 0) return said([{ key: 'month:no_scope' }])
    const answers: TextRef[] = []
    for (const place of places) answers.push(...(await told(parts, place, month, context)))
    return said([...answers, ...(group ? [] : [{ key: 'month:safe' }])])
  }
}

interface Place {
  readonly territoryId: string
  /** Null in a group, where everybody knows. */
  readonly name: string | null
}

async function told(
  { month: reads, registry }: MonthParts,
  place: Place,
  month: { readonly from: ReturnType<typeof dateAt>; readonly to: ReturnType<typeof dateAt> },
  { at, zone }: CommandContext,
): Promise<readonly TextRef[]> {
  const territoryIds = await registry.within(place.territoryId)
  // What goes over the heads of a level is in no text that may be passed on.
  const figures = await readMonth(
    reads,
    territoryIds,
    month,
    dateAt(at, zone),
    zone,
    (matter) => matter.seenFrom === null,
  )
  return [monthTitle(figures, place.name, at, zone), ...monthLines(figures, place.name !== null)]
}

/** Each place that the staff member answers for, without those that lie in another. */
function placesOf({ scopes }: StaffSpeaker): readonly Place[] {
  const paths = new Map(scopes.map(({ path, territoryId }) => [path, territoryId]))
  return [...paths]
    .filter(([path]) => ![...paths.keys()].some((other) => path.startsWith(`${other}/`)))
    .slice(0, MOST_PLACES)
    .map(([path, territoryId]) => ({ territoryId, name: path.split('/').at(-1) ?? '' }))
}

/** The place of a group of staff, for somebody who answers for it. */
async function placeOfGroup(
  { registry }: MonthParts,
  { speaker, chat }: CommandContext,
  staff: StaffSpeaker,
): Promise<readonly Place[]> {
  const group = await registry.group(speaker.channel, chat)
  const [place] = group?.audience === 'staff' ? await registry.territories([group.territoryId]) : []
  return place && covers(staff, place.path) ? [{ territoryId: place.id, name: null }] : []
}

const said = (sentences: readonly TextRef[]): HandlerResult => ({
  changes: [],
  say: sentences.map((text) => ({ text })),
  notices: [],
  matter: null,
})
