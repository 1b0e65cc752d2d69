/** Takes rows of one kind in batches: read, look up, decide, store. */
import type { CommitOutcome, Writer } from '../../base/change.ts'
import { AppError } from '../../base/errors.ts'
import { changeSheet, type ChangeSheet } from '../../domain/registry/import/change-sheet.ts'
import type { ColumnSpec, RawRow, Reading, Verdict } from '../../domain/registry/import/row.ts'
import type { ReadContext } from '../../domain/registry/import/row-reader.ts'
import type { ImportWork } from '../../domain/registry/import/work.ts'

export interface Importer<Row, Facts> {
  readonly columns: readonly ColumnSpec[]
  read(row: RawRow, context: ReadContext): Reading<Row>
  /** Adds what these rows need to the facts; `null` = begin anew. */
  load(rows: readonly Row[], facts: Facts | null): Promise<Facts>
  decide(row: Row, facts: Facts, work: ImportWork): Verdict
}

export interface ImportSession {
  /** The verdicts, in the order of the rows; they are stored when it resolves. */
  take(rows: readonly RawRow[]): Promise<readonly Verdict[]>
}

/** The most table rows that one row of a file changes (a place with all its levels). */
const ROW_SPREAD = 16
const TRIES = 5

export interface SessionOptions {
  readonly writer: Writer
  readonly context: ReadContext
  readonly work: Omit<ImportWork, 'sheet'>
  readonly dryRun: boolean
  /** Table rows in one commit. */
  readonly chunkRows: number
}

export function importSession<Row, Facts>(importer: Importer<Row, Facts>, options: SessionOptions): ImportSession {
  let facts: Facts | null = null

  const commit = async (sheet: ChangeSheet): Promise<CommitOutcome> => {
    if (sheet.size === 0 || options.dryRun) return { kind: 'committed' }
    return options.writer.commit(sheet.changes())
  }

  /** Rows whose commit met somebody else's change: each alone, on fresh facts. */
  const again = async (row: Row): Promise<Verdict> => {
    for (let tries = 0; tries < TRIES; tries++) {
      facts = await importer.load([row], null)
      const sheet = changeSheet()
      const verdict = importer.decide(row, facts, { ...options.work, sheet })
      if ((await commit(sheet)).kind === 'committed') {
        sheet.settle()
        return verdict
      }
    }
    throw new AppError('WRITE_CONFLICT', {})
  }

  return {
    async take(rows) {
      const readings = rows.map((row) => importer.read(row, options.context))
      const good = readings.flatMap((reading) => ('row' in reading ? [reading.row] : []))
      facts = await importer.load(good, facts)
      const verdicts: Verdict[] = []
      const sheet = changeSheet()
      let pending: { index: number; row: Row }[] = []

      const flush = async () => {
        const outcome = await commit(sheet)
        sheet.settle()
        if (outcome.kind !== 'committed') {
          for (const { index, row } of pending) verdicts[index] = await again(row)
          facts = await importer.load(good, facts)
        }
        pending = []
      }

      for (const [index, reading] of readings.entries()) {
        if ('refusals' in reading) {
          verdicts[index] = { kind: 'refused', refusals: reading.refusals }
          continue
        }
        verdicts[index] = importer.decide(reading.row, facts, { ...options.work, sheet })
        pending.push({ index, row: reading.row })
        if (sheet.size > options.chunkRows - ROW_SPREAD) await flush()
      }
      await flush()
      return verdicts
    },
  }
}
