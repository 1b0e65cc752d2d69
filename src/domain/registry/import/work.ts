/** What deciding about rows needs beside the facts. */
import type { IdSource } from '../../../base/ids.ts'
import type { Instant, PlainDate } from '../../../base/time.ts'
import type { Rehomed } from '../rehome.ts'
import type { ChangeSheet } from './change-sheet.ts'

export interface ImportWork {
  readonly sheet: ChangeSheet
  readonly ids: IdSource
  readonly at: Instant
  readonly today: PlainDate
  readonly sha256: (text: string) => Uint8Array
  /** Hears of somebody who is gone by today. */
  readonly left?: (staffId: string) => void
  /** Hears of a household with another helper or in another place. */
  readonly rehomed?: (household: Rehomed) => void
  readonly fingerprint: (kind: 'phone' | 'idNumber', value: string) => string
}
