/**
 * What exports read. Everything comes in pages, in a stable order, so that memory stays flat over a million rows;
 * names of places and people are joined by the reports, page by page, from the reads by id below.
 * Sealed columns arrive as plain text: the reports mask them.
 */
import type { Instant, PlainDate } from '../base/time.ts'

/** Both ends inclusive; null = open. */
export interface DayRange {
  readonly from: PlainDate | null
  readonly to: PlainDate | null
}

/** `from` inclusive, `before` exclusive; null = open. */
export interface InstantRange {
  readonly from: Instant | null
  readonly before: Instant | null
}

export interface CaseRecord {
  readonly id: string
  readonly number: string
  readonly kind: string
  readonly stage: string
  readonly source: string
  readonly territoryId: string
  readonly profileId: string | null
  readonly householdId: string | null
  readonly personName: string | null
  readonly submissionId: string | null
  readonly assigneeId: string | null
  readonly urgency: string
  readonly risk: string | null
  readonly leadOn: string
  readonly stageEnteredOn: string
  readonly stageDueOn: string | null
  readonly decideBy: string | null
  readonly decidedOn: string | null
  readonly lateReason: string | null
  readonly acknowledgedAt: Instant | null
  readonly openedAt: Instant
  readonly closedAt: Instant | null
}

export interface CaseEventRecord {
  readonly caseId: string
  readonly at: Instant
  readonly actor: string
  readonly what: string
  readonly detail: string | null
}

export interface VisitRecord {
  readonly id: string
  readonly number: string | null
  readonly householdId: string
  readonly territoryId: string
  readonly planId: string | null
  readonly staffId: string
  readonly visitedOn: string
  readonly mode: string
  readonly met: string
  /** Blank-separated. */
  readonly changes: string
  readonly gaps: string
  readonly measures: string | null
  readonly wish: string | null
  readonly nextOn: string | null
  readonly attempt: boolean
  readonly late: boolean
  readonly loggedAt: Instant
}

export interface SubmissionRecord {
  readonly id: string
  readonly flow: string
  readonly flowVersion: number
  readonly profileId: string | null
  readonly staffId: string | null
  readonly territoryId: string | null
  /** As stored: JSON of question → answer. */
  readonly answers: string
  readonly matter: string | null
  readonly submittedAt: Instant
}

export interface TerritoryRecord {
  readonly id: string
  readonly path: string
  readonly name: string
  readonly level: string
  readonly parentId: string | null
}

export interface ReportReads {
  /** Ordered by id. `leadOn` within the range; `territoryIds` null = everywhere. */
  cases(filter: { reportedOn: DayRange; territoryIds: readonly string[] | null }): AsyncIterable<readonly CaseRecord[]>
  /** Of these cases (at most 1,000), ordered by (at, id). */
  caseEvents(caseIds: readonly string[]): Promise<readonly CaseEventRecord[]>
  /** Ordered by id. */
  visits(filter: { visitedOn: DayRange; territoryIds: readonly string[] | null }): AsyncIterable<readonly VisitRecord[]>
  /** Ordered by id. `flow` null = all flows. */
  submissions(filter: {
    submittedAt: InstantRange
    flow: string | null
    territoryIds: readonly string[] | null
  }): AsyncIterable<readonly SubmissionRecord[]>
  submissionsById(ids: readonly string[]): Promise<readonly SubmissionRecord[]>
  /** All of them: a prefecture has some ten thousand. */
  territories(): Promise<readonly TerritoryRecord[]>
  /** All of them, those who left included. */
  staffNames(): Promise<readonly { readonly id: string; readonly name: string }[]>
  profilesById(
    ids: readonly string[],
  ): Promise<readonly { readonly id: string; readonly name: string | null; readonly phone: string | null }[]>
  householdsById(ids: readonly string[]): Promise<
    readonly {
      readonly id: string
      readonly key: string | null
      readonly head: string
      readonly phone: string | null
      readonly status: string
    }[]
  >
}

/** A place as posters show it. */
export interface PosterPlace {
  readonly path: string
  readonly name: string
  readonly level: string
  /** Opens the web chat: `/chat/<code>`. */
  readonly chatCode: string
  readonly publicPhone: string | null
}

/** What posters read, by path. */
export interface PosterReads {
  placesAt(paths: readonly string[]): Promise<readonly PosterPlace[]>
  placesNamed(name: string): Promise<readonly PosterPlace[]>
  /** Everything inside of a place, without the place itself. */
  placesWithin(path: string): Promise<readonly PosterPlace[]>
  placeByCode(chatCode: string): Promise<PosterPlace | null>
}

export interface FunnelConversation {
  readonly id: string
  /** asking | review | draft | submitted | ended */
  readonly phase: string
  /** Path of the question that is open, or was when the person went away; "" for the review; null when neither is known. */
  readonly at: string | null
  /** Answers at that place that were not accepted. */
  readonly attempts: number
}

/** A line of an answer log, without what was said. */
export interface FunnelLine {
  readonly conversationId: string
  /** With instances: `people[2].name`. */
  readonly question: string
  /** answered | skipped | superseded */
  readonly kind: string
  /** Which try it was, from 1. */
  readonly attempt: number
  /** Somebody said it; a known fact or a default was never asked. */
  readonly said: boolean
}

export interface FunnelReads {
  /** Conversations of a flow that began within the range, ordered by id, in pages. */
  conversations(filter: { flow: string; startedAt: InstantRange }): AsyncIterable<readonly FunnelConversation[]>
  /** Of these conversations, in no order. */
  answerLines(conversationIds: readonly string[]): Promise<readonly FunnelLine[]>
}
