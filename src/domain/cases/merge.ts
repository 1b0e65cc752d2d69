/** Two cases that staff say are one: the earlier goes on, the later ends in it. The same day it can be undone. */
import { seal, update, type Change, type Row } from '../../base/change.ts'
import type { IdSource } from '../../base/ids.ts'
import { dateAt, type Instant, type PlainDate } from '../../base/time.ts'
import type { Watching } from '../watching.ts'
import type { CaseRecord, TimelineEntry, Urgency } from './ports.ts'
import { event, openKeyFor } from './report.ts'

export type MergeRefusal = 'same' | 'closed' | 'kinds' | 'levels' | 'places'

export type MergePair =
  | { readonly kind: 'pair'; readonly kept: CaseRecord; readonly later: CaseRecord }
  | { readonly kind: 'refused'; readonly reason: MergeRefusal }

/** @param sameVillage both lie in one village */
export function mergePair(a: CaseRecord, b: CaseRecord, sameVillage: boolean): MergePair {
  if (a.id === b.id) return { kind: 'refused', reason: 'same' }
  if (a.closedAt !== null || b.closedAt !== null) return { kind: 'refused', reason: 'closed' }
  if (a.kind !== b.kind) return { kind: 'refused', reason: 'kinds' }
  if (a.seenFrom !== b.seenFrom) return { kind: 'refused', reason: 'levels' }
  if (!sameVillage) return { kind: 'refused', reason: 'places' }
  const isEarlier = a.openedAt < b.openedAt || (a.openedAt === b.openedAt && a.id < b.id)
  return isEarlier ? { kind: 'pair', kept: a, later: b } : { kind: 'pair', kept: b, later: a }
}

/** Name of the timeline entry from which a merge is undone; its detail is a Before as JSON. */
export const MERGED_FROM = 'merged_from'

interface Before {
  readonly stage: string
  readonly stageEnteredOn: PlainDate
  readonly stageDueOn: PlainDate | null
  readonly kept: string
  readonly urgency: Urgency
}

const RANK: Readonly<Record<Urgency, number>> = { normal: 0, urgent: 1, danger: 2 }

/** What the move of the later one to `merged` does not do: what undoing needs, and the pressure that goes over to the kept one. */
export async function mergeChanges(
  { kept, later }: { readonly kept: CaseRecord; readonly later: CaseRecord },
  staffId: string | null,
  watching: Watching,
  at: Instant,
  ids: IdSource,
): Promise<readonly Change[]> {
  const actor = { kind: staffId === null ? 'system' : 'staff', id: staffId } as const
  const { stage, stageEnteredOn, stageDueOn } = later
  const before: Before = { stage, stageEnteredOn, stageDueOn, kept: kept.id, urgency: kept.urgency }
  const raised = RANK[later.urgency] > RANK[kept.urgency]
  const set: Record<string, Row[string]> = {}
  if (raised) set['urgency'] = later.urgency
  // Nobody has answered the more pressing one.
  if (raised && later.acknowledgedAt === null) set['acknowledgedAt'] = null
  if (kept.householdId === null && later.householdId !== null) set['householdId'] = later.householdId
  const alarm = later.urgency === 'danger' ? 'danger_case' : 'urgent_case'
  const begun = raised && later.acknowledgedAt === null ? await watching.restart(alarm, kept.id, at) : []
  const subject = { kind: 'case', id: kept.id, territoryId: kept.territoryId } as const
  const watches =
    raised && later.acknowledgedAt === null && begun.length === 0 ? watching.begin(alarm, subject, at) : begun
  return [
    ...(Object.keys(set).length > 0 ? [update('Case', kept.id, kept.revision, set)] : []),
    event(ids, later.id, at, actor, MERGED_FROM, seal(JSON.stringify(before))),
    event(ids, kept.id, at, actor, 'merged_here', later.number),
    ...watches,
  ]
}

export type SplitRefusal = 'not_merged' | 'too_late' | 'twin_open'

export type SplitDecision =
  | { readonly kind: 'split'; readonly matter: CaseRecord; readonly changes: readonly Change[] }
  | { readonly kind: 'refused'; readonly reason: SplitRefusal }

/**
 * As it was before, on the day of the merge only.
 * @param timeline of the merged case, oldest first
 * @param twin an open case of the same speaker and kind that was opened since
 */
export async function decideSplit(
  matter: CaseRecord,
  timeline: readonly TimelineEntry[],
  twin: CaseRecord | null,
  staffId: string,
  facts: { readonly watching: Watching; readonly zone: string },
  at: Instant,
  ids: IdSource,
): Promise<SplitDecision> {
  const entry = timeline.findLast(({ what }) => what === MERGED_FROM)
  if (matter.mergedIntoId === null || !entry?.detail) return { kind: 'refused', reason: 'not_merged' }
  if (dateAt(entry.at, facts.zone) !== dateAt(at, facts.zone)) return { kind: 'refused', reason: 'too_late' }
  if (twin) return { kind: 'refused', reason: 'twin_open' }
  const { stage, stageEnteredOn, stageDueOn } = JSON.parse(entry.detail) as Before
  const set = {
    stage,
    stageEnteredOn,
    stageDueOn,
    closedAt: null,
    mergedIntoId: null,
    openKey: openKeyFor(matter),
  }
  const actor = { kind: 'staff', id: staffId } as const
  return {
    kind: 'split',
    matter: { ...matter, ...set },
    changes: [
      update('Case', matter.id, matter.revision, set),
      event(ids, matter.id, at, actor, 'stage', stage),
      event(ids, matter.id, at, actor, 'split', null),
      event(ids, matter.mergedIntoId, at, actor, 'split_off', matter.number),
      ...(await facts.watching.restart('case_stage', matter.id, at)),
      ...(matter.decidedOn === null ? await facts.watching.restart('case_total', matter.id, at) : []),
    ],
  }
}
