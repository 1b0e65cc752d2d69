/** `bangfu import WHAT FILE`: one line for each row, all good rows stored. */
import { createHash } from 'node:crypto'
import type { Writer } from '../../base/change.ts'
import type { IdSource } from '../../base/ids.ts'
import { dateAt, type Clock } from '../../base/time.ts'
import type { ImportReads } from '../../domain/registry/import/ports.ts'
import type { RawRow, Refusal, Verdict } from '../../domain/registry/import/row.ts'
import { CHANNEL_NAMES } from '../../messaging/channel.ts'
import type { Text } from '../../text/text.ts'
import { progressBar, type ErrorStream } from '../tables/progress.ts'
import { readTable } from '../tables/read-table.ts'
import type { TableLimits, TableRow } from '../tables/table.ts'
import { readHeader } from './header.ts'
import type { Rehomed } from '../../domain/registry/rehome.ts'
import type { Following } from './following.ts'
import type { ImportKind } from './kind-names.ts'
import { COLUMNS, openSession } from './kinds.ts'
import { refusedFile } from './refused-file.ts'
import { titlesOf, vocabularyFrom } from './titles.ts'
import type { VisitPlanning } from './visit-planning.ts'

export interface ImportOptions {
  readonly what: ImportKind
  readonly file: string
  readonly storage: { readonly imports: ImportReads; readonly writer: Writer }
  readonly planning: VisitPlanning
  /** Names of departments that have officers; those that ship when absent. */
  readonly departments?: readonly string[]
  /** What is open follows whoever left, and households that moved. Absent = nothing follows. */
  readonly follow?: Following
  readonly text: Text
  readonly language: string
  readonly clock: Clock
  readonly ids: IdSource
  readonly zone: string
  readonly dryRun: boolean
  readonly refusedFile: string | null
  /** Table rows in one commit: 500, or 200 beside a running program. */
  readonly chunkRows?: number
  readonly limits?: TableLimits
  readonly out: { write(text: string): unknown }
  readonly err: ErrorStream
}

export type ImportCounts = Readonly<Record<Verdict['kind'], number>>

const BATCH = 250

/**
 * @returns exit code: 0 all stored or unchanged, 2 some rows refused, 1 all rows refused.
 * @throws AppError FILE_NOT_FOUND, FILE_UNREADABLE, TOO_LARGE, IMPORT_COLUMN_MISSING, WRITE_CONFLICT
 */
export async function runImport(options: ImportOptions): Promise<0 | 1 | 2> {
  const counts = await importFile(options)
  const { text, language, out } = options
  out.write(`${text.say({ key: 'imports:summary.done', params: { ...counts } }, language)}\n`)
  if (options.dryRun) out.write(`${text.say({ key: 'imports:summary.dry_run' }, language)}\n`)
  if (counts.refused > 0 && options.refusedFile !== null) {
    out.write(`${text.say({ key: 'imports:summary.refused_file', params: { file: options.refusedFile } }, language)}\n`)
  }
  if (counts.refused === 0) return 0
  return counts.created + counts.updated + counts.unchanged > 0 ? 2 : 1
}

async function importFile(options: ImportOptions): Promise<ImportCounts> {
  const { what, file, clock, text } = options
  const table = await readTable(file, options.limits)
  const header = readHeader(table.header, COLUMNS[what], titlesOf(what, COLUMNS[what], text), file)
  const at = clock.now()
  const today = dateAt(at, options.zone)
  const followed = { left: new Set<string>(), rehomed: new Array<Rehomed>() }
  const session = openSession(what, options.storage.imports, options.planning, {
    writer: options.storage.writer,
    context: { today, vocabulary: vocabularyFrom(text, options.departments), channels: CHANNEL_NAMES },
    work: {
      ...{ ids: options.ids, at, today, sha256, fingerprint: options.storage.imports.fingerprint },
      left: (staffId) => void followed.left.add(staffId),
      rehomed: (household) => void followed.rehomed.push(household),
    },
    dryRun: options.dryRun,
    chunkRows: options.chunkRows ?? 500,
  })
  const refusals = options.refusedFile === null ? null : refusedFile(options.refusedFile, table.header.cells)
  const progress = progressBar(options.err, clock)
  const counts = { created: 0, updated: 0, unchanged: 0, refused: 0 }
  let done = 0
  const take = async (batch: readonly { raw: RawRow; row: TableRow }[]) => {
    const verdicts = await session.take(batch.map(({ raw }) => raw))
    for (const [index, verdict] of verdicts.entries()) {
      const { row } = batch[index] as { row: TableRow }
      counts[verdict.kind] += 1
      options.out.write(`${linesOf(row.line, verdict, options)}\n`)
      if (verdict.kind !== 'refused') continue
      await refusals?.add({
        ...row,
        column: verdict.refusals.map(({ column }) => column).join(' '),
        reason: verdict.refusals.map((refusal) => reasonOf(refusal, options)).join('; '),
      })
    }
    if (!options.dryRun && options.follow) {
      await options.follow.rehomed(followed.rehomed.splice(0))
      for (const staffId of followed.left) await options.follow.left(staffId)
    }
    followed.rehomed.length = 0
    followed.left.clear()
    done += batch.length
    progress.show(done, table.count)
  }
  try {
    let batch: { raw: RawRow; row: TableRow }[] = []
    for await (const row of table.rows) {
      batch.push({ raw: header.read(row), row })
      if (batch.length < BATCH) continue
      await take(batch)
      batch = []
    }
    if (batch.length > 0) await take(batch)
  } finally {
    progress.end()
    await refusals?.close()
  }
  return counts
}

function linesOf(line: number, verdict: Verdict, options: Pick<ImportOptions, 'text' | 'language'>): string {
  const say = (params: Record<string, string | number>) =>
    options.text.say({ key: `imports:rows.${verdict.kind}`, params: { line, ...params } }, options.language)
  if (verdict.kind !== 'refused') return say({ subject: verdict.subject })
  return verdict.refusals
    .map((refusal) => say({ column: refusal.column, reason: reasonOf(refusal, options) }))
    .join('\n')
}

const reasonOf = ({ reason, params }: Refusal, { text, language }: Pick<ImportOptions, 'text' | 'language'>): string =>
  text.say({ key: `imports:reasons.${reason}`, ...(params && { params }) }, language)

const sha256 = (text: string): Uint8Array => createHash('sha256').update(text).digest()
