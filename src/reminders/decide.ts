/** What to do about one watch that is due. Pure. */
import { dateAt, type Instant } from '../base/time.ts'
import type { WorkingCalendar } from '../domain/calendar/working-days.ts'
import type { Rule, Rung } from './policy.ts'
import type { WatchRecord } from './ports.ts'
import { anchorOf, isSettled, type Subject } from './subjects.ts'
import { allowedFrom, isAllowed, nextRungAt, nextSendTime, type Anchor, type Place, type Progress } from './times.ts'

export type WatchDecision =
  /** Settled, or there is nothing left that it could be about. */
  | { readonly kind: 'close' }
  /** Look again then; null = when something else starts it again. */
  | { readonly kind: 'wait'; readonly until: Instant | null; readonly firstSeenAt: Instant }
  | {
      readonly kind: 'send'
      readonly rung: Rung
      /** 1-based. */
      readonly step: number
      /** Tells apart the same rung of the same subject for another day, or repeated. */
      readonly occurrence: string
      /** When it was due. */
      readonly due: Instant
      readonly after: { readonly rung: number; readonly repeats: number; readonly nextDueAt: Instant | null }
      readonly firstSeenAt: Instant
    }

export function decideWatch(
  rule: Rule | undefined,
  watch: WatchRecord,
  subject: Subject | undefined,
  now: Instant,
  everywhere: Place,
): WatchDecision {
  if (!rule || !subject || isSettled(rule, subject)) return CLOSE
  const place: Place = { ...everywhere, calendar: everywhere.calendar.forPlace(watch.territoryId) }
  return decide(rule, watch, anchorOf(rule, subject, watch.firstSeenAt ?? now, place.zone), now, place)
}

const CLOSE: WatchDecision = { kind: 'close' }

/** The same for many watches at one moment: visits that stand at one rung and are owed on one day are decided once. */
export function decider(now: Instant, everywhere: Place): (...of: DecidedOf) => WatchDecision {
  const known = new Map<WorkingCalendar, Map<string, WatchDecision>>()
  return (rule, watch, subject) => {
    if (subject?.kind !== 'visit' || !rule || isSettled(rule, subject))
      return decideWatch(rule, watch, subject, now, everywhere)
    const calendar = everywhere.calendar.forPlace(watch.territoryId)
    let decisions = known.get(calendar)
    if (!decisions) known.set(calendar, (decisions = new Map()))
    const { rung, repeats, firstSeenAt, lastSentAt, nextDueAt } = watch
    const key = `${rule.id} ${subject.plan.dueOn} ${rung} ${repeats} ${firstSeenAt} ${lastSentAt} ${nextDueAt}`
    let decision = decisions.get(key)
    if (!decision) decisions.set(key, (decision = decideWatch(rule, watch, subject, now, everywhere)))
    return decision
  }
}

type DecidedOf = [rule: Rule | undefined, watch: WatchRecord, subject: Subject | undefined]

function decide(rule: Rule, watch: WatchRecord, anchor: Anchor, now: Instant, place: Place): WatchDecision {
  const firstSeenAt = watch.firstSeenAt ?? now
  const progress: Progress = {
    rung: watch.rung,
    repeats: watch.repeats,
    firstSeenAt,
    lastSentAt: watch.lastSentAt,
  }
  const planned = nextRungAt(rule, anchor, progress, place)
  if (planned === null || planned > now) return { kind: 'wait', until: planned, firstSeenAt }

  const due =
    watch.firstSeenAt !== null && watch.nextDueAt !== null && watch.nextDueAt > planned ? watch.nextDueAt : planned
  if (now - due > rule.staleAfterMs) {
    const until = rule.workingDaysOnly ? nextSendTime(rule, now, place) : allowedFrom(rule, now, place)
    if (until > now) return { kind: 'wait', until, firstSeenAt }
  }
  if (!isAllowed(rule, now, place)) return { kind: 'wait', until: allowedFrom(rule, now, place), firstSeenAt }

  const isRepeat = watch.rung >= rule.ladder.length
  const rung = isRepeat ? lastPrivate(rule) : (rule.ladder[watch.rung] as Rung)
  const after = { rung: isRepeat ? watch.rung : watch.rung + 1, repeats: isRepeat ? watch.repeats + 1 : watch.repeats }
  return {
    kind: 'send',
    rung,
    step: rule.ladder.indexOf(rung) + 1,
    occurrence: occurrenceOf(rung, anchor, place) + (isRepeat ? `+${after.repeats}` : ''),
    due,
    after: { ...after, nextDueAt: nextRungAt(rule, anchor, { ...progress, ...after, lastSentAt: now }, place) },
    firstSeenAt,
  }
}

const lastPrivate = (rule: Rule): Rung =>
  rule.ladder.findLast((rung) => rung.via === 'private') ?? (rule.ladder[0] as Rung)

const occurrenceOf = (rung: Rung, anchor: Anchor, { zone }: Place): string => {
  const phase = anchor.phase === undefined ? '' : `/${anchor.phase}`
  if (rung.at.kind === 'days' && anchor.dueOn !== null) return anchor.dueOn + phase
  return `${dateAt(anchor.beganAt, zone)}/${anchor.beganAt}${phase}`
}
