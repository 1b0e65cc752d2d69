/**
 * 请假 到12月5日 交给石二妹 · 请假三天 · 12月1日到5日请假，石二妹代 · 销假: whoever stands in answers meanwhile. Nobody stands in for
 * what he may not open; without a name it is the level above.
 */
import { dateAt, parsePlainDate, type PlainDate } from '../../base/time.ts'
import { comeBack, overlaps, takeLeave, type Leave } from '../../domain/registry/leave.ts'
import { mayOpen, readChain, responsibleAbove, isThere, type Chain } from '../../domain/registry/responsible.ts'
import { staffCalled, type CalledStaff } from '../../domain/registry/staff-called.ts'
import { readAbsence, type Absence } from '../../flow/answers/absence.ts'
import type { Choice, TextRef } from '../../flow/effects.ts'
import { normalise, unspaced } from '../../flow/answers/normalise.ts'
import type { Text } from '../../text/text.ts'
import type { Casework } from '../casework.ts'
import type { CommandContext, CommandHandler, HandlerResult, Notice, StaffSpeaker } from '../handlers.ts'
import { listed } from '../report-case.ts'

/** Longest message that is looked at. */
const LONGEST = 80
/** Places of one person that are looked at. */
const MOST_PLACES = 10
const MOST_NAMED = 5
const MOST_COUNTED = 200
/** What a tap on one of several people of a name carries: `leave:<from>:<to>:<staff id>`. */
const TAP = /^leave:(\d{4}-\d\d-\d\d):(\d{4}-\d\d-\d\d):(\w+)$/

export function leaveCommand(casework: Casework, text: Text): CommandHandler {
  const words = { leave: leaveForms(text, 'leave'), back: leaveForms(text, 'back') }
  return async (context) => {
    const { staff } = context.speaker
    const on = dateAt(context.at, context.zone)
    if (!staff) return null
    if (context.choice !== null) return tapped(casework, staff, context, on)
    if (context.text.length > LONGEST) return null
    const isBack = words.back.has(unspaced(normalise(context.text)))
    const said = isBack ? null : awaySaid(context.text, words.leave, on)
    if (!isBack && !said) return null
    if (context.group) return says('registry:leave.private')
    return said ? leaveSaid(casework, staff, said, context, on) : endLeave(casework, staff, context, on)
  }
}

const says = (key: string, params: Readonly<Record<string, string | TextRef>> = {}): HandlerResult => ({
  changes: [],
  say: [{ text: { key, params } }],
  notices: [],
  matter: null,
})

export function leaveForms(text: Text, word: 'leave' | 'back'): ReadonlySet<string> {
  const forms = text.languages.flatMap((language) => text.object(language, `registry:commands.${word}`) ?? [])
  return new Set(forms.flat().map((form) => unspaced(normalise(String(form)))))
}

/** The word stands first, or behind the days. @returns null for talk about somebody's absence */
export function awaySaid(said: string, forms: ReadonlySet<string>, on: PlainDate): Absence | null {
  const text = said.normalize('NFKC')
  for (const form of [...forms].sort((a, b) => b.length - a.length)) {
    const pattern = new RegExp([...form].join(' ?'), 'iu')
    const found = pattern.exec(text)
    if (!found) continue
    const before = text.slice(0, found.index)
    const after = text.slice(found.index + found[0].length)
    if (normalise(before) === '') return readAbsence(after, on)
    const ahead = readAbsence(before, on)
    if (ahead.by === null && ahead.days !== 'unclear') return readAbsence(`${before},${after}`, on)
  }
  return null
}

async function leaveSaid(
  casework: Casework,
  staff: StaffSpeaker,
  { days, by }: Absence,
  context: CommandContext,
  on: PlainDate,
): Promise<HandlerResult> {
  if (typeof days === 'string') return says(`registry:leave.days_${days}`)
  const chains = await chainsOf(casework, staff)
  if (by === null) {
    const [own] = [...chains].sort((a, b) => b.lineage.length - a.lineage.length)
    const above = own ? responsibleAbove(own, staff.id, days.fromOn) : null
    if (above === null) return says('registry:leave.nobody_above')
    return goAway(casework, staff, { staffId: staff.id, byStaffId: above, ...days }, chains, false, context)
  }
  const called = await staffCalled(casework.registry, by)
  const fit = called.filter(
    ({ id, leftOn }) =>
      id !== staff.id && isThere(leftOn, on) && chains.some((chain) => mayOpen(chain, id, days.fromOn)),
  )
  const [only] = fit
  if (!only) {
    const key = called.some(({ id }) => id === staff.id) ? 'registry:leave.yourself' : 'registry:leave.nobody'
    return says(key, { name: by, place: placesOf(chains) })
  }
  if (fit.length > 1) return whichOne(fit, days)
  return goAway(casework, staff, { staffId: staff.id, byStaffId: only.id, ...days }, chains, true, context)
}

async function tapped(
  casework: Casework,
  staff: StaffSpeaker,
  context: CommandContext,
  on: PlainDate,
): Promise<HandlerResult | null> {
  const [, from = '', to = '', byStaffId = ''] = TAP.exec(context.choice ?? '') ?? []
  const [fromOn, toOn] = [parsePlainDate(from), parsePlainDate(to)]
  if (!fromOn || !toOn) return null
  if (context.group) return says('registry:leave.private')
  if (toOn < on) return says('registry:leave.days_past')
  const chains = await chainsOf(casework, staff)
  if (!chains.some((chain) => mayOpen(chain, byStaffId, fromOn)) || byStaffId === staff.id)
    return says('registry:leave.nobody_above')
  return goAway(casework, staff, { staffId: staff.id, byStaffId, fromOn, toOn }, chains, true, context)
}

async function chainsOf({ registry }: Casework, staff: StaffSpeaker): Promise<readonly Chain[]> {
  const places = [...new Set(staff.scopes.map(({ territoryId }) => territoryId))].slice(0, MOST_PLACES)
  return Promise.all(places.map((id) => readChain(registry, id)))
}

const placesOf = (chains: readonly Chain[]): TextRef =>
  listed(chains.map(({ lineage }) => ({ literal: lineage[0]?.name ?? '' })))

/** The person says it again with the place before the name, or taps. */
function whichOne(people: readonly CalledStaff[], { fromOn, toOn }: Pick<Leave, 'fromOn' | 'toOn'>): HandlerResult {
  const shown = people.slice(0, MOST_NAMED)
  const choices = shown.map((one): Choice => ({
    id: `leave:${fromOn}:${toOn}:${one.id}`,
    label: { literal: labelOf(one) },
  }))
  const [first] = shown
  const params = {
    name: first?.name ?? '',
    people: listed(shown.map((one) => ({ literal: labelOf(one) }))),
    example: `${nameOf(first?.roles[0]?.path ?? '')}${first?.name ?? ''}`,
  }
  return { ...says(WHICH), say: [{ text: { key: WHICH, params }, choices, numbered: false }] }
}

const WHICH = 'registry:leave.which'
const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)
const labelOf = ({ name, roles }: CalledStaff): string =>
  `${name} · ${[...new Set(roles.map(({ path }) => nameOf(path)))].join(' ')}`

async function goAway(
  casework: Casework,
  staff: StaffSpeaker,
  leave: Leave,
  chains: readonly Chain[],
  isNamed: boolean,
  { at, ids }: CommandContext,
): Promise<HandlerResult> {
  const { registry, cases, visits } = casework
  const [own, theirs, [by], accounts] = await Promise.all([
    registry.covers([staff.id]),
    registry.covers([leave.byStaffId]),
    registry.staff([leave.byStaffId]),
    registry.accounts([leave.byStaffId]),
  ])
  const name = by?.name ?? ''
  const days = { from: leave.fromOn, to: leave.toOn }
  if (theirs.some((cover) => overlaps(cover, leave))) return says('registry:leave.away_too', { name, ...days })
  const [matters, plans] = await Promise.all([
    cases.openCasesAssignedTo(staff.id, MOST_COUNTED),
    visits.openPlansAssignedTo(staff.id, leave.toOn, MOST_COUNTED),
  ])
  const open = { cases: String(matters.length), visits: String(plans.length) }
  const outside = chains.filter((chain) => !mayOpen(chain, leave.byStaffId, leave.fromOn))
  return {
    changes: takeLeave(leave, own, at, ids),
    say: [
      {
        text: {
          key: isNamed ? 'registry:leave.done' : 'registry:leave.done_above',
          params: { name, ...days, ...open },
        },
      },
      ...(outside.length > 0
        ? [{ text: { key: 'registry:leave.outside', params: { name, place: placesOf(outside) } } }]
        : []),
      ...(accounts.length === 0 ? [{ text: { key: 'registry:leave.unreachable', params: { name } } }] : []),
    ],
    notices:
      accounts.length === 0
        ? []
        : [
            noticeTo(
              casework,
              leave.byStaffId,
              { key: 'registry:leave.told', params: { name: staff.name, ...days, ...open } },
              at,
            ),
          ],
    matter: null,
  }
}

async function endLeave(
  casework: Casework,
  staff: StaffSpeaker,
  { at }: CommandContext,
  on: PlainDate,
): Promise<HandlerResult> {
  const back = comeBack(staff.id, await casework.registry.covers([staff.id]), on, at)
  if (!back) return says('registry:leave.not_away')
  const accounts = await casework.registry.accounts([...new Set(back.ended.map(({ byStaffId }) => byStaffId))])
  const told = [...new Set(accounts.map(({ staffId }) => staffId))]
  return {
    ...says('registry:leave.back'),
    changes: back.changes,
    notices: told.map((id) =>
      noticeTo(casework, id, { key: 'registry:leave.told_back', params: { name: staff.name } }, at),
    ),
  }
}

function noticeTo({ watching }: Casework, staffId: string, text: TextRef, at: CommandContext['at']): Notice {
  const leave = watching.mayLeave('case_new', at)
  const to = { kind: 'staff', staffId } as const
  return { to, say: [{ text }], matter: null, reminder: null, notBefore: leave > at ? leave : null }
}
