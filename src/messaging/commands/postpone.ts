/** `26112200012 延期到12月3日 大雪封路`, or `2 延期到…` by the place in one's list: a visit is put off, with a reason, as far as the policy lets it. */
import { dateAt } from '../../base/time.ts'
import { decidePostpone, VISIT_POSTPONED, type PostponeNote } from '../../domain/visits/postpone.ts'
import { normalise } from '../../flow/answers/normalise.ts'
import type { TextRef } from '../../flow/effects.ts'
import type { Text } from '../../text/text.ts'
import type { Casework } from '../casework.ts'
import type { CommandContext, CommandHandler, HandlerResult, StaffSpeaker } from '../handlers.ts'
import { answerablePlan, type Answerable } from '../visits/answerable-plan.ts'
import { listOf } from '../visits/line-words.ts'
import { tellLead } from '../visits/made-visit.ts'
import { dayAtStart } from '../visits/day-at-start.ts'

/** Notes of one plan that are looked through. */
const MOST_NOTES = 20
/** Whoever leads hears of it from this time on. */
const TELL_FROM = 2

export function postponeCommand(casework: Casework, text: Text): CommandHandler {
  const forms = listOf(text, 'visits:commands.postpone')
    .map(normalise)
    .sort((a, b) => b.length - a.length)
  return async (context) => {
    const { staff } = context.speaker
    if (!staff || context.choice !== null) return null
    const said = read(context.text, forms)
    // A place in one's own list means nothing in a group.
    if (!said || (context.group && said.number.length <= 2)) return null
    const about = await answerablePlan(casework, { identityId: context.speaker.identityId, staff }, said.number)
    return about && answered(casework, staff, said, about, context)
  }
}

interface Said {
  readonly number: string
  /** A day, and the reason behind it. */
  readonly rest: string
}

function read(text: string, forms: readonly string[]): Said | null {
  const said = normalise(text)
  const match = /^(\d{9,16}|\d{1,2}(?=[\s,:;、]))[\s,:;、]*(\D.*)$/u.exec(said)
  if (match) {
    const form = forms.find((each) => match[2]?.startsWith(each))
    return form === undefined
      ? null
      : { number: match[1] as string, rest: (match[2] as string).slice(form.length).trim() }
  }
  const form = forms.find((each) => said.startsWith(each))
  const turned = form === undefined ? null : /^\s*(\d{9,16})[\s,:;、]*(.*)$/u.exec(said.slice(form.length))
  return turned ? { number: turned[1] as string, rest: turned[2] as string } : null
}

const says = (key: string, params: Readonly<Record<string, string | number | TextRef>>): HandlerResult => ({
  changes: [],
  say: [{ text: { key, params } }],
  notices: [],
  matter: null,
})

async function answered(
  casework: Casework,
  staff: StaffSpeaker,
  { number, rest }: Said,
  about: Answerable,
  { at, zone, group }: CommandContext,
): Promise<HandlerResult> {
  if (about.kind === 'refused') return says(about.key, { number })
  if (about.kind === 'site') return says('visits:answer.site', { number })
  const today = dateAt(at, zone)
  const read = dayAtStart(rest, today)
  if (read === null) return says('visits:postpone.which_day', { number })
  if (read.day === 'impossible') return says('visits:no_such_day', {})
  const until = read.day.days.find((day) => day >= today)
  if (!until) return says('visits:mute.in_past', { date: read.day.days[0] ?? today })
  if (read.rest === '') return says('visits:postpone.reason', { number })
  const { plan, household } = about
  const notes = await casework.visits.noted([plan.id], VISIT_POSTPONED, MOST_NOTES)
  const before = notes.map(({ detail }) => detail as unknown as PostponeNote)
  const decision = await decidePostpone(plan, until, read.rest, before, staff.id, casework, today, at)
  switch (decision.kind) {
    case 'too_often':
      return says('visits:postpone.too_often', { number, count: decision.count })
    case 'too_far':
      return says('visits:postpone.too_far', { date: decision.latest })
    case 'not_later':
      return says('visits:postpone.not_later', { date: until })
    case 'postponed': {
      const { count } = decision
      const params = { number, until, reason: read.rest, count }
      const told: TextRef = { key: 'visits:postpone.lead', params: { ...params, who: household.head } }
      return {
        // A reason may be about somebody's health.
        ...says(`visits:postpone.done${group ? '_group' : ''}`, params),
        changes: decision.changes,
        notices: count < TELL_FROM ? [] : await tellLead(casework, staff, plan.territoryId, told, at, zone),
        matter: { number, kind: 'visit', stage: 'postponed' },
      }
    }
  }
}
