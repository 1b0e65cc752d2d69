/** What a county entered: one value for a key and a place. Writes are `Change` values (enter-setting.ts). */
import type { Instant } from '../../base/time.ts'

export interface SettingRecord {
  /** `<territory id or empty> <key>` */
  readonly id: string
  /** A name of the catalogue with what stands behind it: `income_line_monitoring:2026`, `deadline_stage.monitored.accepted`. */
  readonly key: string
  /** Null = the whole installation. */
  readonly territoryId: string | null
  readonly value: number
  /** Where the number comes from: a document, a meeting. */
  readonly source: string | null
  readonly enteredBy: string | null
  readonly updatedAt: Instant
  readonly revision: number
}

export interface SettingReads {
  /** Of every place, by (key, id); at most 500 keys. */
  settings(keys: readonly string[]): Promise<readonly SettingRecord[]>
  /** Everything that was entered, by (key, id). */
  allSettings(): Promise<readonly SettingRecord[]>
}
