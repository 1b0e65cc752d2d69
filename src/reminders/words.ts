/** Reminders in words. Private ones say who and where; what a group reads holds numbers, kinds, days and counts only. */
import type { PlainDate } from '../base/time.ts'
import { monthPhrase } from '../messaging/commands/month-lines.ts'
import type { Phrase, PhraseParam } from '../text/phrase.ts'
import type { Text } from '../text/text.ts'
import { isRaised, type Digest, type Rule } from './policy.ts'
import { daysLeft, dueOn, numberOf, rowOf, type Subject } from './subjects.ts'

/** One matter under one rule, as it stands on a day. */
export interface Item {
  readonly rule: Rule
  /** 1-based. */
  readonly step: number
  readonly subject: Subject
  /** A person put it under supervision. */
  readonly listed?: true
}

/** Items of one private message that are told one by one; the rest is a number and where to see them. */
export const MOST_ITEMS = 10

/** What to answer with, by what comes first. */
const ASK = {
  visit: 'reminders:private.ask_visit',
  task: 'reminders:private.ask_task',
  case: 'reminders:private.ask',
} as const

const PLACE = { unknown: 'cases:staff.no_village', name: 'cases:staff.no_name', phone: 'cases:staff.no_phone' }

export function privateText(
  items: readonly Item[],
  name: string | null,
  on: PlainDate,
  text: Text,
  language: string,
): string {
  const say = (key: string, params: Readonly<Record<string, PhraseParam>> = {}) => text.say({ key, params }, language)
  const told = oneEach(items, on)
  const [first] = told
  if (told.length === 1 && first && first.rule.on !== 'visit') {
    const alone = aloneText(first)
    if (alone) return text.say(alone, language)
  }
  const shown = [...told.filter((item) => !isUp(item)), ...told.filter(isUp)].slice(0, MOST_ITEMS)
  const firstRaised = shown.findIndex(isUp)
  const title =
    name === null
      ? say('reminders:private.title_plain')
      : told.length === 1
        ? say('reminders:private.title', { name })
        : say('reminders:private.title_count', { name, count: told.length })
  return [
    title,
    ...shown.flatMap((item, place) => [
      ...(place === firstRaised ? [say('reminders:escalation.to_lead')] : []),
      text.say(privateLine(item, on), language),
    ]),
    ...(told.length > shown.length ? [say('reminders:private.more', { count: told.length - shown.length })] : []),
    ...(first && !isProposal(first)
      ? [
          say(ASK[first.subject.kind], {
            number: numberOf(first.subject) ?? '',
          }),
        ]
      : []),
  ].join('\n')
}

const isUp = ({ rule, step }: Item): boolean => isRaised(rule, step)

/** It says itself what to answer. */
const isProposal = ({ subject }: Item): boolean => subject.kind === 'task' && subject.task.kind === 'listing'

/** A matter under several rules is told of once: what says whom to call, else what presses most. */
function oneEach(items: readonly Item[], on: PlainDate): readonly Item[] {
  const chosen = new Map<string, Item>()
  for (const item of items) {
    const { id } = rowOf(item.subject)
    const other = chosen.get(id)
    if (!other || pressure(item, on) < pressure(other, on)) chosen.set(id, item)
  }
  return [...chosen.values()]
}

const pressure = (item: Item, on: PlainDate): number =>
  aloneText(item) ? Number.NEGATIVE_INFINITY : daysLeft(item.rule, item.subject, on)

/** New cases and alarms have a message of their own. */
function aloneText(item: Item): Phrase | null {
  const { rule, subject } = item
  if (subject.kind !== 'case') return null
  const params = caseParams(subject)
  if (rule.on === 'case_new') return { key: 'cases:staff.new_short', params }
  if (rule.on === 'urgent_case')
    return { key: item.step === 1 ? 'cases:staff.urgent_short' : 'cases:staff.urgent_unacknowledged', params }
  if (rule.on === 'danger_case')
    return { key: item.step === 1 ? 'cases:staff.danger_numbered' : 'cases:staff.danger_unacknowledged', params }
  return null
}

function caseParams(subject: Subject & { kind: 'case' }): Readonly<Record<string, PhraseParam>> {
  const { matter, place, phone, alarm } = subject
  return {
    number: matter.number,
    kind: { key: `cases:kind_staff.${matter.kind}` },
    village: place?.name ?? { key: PLACE.unknown },
    name: matter.personName ?? { key: PLACE.name },
    phone: phone ?? { key: PLACE.phone },
    what: { key: alarm?.what ?? (matter.urgency === 'danger' ? 'cases:staff.what_now' : 'cases:staff.what_urgent') },
    by: matter.stageDueOn ?? '',
    decide: matter.decideBy ?? '',
  }
}

function privateLine(item: Item, on: PlainDate): Phrase {
  const { rule, subject } = item
  if (subject.kind === 'case' && rule.on !== 'case_stage' && rule.on !== 'case_total')
    return aloneText(item) ?? { literal: subject.matter.number }
  const left = daysLeft(rule, subject, on)
  const where: PhraseParam = subject.place?.name ?? { key: PLACE.unknown }
  const days = { due: dueOn(rule, subject) ?? '', count: Math.abs(left) }
  if (subject.kind === 'visit') {
    const { subjectKind, number } = subject.plan
    if (subjectKind === 'site') return worded('visits:reminder.site', left, { number: number ?? '', where, ...days })
    const who: PhraseParam = subject.household?.head ?? { key: PLACE.name }
    return worded('reminders:private.visit', left, { number: subject.plan.number ?? '', who, where, ...days })
  }
  if (subject.kind === 'task') {
    const { task, household, matter } = subject
    const who: PhraseParam = household?.head ?? matter?.personName ?? { key: PLACE.name }
    const what: PhraseParam = { key: `tasks:kind.${task.kind}` }
    if (task.kind === 'listing')
      return { key: 'listing:private', params: { number: task.number, about: task.detail ?? '', who, where } }
    if (task.kind === 'candidate_check')
      return {
        key: 'comparison:candidate.asked',
        params: { number: task.number, name: task.detail ?? '', where, ...days },
      }
    return worded('reminders:private.task', left, {
      number: task.number,
      what,
      who,
      where,
      detail: task.detail ?? '',
      ...days,
    })
  }
  const { matter } = subject
  const who: PhraseParam = matter.personName ?? { key: PLACE.name }
  const kind: PhraseParam = { key: `cases:kind_staff.${matter.kind}` }
  const stage: PhraseParam = { key: `cases:stage.${matter.stage}` }
  return worded(`reminders:private.${rule.on === 'case_total' ? 'total' : 'case'}`, left, {
    number: matter.number,
    who,
    where,
    kind,
    stage,
    ...days,
  })
}

/** `…_upcoming`, `…_due` or `…_overdue`, by the days that are left. */
const worded = (key: string, left: number, params: Readonly<Record<string, PhraseParam>>): Phrase => ({
  key: `${key}_${left > 0 ? 'upcoming' : left === 0 ? 'due' : 'overdue'}`,
  params,
})

/** @param more matters that are not among the items */
export function digestText(
  digest: Digest,
  territory: string,
  items: readonly Item[],
  more: number,
  on: PlainDate,
  text: Text,
  language: string,
): string {
  const say = (key: string, params: Readonly<Record<string, PhraseParam>>) => text.say({ key, params }, language)
  const count = items.length + more
  const title = say(`reminders:digest.${titleOf(digest, items, count)}`, {
    territory,
    on,
    month: monthPhrase({ from: on }),
    count,
  })
  const [only] = items
  if (count === 1 && only) {
    // A single matter without its kind: in a village everybody would know whose it is.
    return [
      title,
      say('reminders:digest.single', { number: numberOf(only.subject) ?? '', days: daysOf(only, on) }),
    ].join('\n')
  }
  return [
    title,
    ...items.map(
      (item) =>
        text.say(groupLine(item, on), language) +
        (item.listed ? text.say(LISTED, language) : standsOut(digest, item) ? text.say(EMPHASIS, language) : ''),
    ),
    ...(more > 0 ? [say('reminders:digest.more_todo', { count: more })] : []),
    say(`reminders:digest.foot${footOf(items)}`, {}),
  ].join('\n')
}

/** How to answer what is listed: a visit otherwise than a matter. */
function footOf(items: readonly Item[]): '' | '_visits' | '_mixed' {
  const visits = items.filter(({ subject }) => subject.kind === 'visit').length
  return visits === 0 ? '' : visits === items.length ? '_visits' : '_mixed'
}

export interface Counted {
  /** All that is open. */
  readonly open: readonly Item[]
  /** What a person has listed: these are told by number. */
  readonly listed: readonly Item[]
  /** Of the month that `figures` tell of; null = the present one. */
  readonly month: { readonly from: PlainDate } | null
  readonly figures: readonly Phrase[]
}

/** How many of each, no numbers but those that are listed. */
export function countsText(
  digest: Digest,
  territory: string,
  { open, listed, month, figures }: Counted,
  on: PlainDate,
  text: Text,
  language: string,
): string {
  const say = (phrase: Phrase) => text.say(phrase, language)
  const title = `reminders:digest.${titleOf(digest, open, open.length)}`
  const params = { territory, on, month: monthPhrase(month ?? { from: on }), count: open.length }
  const sections = digest.items
    .map((rule) => ({ rule, count: open.filter((item) => item.rule.id === rule).length }))
    .filter((section) => section.count > 0)
    .map(({ rule, count }) =>
      say({ key: 'reminders:digest.section', params: { what: { key: `reminders:rule.${rule}` }, count } }),
    )
  return [
    say({ key: title, params }),
    ...figures.map(say),
    ...sections,
    ...(listed.length > 0
      ? [
          say({
            key: 'reminders:digest.listed',
            params: {
              count: listed.length,
              numbers: text.list(
                listed.map(({ subject }) => ({ literal: numberOf(subject) ?? '' })),
                language,
              ),
            },
          }),
        ]
      : []),
  ].join('\n')
}

const EMPHASIS: Phrase = { key: 'reminders:digest.stands_out' }
const LISTED: Phrase = { key: 'reminders:digest.stands_listed' }

function titleOf(digest: Digest, items: readonly Item[], count: number): string {
  if (digest.dayOfMonth !== null) return 'title_month'
  if (digest.weekday !== null) return 'title_week'
  return count > 1 && items.every((item) => item.subject.kind === 'visit') ? 'title_visits' : 'title'
}

/** A rung of the ladder says that it should stand out here. */
function standsOut(digest: Digest, item: Item): boolean {
  const marked = item.rule.ladder.findIndex(
    (rung) => rung.via === 'digest' && rung.to.some((to) => to.kind === 'group' && to.purpose === digest.purpose),
  )
  return marked >= 0 && item.step > marked
}

function groupLine(item: Item, on: PlainDate): Phrase {
  const { rule, subject } = item
  const left = daysLeft(rule, subject, on)
  const params = { number: numberOf(subject) ?? '', due: dueOn(rule, subject) ?? '', count: Math.abs(left) }
  if (subject.kind === 'visit') return worded('reminders:digest.visit', left, params)
  if (subject.kind === 'task')
    return worded('reminders:digest.task', left, { ...params, what: { key: `tasks:kind.${subject.task.kind}` } })
  const kind: PhraseParam = { key: `cases:kind_staff.${subject.matter.kind}` }
  return worded(`reminders:digest.${rule.on === 'case_total' ? 'total' : 'case'}`, left, { ...params, kind })
}

function daysOf(item: Item, on: PlainDate): Phrase {
  const left = daysLeft(item.rule, item.subject, on)
  if (left > 0) return { key: 'reminders:digest.upcoming', params: { due: dueOn(item.rule, item.subject) ?? '' } }
  return left === 0 ? { key: 'reminders:digest.today' } : { key: 'reminders:digest.overdue', params: { count: -left } }
}
