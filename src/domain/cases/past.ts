/** What a timeline says of the past of a matter: who acted where, what was signed off, from when its days count. */
import { dateAt, type PlainDate } from '../../base/time.ts'
import type { CaseRecord, TimelineEntry, VerificationRecord } from './ports.ts'

/** Names of timeline entries. `stage`, `passed`, `not_passed`: the detail is a stage. */
export const CAME = 'stage'
export const PASSED = 'passed'
export const NOT_PASSED = 'not_passed'
/** Right after one of `stage`: the day that counts, where it isn't the day of the entry. */
export const ON = 'on'
export const REOPENED = 'reopened'
/** A finding; the detail is JSON. */
export const VERIFIED = 'verified'
export const VERIFICATION_CONFIRMED = 'verification_confirmed'

/** The day from which the days of its stages count: of the lead, or of the last time that it was opened again. */
export function clockFrom(
  matter: Pick<CaseRecord, 'leadOn'>,
  timeline: readonly TimelineEntry[],
  zone: string,
): PlainDate {
  const again = timeline.findLast(({ what }) => what === REOPENED)
  return again ? dateAt(again.at, zone) : matter.leadOn
}

/**
 * Staff who acted in a stage: brought the matter out of it, signed it off, found or confirmed what was found at the visit.
 * The visit counts for `verifying`, whatever the stage was when it was noted.
 */
export function actedIn(
  {
    timeline,
    verifications,
  }: { readonly timeline: readonly TimelineEntry[]; readonly verifications: readonly VerificationRecord[] },
  stage: string,
): ReadonlySet<string> {
  const acted = new Set<string>()
  if (stage === 'verifying') for (const { staffIds } of verifications) for (const id of staffIds) acted.add(id)
  let present: string | null = null
  for (const { what, actor, actorId, detail } of timeline) {
    const isStaff = actor === 'staff' && actorId !== null
    if (isStaff && present === stage && what === CAME) acted.add(actorId)
    if (isStaff && (what === PASSED || what === NOT_PASSED) && detail === stage) acted.add(actorId)
    if (isStaff && what === VERIFICATION_CONFIRMED && stage === 'verifying') acted.add(actorId)
    if (what === CAME) present = detail
  }
  return acted
}

/** How the present stay in a stage was signed off; null = not yet. */
export function signedOff(timeline: readonly TimelineEntry[], stage: string): 'passed' | 'not_passed' | null {
  const since = timeline.findLastIndex(({ what, detail }) => what === CAME && detail === stage)
  const last = timeline
    .slice(since + 1)
    .findLast(({ what, detail }) => (what === PASSED || what === NOT_PASSED) && detail === stage)
  return last ? (last.what as 'passed' | 'not_passed') : null
}

/** The last finding since the matter came to be verified (for the last time); null = none. */
export function latestFinding({
  timeline,
  verifications,
}: {
  readonly timeline: readonly TimelineEntry[]
  readonly verifications: readonly VerificationRecord[]
}): VerificationRecord | null {
  const came = timeline.findLast(({ what, detail }) => what === CAME && detail === 'verifying')
  const last = verifications.at(-1) ?? null
  return last !== null && came !== undefined && last.at < came.at ? null : last
}

/** The day on which it came to that stage last; else of its decision, else of its lead. */
export function cameTo(
  timeline: readonly TimelineEntry[],
  stage: string,
  matter: Pick<CaseRecord, 'decidedOn' | 'leadOn'>,
  zone: string,
): PlainDate {
  const place = timeline.findLastIndex(({ what, detail }) => what === CAME && detail === stage)
  const entry = timeline[place]
  if (!entry) return matter.decidedOn ?? matter.leadOn
  const day = timeline[place + 1]
  return day?.what === ON && day.detail !== null ? (day.detail as PlainDate) : dateAt(entry.at, zone)
}
