/** What talks with a person (人工) read: a villager's words go to one of the staff, whose words come back. */
import type { Instant } from '../../base/time.ts'

export interface HandOffRecord {
  readonly id: string
  /** Of the same series as matter numbers. */
  readonly number: string
  /** The person's first account. */
  readonly identityId: string
  readonly profileId: string | null
  readonly territoryId: string
  /** Who is asked to answer; null while there is nobody. */
  readonly staffId: string | null
  /** waiting (for an answer) | answered | closed */
  readonly state: string
  readonly openedAt: Instant
  /** Of either side. */
  readonly lastAt: Instant
  /** Closes by itself then; null once closed. */
  readonly closesAt: Instant | null
  readonly closedAt: Instant | null
  /** person | staff | silence */
  readonly closedBy: string | null
  readonly openKey: string | null
  readonly revision: number
}

export interface HandOffLineRecord {
  readonly id: string
  readonly handOffId: string
  readonly at: Instant
  readonly side: 'villager' | 'staff'
  /** Identity or staff id. */
  readonly actorId: string
  /** "" for a recording or a picture without words. */
  readonly text: string
  readonly mediaId: string | null
}

export interface HandOffReads {
  /** The open one of a person (id of the first account). */
  openHandOff(identityId: string): Promise<HandOffRecord | null>
  handOffByNumber(number: string): Promise<HandOffRecord | null>
  handOff(id: string): Promise<HandOffRecord | null>
  /** Open ones that these staff are asked to answer, by (openedAt, id). */
  openHandOffsOf(staffIds: readonly string[]): Promise<readonly HandOffRecord[]>
  /** Every one of these accounts, open and closed, by id. */
  handOffsOfPerson(identityIds: readonly string[]): Promise<readonly HandOffRecord[]>
  /** In which that file was sent. */
  handOffsWith(mediaId: string): Promise<readonly HandOffRecord[]>
  /** What was said in one, by (at, id), the newest `limit`, oldest first. */
  handOffLines(handOffId: string, limit: number): Promise<readonly HandOffLineRecord[]>
  /** With closesAt <= at, by (closesAt, id). */
  dueHandOffs(at: Instant, limit: number): Promise<readonly HandOffRecord[]>
  /** The earliest closesAt. */
  nextHandOff(): Promise<Instant | null>
}
