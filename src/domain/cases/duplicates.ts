/** Cases that are perhaps one matter: shown to staff, who decide. Nothing is joined by a rule. */
import type { Change } from '../../base/change.ts'
import type { IdSource } from '../../base/ids.ts'
import { daysBetween, type Instant, type PlainDate } from '../../base/time.ts'
import { openTask } from '../tasks/tasks.ts'
import type { Watching } from '../watching.ts'
import type { CaseRecord } from './ports.ts'

export interface DuplicateFacts {
  readonly ofHousehold: readonly CaseRecord[]
  readonly ofSamePhone: readonly CaseRecord[]
  /** Of the same kind in the same village. */
  readonly inVillage: readonly CaseRecord[]
  /** Days within which the same name in one village is perhaps the same person. */
  readonly sameNameDays: number
}

/** The oldest open one that is perhaps the same, of somebody else or under another name; null for most. */
export function likelyDuplicate(matter: CaseRecord, facts: DuplicateFacts, on: PlainDate): CaseRecord | null {
  const name = plainName(matter.personName)
  const sameName = facts.inVillage.filter(
    (other) =>
      name !== '' && plainName(other.personName) === name && daysBetween(other.leadOn, on) <= facts.sameNameDays,
  )
  const found = [...facts.ofHousehold, ...facts.ofSamePhone, ...sameName].filter(
    (other) =>
      other.id !== matter.id &&
      other.kind === matter.kind &&
      other.closedAt === null &&
      other.seenFrom === matter.seenFrom &&
      !isOtherPersonOfOneReporter(matter, other),
  )
  return found.toSorted((a, b) => a.openedAt - b.openedAt || (a.id < b.id ? -1 : 1))[0] ?? null
}

const plainName = (name: string | null): string => (name ?? '').replace(/\s+/gu, '')

/** Somebody who reports for two people has two matters; those of one person are joined when they are reported. */
const isOtherPersonOfOneReporter = (a: CaseRecord, b: CaseRecord): boolean =>
  a.identityId !== null &&
  a.identityId === b.identityId &&
  plainName(a.personName) !== '' &&
  plainName(b.personName) !== '' &&
  plainName(a.personName) !== plainName(b.personName)

/** One question about the two, whichever came first. */
export const pairKey = (a: Pick<CaseRecord, 'id'>, b: Pick<CaseRecord, 'id'>): string =>
  [a.id, b.id].toSorted().join(' ')

/** @param told its assignee hears of it at that moment, by a message of whoever asks; else the clock tells it */
export function askAboutDuplicate(
  matter: CaseRecord,
  other: CaseRecord,
  number: string,
  dueOn: PlainDate,
  watching: Watching,
  at: Instant,
  ids: IdSource,
  told?: Instant,
): readonly Change[] {
  return openTask(
    {
      kind: 'duplicate_check',
      number,
      caseId: matter.id,
      householdId: matter.householdId,
      territoryId: matter.territoryId,
      assigneeId: matter.assigneeId,
      refId: other.id,
      detail: `${other.number} ${matter.number}`,
      dueOn,
      seenFrom: matter.seenFrom,
      about: pairKey(matter, other),
    },
    watching,
    at,
    ids,
    told,
  ).changes
}
