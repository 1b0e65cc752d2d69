/** When a rung may leave. Pure: days off, quiet hours, the gaps between rungs. */
import { addDays, DAY, dateAt, instant, instantOf, type Instant, type PlainDate } from '../base/time.ts'
import { afterQuiet, isQuiet } from '../domain/calendar/quiet-hours.ts'
import type { WorkingCalendar } from '../domain/calendar/working-days.ts'
import type { Rule, Rung } from './policy.ts'

export interface Place {
  readonly calendar: WorkingCalendar
  readonly zone: string
}

/** With the days that this territory, or one that it lies in, set for itself. */
export const placeAt = ({ calendar, zone }: Place, territoryId: string): Place => ({
  calendar: calendar.forPlace(territoryId),
  zone,
})

/** What a ladder counts from. */
export interface Anchor {
  /** Null = no day, so nothing counted in days is ever due. */
  readonly dueOn: PlainDate | null
  readonly beganAt: Instant
  /** What it is about at present, where that changes (stage of a matter): a new ladder, though the day may be the same. */
  readonly phase?: string
}

/** What was sent so far. */
export interface Progress {
  readonly rung: number
  readonly repeats: number
  readonly firstSeenAt: Instant
  readonly lastSentAt: Instant | null
}

export function isAllowed(rule: Rule, at: Instant, { calendar, zone }: Place): boolean {
  return (!rule.workingDaysOnly || calendar.isWorkingDay(dateAt(at, zone))) && !isQuiet(at, rule.quiet, zone)
}

/**
 * `at` itself when something may leave then, else the end of the quiet hours. What keeps to working days waits for the
 * time of sending when a night or a day off lies between, so that it is one message with whatever is due then.
 */
export function allowedFrom(rule: Rule, at: Instant, { calendar, zone }: Place): Instant {
  const awake = afterQuiet(at, rule.quiet, zone)
  if (!rule.workingDaysOnly) return awake
  const on = dateAt(awake, zone)
  const worked = calendar.onOrAfter(on)
  const sendAt = instantOf(worked, rule.sendAt, zone)
  if (worked !== on) return sendAt
  return awake > at && awake < sendAt ? sendAt : awake
}

/** The first time of sending at that moment or later. */
export function nextSendTime(rule: Rule, at: Instant, { calendar, zone }: Place): Instant {
  const today = dateAt(at, zone)
  const first = at <= instantOf(today, rule.sendAt, zone) ? today : addDays(today, 1)
  return instantOf(rule.workingDaysOnly ? calendar.onOrAfter(first) : first, rule.sendAt, zone)
}

/**
 * When the next rung (or repetition) is due; it may lie in the past. Null when the ladder is at its end.
 * A matter that is first seen after its rung 1 enters there at the next time of sending, and each further rung then keeps
 * the distance of the ladder; no rung ever leaves before the one below it.
 */
export function nextRungAt(rule: Rule, anchor: Anchor, progress: Progress, place: Place): Instant | null {
  const { rung: sent, lastSentAt } = progress
  if (sent > 0 && lastSentAt !== null && sent >= rule.ladder.length)
    return nextRepeat(rule, progress, lastSentAt, place)
  const rung = rule.ladder[sent]
  if (!rung) return null
  const planned = scheduled(rule, rung, anchor, place)
  if (planned === null) return null
  const before = rule.ladder[sent - 1]
  if (!before || lastSentAt === null) {
    if (rung.at.kind !== 'days' || planned >= progress.firstSeenAt) return planned
    return nextSendTime(rule, progress.firstSeenAt, place)
  }
  const plannedBefore = scheduled(rule, before, anchor, place)
  const wasLate = plannedBefore !== null && isLate(rung, plannedBefore, lastSentAt, place)
  const distance = distanceOf(rule, sent, anchor, place)
  const earliest = wasLate ? shifted(rule, instant(lastSentAt + distance), rung, place) : planned
  const due = earliest > planned ? earliest : planned
  // A digest leaves after the private messages of the day, so it may stand out on the day of the rung before it.
  if (due > lastSentAt || (rung.via === 'digest' && due === lastSentAt)) return due
  return rung.at.kind === 'days'
    ? nextSendTime(rule, instant(lastSentAt + 1), place)
    : allowedFrom(rule, instant(lastSentAt + distance), place)
}

/** When that rung falls by the ladder alone. */
export function scheduled(rule: Rule, rung: Rung, anchor: Anchor, place: Place): Instant | null {
  const { calendar, zone } = place
  switch (rung.at.kind) {
    case 'days': {
      if (anchor.dueOn === null) return null
      const on = addDays(anchor.dueOn, rung.at.days)
      if (!rule.workingDaysOnly) return instantOf(on, rule.sendAt, zone)
      return instantOf(rung.at.days <= 0 ? calendar.onOrBefore(on) : calendar.onOrAfter(on), rule.sendAt, zone)
    }
    case 'after':
      return allowedFrom(rule, instant(anchor.beganAt + rung.at.ms), place)
    case 'clock': {
      const on = dateAt(anchor.beganAt, zone)
      const today = instantOf(on, rung.at.time, zone)
      return allowedFrom(rule, today > anchor.beganAt ? today : instantOf(addDays(on, 1), rung.at.time, zone), place)
    }
  }
}

/** Rungs counted in days are late by days, others by a minute. */
const isLate = (rung: Rung, planned: Instant, sentAt: Instant, { zone }: Place): boolean =>
  rung.at.kind === 'days' ? dateAt(sentAt, zone) > dateAt(planned, zone) : sentAt > planned + 60_000

/** Milliseconds between a rung and the one below it, as the ladder has them. */
function distanceOf(rule: Rule, step: number, anchor: Anchor, place: Place): number {
  const after = rule.ladder[step] as Rung
  const before = rule.ladder[step - 1] as Rung
  if (after.at.kind === 'days' && before.at.kind === 'days') return (after.at.days - before.at.days) * DAY
  const [from, to] = [scheduled(rule, before, anchor, place), scheduled(rule, after, anchor, place)]
  return from === null || to === null ? DAY : Math.max(0, to - from)
}

function nextRepeat(rule: Rule, progress: Progress, lastSentAt: Instant, place: Place): Instant | null {
  if (!rule.repeat || progress.repeats >= rule.repeat.max) return null
  const last = rule.ladder.at(-1) as Rung
  return shifted(rule, instant(lastSentAt + rule.repeat.everyMs), last, place)
}

/** Moved to when it may leave: rungs counted in days only at the time of sending. */
function shifted(rule: Rule, at: Instant, rung: Rung, place: Place): Instant {
  if (rung.at.kind !== 'days') return allowedFrom(rule, at, place)
  const on = dateAt(at, place.zone)
  return instantOf(rule.workingDaysOnly ? place.calendar.onOrAfter(on) : on, rule.sendAt, place.zone)
}
