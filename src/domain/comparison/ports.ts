/** What departments sent to be compared with the roster. Sealed columns arrive as plain text. Writes are `Change` values. */
import type { Instant, PlainDate } from '../../base/time.ts'
import type { CaseRecord } from '../cases/ports.ts'

/**
 * matched: somebody of the roster, waits for the release · below: under the threshold of its kind, recorded only ·
 * candidate: a name in a village, a person says who it is · unknown: nobody of the roster ·
 * known: the household is monitored or has an open matter · opened: a matter was opened for it
 */
export const ROW_STATES = ['matched', 'below', 'candidate', 'unknown', 'known', 'opened'] as const
export type RowState = (typeof ROW_STATES)[number]

export interface RoundRecord {
  readonly id: string
  readonly round: string
  readonly source: string
  /** risk_cause */
  readonly kind: string
  readonly rows: number
  readonly matched: number
  readonly belowThreshold: number
  readonly candidates: number
  readonly alreadyKnown: number
  readonly opened: number
  /** Of the last file. */
  readonly refused: number
  /** Yuan; null = none was set, every match counts. */
  readonly threshold: number | null
  readonly importedAt: Instant
  /** When everything in it was dealt with. */
  readonly releasedAt: Instant | null
  /** Who releases it; set while the clock is still at it. */
  readonly releasedById: string | null
  readonly revision: number
}

export interface RowRecord {
  readonly id: string
  readonly roundId: string
  readonly rowHash: string
  readonly name: string | null
  /** Keyed; null where the sheet has no ID number. */
  readonly idNumberHash: string | null
  readonly territoryId: string | null
  readonly householdId: string | null
  readonly memberId: string | null
  readonly caseId: string | null
  readonly amount: number | null
  readonly happenedOn: PlainDate | null
  readonly note: string | null
  readonly state: RowState
  readonly revision: number
}

/** Somebody of the roster, as a comparison needs them. */
export interface RosterPerson {
  readonly householdId: string
  /** Null for a head of household who is not among the members. */
  readonly memberId: string | null
  readonly name: string
  /** The roster has an ID number of this person. */
  readonly hasIdNumber: boolean
}

export interface RosterHousehold {
  readonly id: string
  readonly head: string
  readonly territoryId: string
  readonly monitoredType: string | null
  readonly helperId: string | null
  readonly closedOn: string | null
}

export interface ComparisonReads {
  /** Keyed hash of a text, the same that the writer puts beside a sealed ID number. */
  rowHash(text: string): string
  /** All rounds, the latest import first. */
  rounds(): Promise<readonly RoundRecord[]>
  roundsNamed(round: string): Promise<readonly RoundRecord[]>
  round(round: string, source: string, kind: string): Promise<RoundRecord | null>
  /** Released by somebody, and not finished; by id. */
  releasing(): Promise<readonly RoundRecord[]>
  /** Hashes of these (at most 500) that the round has already. */
  knownHashes(roundId: string, hashes: readonly string[]): Promise<readonly string[]>
  countRows(roundId: string, state: RowState): Promise<number>
  rowById(id: string): Promise<RowRecord | null>
  /** By id, those after `afterId` ("" = from the start), at most `limit`. */
  rowsIn(roundId: string, state: RowState, afterId: string, limit: number): Promise<readonly RowRecord[]>
  /** ID numbers (at most 500, upper case) → who has them. */
  byIdNumber(idNumbers: readonly string[]): Promise<ReadonlyMap<string, RosterPerson>>
  /** Members and heads of households with these names (at most 500), by (household id, member id). */
  byName(names: readonly string[]): Promise<readonly RosterPerson[]>
  /** At most 500. */
  rosterHouseholds(ids: readonly string[]): Promise<readonly RosterHousehold[]>
  /** Matters of these households (at most 500), oldest first; closed ones too. */
  casesOfHouseholds(ids: readonly string[]): Promise<readonly CaseRecord[]>
}
