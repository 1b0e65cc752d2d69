/** `外出 张国强 到春节后`, `搬走 张国强`, `不愿 张国强 到12月1日`, `张国强 回来了`: a household that is not to be looked for, or is again. */
import { dateAt, type PlainDate } from '../../base/time.ts'
import { decideBack, decideMute, longestMute, MUTED_FOR, muteUntil, type MutedFor } from '../../domain/visits/mute.ts'
import { normalise } from '../../flow/answers/normalise.ts'
import type { TextRef } from '../../flow/effects.ts'
import type { Text } from '../../text/text.ts'
import type { Casework } from '../casework.ts'
import type { CommandContext, CommandHandler, HandlerResult } from '../handlers.ts'
import type { PickerReads } from '../ports.ts'
import { listed } from '../report-case.ts'
import { householdFinder, type HouseholdFinder } from '../visits/find-households.ts'
import { listOf } from '../visits/line-words.ts'
import { dayIn } from '../visits/read-line.ts'

type Word = MutedFor | 'back'
interface Said {
  readonly word: Word
  readonly name: string
  /** Words of a day; null where none was said. */
  readonly until: string | null
}

const LONGEST = 80

export function muteCommand(casework: Casework, reads: PickerReads, text: Text): CommandHandler {
  const forms = ([...MUTED_FOR, 'back'] as const)
    .flatMap((word) => listOf(text, `visits:commands.${word}`).map((form) => ({ word, form: normalise(form) })))
    .sort((a, b) => b.form.length - a.form.length)
  const untils = listOf(text, 'visits:commands.until').map(normalise)
  const endings = listOf(text, 'visits:words.endings')
  return async (context) => {
    const { staff } = context.speaker
    if (!staff || context.choice !== null || context.text.length > LONGEST) return null
    const said = read(normalise(context.text), forms, untils)
    if (!said) return null
    const finder = await householdFinder(reads, staff, endings)
    const found = await finder.find(said.name)
    // What names no household may be something else altogether: 外出打工 is a wish for work.
    if (found.kind === 'none' && said.until === null) return null
    if (context.group) return says({ key: 'visits:line.private' })
    return answered(casework, said, found, context)
  }
}

const says = (text: TextRef): HandlerResult => ({ changes: [], say: [{ text }], notices: [], matter: null })

/** The word before the name or behind it; a day behind 到. */
function read(
  said: string,
  forms: readonly { readonly word: Word; readonly form: string }[],
  untils: readonly string[],
): Said | null {
  for (const { word, form } of forms) {
    if (said.startsWith(form)) {
      const name = said.slice(form.length).trim()
      if (/[a-z]$/.test(form) && !/^\s/.test(said.slice(form.length))) continue
      return name === '' ? null : { word, ...split(name, untils) }
    }
    const at = said.indexOf(form)
    if (at > 0) {
      const name = said.slice(0, at).trim()
      const rest = said.slice(at + form.length).trim()
      const until = rest === '' ? null : untils.find((each) => rest.startsWith(each))
      if (rest !== '' && until === undefined) continue
      return { word, name, until: typeof until === 'string' ? rest.slice(until.length).trim() : null }
    }
  }
  return null
}

function split(text: string, untils: readonly string[]): { readonly name: string; readonly until: string | null } {
  for (const until of untils) {
    const at = text.indexOf(until, 1)
    if (at > 0) return { name: text.slice(0, at).trim(), until: text.slice(at + until.length).trim() }
  }
  return { name: text, until: null }
}

async function answered(
  casework: Casework,
  { word, name, until }: Said,
  found: Awaited<ReturnType<HouseholdFinder['find']>>,
  { at, zone }: CommandContext,
): Promise<HandlerResult> {
  if (found.kind === 'none') return says({ key: 'visits:line.not_found', params: { name } })
  if (found.kind === 'several') {
    const places = [...new Set(found.households.map(({ territoryName }) => territoryName))]
    const example = `${places[0] ?? ''}${name}`
    return says({
      key: 'visits:mute.several',
      params: { name, places: listed(places.map((literal) => ({ literal }))), example },
    })
  }
  const [household] = await casework.visits.visited([found.household.id])
  if (!household) return says({ key: 'visits:line.not_found', params: { name } })
  const plans = await casework.visits.openPlansOf([household.id])
  const today = dateAt(at, zone)
  const params = { household: household.head }
  if (word === 'back') {
    if (household.mutedUntil === null || household.mutedUntil <= today)
      return says({ key: 'visits:mute.not_away', params })
    const { changes, dueOn } = await decideBack(household, plans, today, casework, at)
    const key = dueOn === null ? 'back_plain' : 'back'
    return { ...says({ key: `visits:mute.${key}`, params: { ...params, due: dueOn ?? '' } }), changes }
  }
  const day = until === null ? null : untilDay(until, today)
  if (day !== null && typeof day !== 'string') return says(day)
  const longest = longestMute(today, casework.plans)
  if (day !== null && day > longest) return says({ key: 'visits:mute.too_long', params: { date: longest } })
  const last = muteUntil(day, today, casework.plans)
  const why = { key: `visits:mute.why.${word}` }
  return {
    ...says({ key: 'visits:mute.done', params: { ...params, why, until: last } }),
    changes: await decideMute(household, plans, last, word, casework, at),
  }
}

function untilDay(said: string, today: PlainDate): PlainDate | TextRef {
  const day = dayIn(said, today)
  if (day === null) return { key: 'visits:mute.usage' }
  if (day === 'impossible') return { key: 'visits:no_such_day' }
  return day.days.find((one) => one > today) ?? { key: 'visits:mute.in_past', params: { date: day.days[0] ?? today } }
}
