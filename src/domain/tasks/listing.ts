/**
 * 挂牌督办: a matter that is far too late is proposed to be put under the county's supervision. Only a person does it; the
 * digest of the county's group carries it as such from then on, until it is settled.
 */
import { insert, insertOnce, seal, update, type Change } from '../../base/change.ts'
import type { IdSource } from '../../base/ids.ts'
import type { Instant } from '../../base/time.ts'
import type { CaseRecord } from '../cases/ports.ts'
import { event } from '../cases/report.ts'
import type { Watching } from '../watching.ts'
import type { TaskRecord } from './ports.ts'
import { settleTask } from './tasks.ts'

/** Who may list. */
export const LISTING_ROLE = 'county_officer'

/** Days in which the proposal should be answered. */
export const LISTING_DAYS = 3

/** The rung that proposes: what `refId` of a task of kind `listing` holds. */
export interface ListingRung {
  readonly rule: string
  /** 1-based. */
  readonly rung: number
  readonly subjectId: string
  /** Tells this lateness of the subject from another. */
  readonly occurrence: string
}

export const listingRef = ({ rule, rung, subjectId, occurrence }: ListingRung): string =>
  `${rule}|${rung}|${subjectId}|${occurrence}`

/** Identity of the rung in the group's digest: it exists from when a person has listed the matter. */
export const listedReminder = (rung: ListingRung): string => `${listingRef(rung)}|listed`

export function readListingRef(refId: string | null): ListingRung | null {
  const [rule, rung, subjectId, occurrence] = refId?.split('|') ?? []
  if (rule === undefined || rung === undefined || subjectId === undefined || occurrence === undefined) return null
  return { rule, rung: Number(rung), subjectId, occurrence }
}

export interface ListingAnswer {
  readonly task: TaskRecord
  readonly listed: boolean
  readonly staffId: string
  readonly reason: string | null
  /** The matter it is about; null for a visit. */
  readonly matter: CaseRecord | null
  readonly at: Instant
  readonly ids: IdSource
}

/** What 挂牌 or 不挂牌 changes. On the timeline of a matter, in the audit log for a visit. */
export async function answerListing(answer: ListingAnswer, watching: Watching): Promise<readonly Change[]> {
  const { task, listed, staffId, reason, matter, at, ids } = answer
  const rung = readListingRef(task.refId)
  const what = listed ? 'listed' : 'listing_declined'
  const changes: Change[] = [...(await settleTask(task, listed ? 'done' : 'dropped', staffId, watching, at))]
  if (matter) {
    if (listed) changes.push(update('Case', matter.id, matter.revision, { listedAt: at }))
    changes.push(event(ids, matter.id, at, { kind: 'staff', id: staffId }, what, reason === null ? null : seal(reason)))
  } else {
    changes.push(
      insert('AuditEntry', {
        at,
        actor: `staff:${staffId}`,
        action: `visit_${what}`,
        subject: rung?.subjectId ?? task.id,
        detail: { number: task.detail },
      }),
    )
  }
  if (listed && rung) {
    changes.push(
      insertOnce('Reminder', {
        id: listedReminder(rung),
        rule: rung.rule,
        rung: rung.rung,
        number: task.detail ?? '',
        subjectId: rung.subjectId,
        recipient: 'listed',
        outboxId: null,
        plannedAt: at,
      }),
    )
  }
  return changes
}
