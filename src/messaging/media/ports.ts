/** What is read about files that people sent for matters. */
import type { Instant } from '../../base/time.ts'

export interface MediaLinkRecord {
  readonly id: string
  /** sha256 of the bytes, hex. */
  readonly mediaId: string
  /** photo | voice | video | file */
  readonly kind: string
  /** Whose account it came from. */
  readonly identityId: string
  readonly caseId: string | null
  readonly at: Instant
  /** What a recording says; null = nobody has written it down. */
  readonly transcript: string | null
  readonly revision: number
}

export interface MediaReads {
  /** In the order in which they came. */
  filesOf(caseId: string): Promise<readonly MediaLinkRecord[]>
  /** Every matter for which that file was sent. */
  linksOf(mediaId: string): Promise<readonly MediaLinkRecord[]>
  link(id: string): Promise<MediaLinkRecord | null>
  /** As its bytes say; null for a file that isn't there. */
  typeOf(mediaId: string): Promise<string | null>
}
