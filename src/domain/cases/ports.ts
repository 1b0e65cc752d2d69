/** What rules about cases read, and where matter numbers come from. Writes are `Change` values. */
import type { Instant, PlainDate } from '../../base/time.ts'

export type Urgency = 'normal' | 'urgent' | 'danger'

export interface CaseRecord {
  readonly id: string
  readonly number: string
  readonly kind: string
  readonly stage: string
  readonly source: string
  readonly territoryId: string
  readonly identityId: string | null
  readonly profileId: string | null
  readonly householdId: string | null
  readonly personName: string | null
  readonly submissionId: string | null
  readonly assigneeId: string | null
  readonly urgency: Urgency
  readonly leadOn: PlainDate
  readonly stageEnteredOn: PlainDate
  readonly stageDueOn: PlainDate | null
  readonly decideBy: PlainDate | null
  readonly decidedOn: PlainDate | null
  readonly lateReason: string | null
  /** The lead of the same matter that was withdrawn at most 30 days before. */
  readonly firstLeadOn: PlainDate | null
  /** Takes longer than the ordinary deadline, as staff said. */
  readonly hard: boolean
  /** red | orange | yellow | none; null = not looked at yet. */
  readonly risk: string | null
  /** Names of the risk rules that fired, blank-separated. */
  readonly riskRules: string | null
  readonly monitoredType: string | null
  readonly mergedIntoId: string | null
  /** Lowest level (`township`, `county`) whose staff may know of it; null = everybody in scope. */
  readonly seenFrom: string | null
  readonly listedAt: Instant | null
  readonly acknowledgedAt: Instant | null
  readonly openedAt: Instant
  readonly closedAt: Instant | null
  readonly openKey: string | null
  readonly revision: number
}

export interface CaseReads {
  /** At most 500 ids. */
  cases(ids: readonly string[]): Promise<readonly CaseRecord[]>
  caseByNumber(number: string): Promise<CaseRecord | null>
  caseByOpenKey(openKey: string): Promise<CaseRecord | null>
  /** Cases that this account reported, newest first; `open` = those without `closedAt` only. */
  casesOfIdentity(identityId: string, open: boolean): Promise<readonly CaseRecord[]>
  /** Entries of that kind on the timelines of these cases (at most 500), in their order. */
  eventDetails(
    caseIds: readonly string[],
    what: string,
  ): Promise<readonly { readonly caseId: string; readonly detail: string | null }[]>
  /** Open ones, oldest first, at most `limit`. */
  openCasesAssignedTo(staffId: string, limit: number): Promise<readonly CaseRecord[]>
}

/** One entry of a timeline. `what` names it; `detail` may name a stage, a person or a submission by id. */
export interface TimelineEntry {
  readonly id: string
  readonly at: Instant
  readonly actor: 'villager' | 'staff' | 'system'
  readonly actorId: string | null
  readonly what: string
  readonly detail: string | null
}

/** What two staff found at a household. */
export interface VerificationRecord {
  readonly id: string
  readonly caseId: string | null
  readonly territoryId: string
  readonly staffIds: readonly string[]
  readonly visitedOn: PlainDate
  /** photo | paper | not_yet */
  readonly authorisation: string
  /** Yuan a year and person. */
  readonly perCapita: number
  readonly monitoredType: string | null
  /** include | not | more */
  readonly result: string
  readonly at: Instant
}

/** A second person says that something is right, or isn't. */
export interface ConfirmationRecord {
  readonly id: string
  readonly caseId: string
  readonly about: string
  readonly refId: string | null
  readonly staffId: string
  /** waiting | given | refused */
  readonly state: string
  readonly revision: number
}

/** What a move to another stage is decided from. */
export interface StageReads {
  /** Oldest first. */
  timeline(caseId: string): Promise<readonly TimelineEntry[]>
  /** Oldest first. */
  verificationsOf(caseId: string): Promise<readonly VerificationRecord[]>
  /** Oldest first. */
  confirmationsOf(caseId: string): Promise<readonly ConfirmationRecord[]>
  /** Measures that are not dropped. */
  measuresOf(caseId: string): Promise<readonly { readonly kind: string; readonly state: string }[]>
  /** Nobody of the household can work, as far as the roster says; false where it says nothing. */
  isWithoutLabour(householdId: string): Promise<boolean>
  /** Staff whom an open referral of this matter names, and departments it was handed to. */
  referredTo(caseId: string): Promise<readonly { readonly toId: string | null; readonly department: string | null }[]>
}

/** The sequence of matter numbers of a day, over all kinds. Numbers that were taken and not used leave gaps. */
export interface MatterSequence {
  /** The next number of that local day, from 1. Never the same twice, however many processes run. */
  take(on: PlainDate): Promise<number>
  /** The next `count` numbers of that day, ascending: one write for all of them. */
  takeMany(on: PlainDate, count: number): Promise<readonly number[]>
}
