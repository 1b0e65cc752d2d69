import type { Writer } from '../../base/change.ts'
import type { IdSource } from '../../base/ids.ts'
import type { Clock } from '../../base/time.ts'
import type { ComparisonReads } from '../../domain/comparison/ports.ts'
import type { ImportReads } from '../../domain/registry/import/ports.ts'
import type { SettingReads } from '../../domain/settings/ports.ts'
import type { Text } from '../../text/text.ts'
import type { ErrorStream } from '../tables/progress.ts'
import type { TableLimits } from '../tables/table.ts'

export interface ComparisonImport {
  readonly file: string
  /** In place of the columns of the same names. */
  readonly round: string | null
  readonly source: string | null
  readonly kind: string | null
  /** Line of the (first) row of titles; null = it is found. */
  readonly headerRow: number | null
  /** `姓名=name,身份证=id_number` */
  readonly map: string | null
  readonly dryRun: boolean
  readonly refusedFile: string | null
  readonly storage: {
    readonly imports: ImportReads
    readonly comparison: ComparisonReads
    readonly settings: SettingReads
    readonly writer: Writer
  }
  readonly text: Text
  readonly language: string
  readonly clock: Clock
  readonly ids: IdSource
  readonly zone: string
  /** Rows in one commit. Default 190: with the row of the round no more than 200. */
  readonly chunkRows?: number
  readonly limits?: TableLimits
  readonly out: { write(text: string): unknown }
  readonly err: ErrorStream
}
