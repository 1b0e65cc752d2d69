/** `bangfu import comparison FILE`: a department's sheet as it was sent, compared with the roster. Opens nothing. */
import { AppError } from '../../base/errors.ts'
import { findHeader, HEADER_WITHIN } from '../../domain/comparison/header.ts'
import { refusedFile } from '../import/refused-file.ts'
import { progressBar } from '../tables/progress.ts'
import { readTable } from '../tables/read-table.ts'
import type { Table, TableRow } from '../tables/table.ts'
import type { ComparisonImport } from './import-options.ts'
import { tidyRound } from './round-name.ts'
import { lineOf, reasonOf, roundSentence } from './row-words.ts'
import { sheetWork } from './sheet-work.ts'
import { comparisonTitles, comparisonWords } from './titles.ts'

const CHUNK_ROWS = 190

/**
 * @returns exit code: 0 all stored or unchanged, 2 some rows refused, 1 all rows refused.
 * @throws AppError FILE_NOT_FOUND, FILE_UNREADABLE, TOO_LARGE, IMPORT_COLUMN_MISSING, ARGUMENT_INVALID, WRITE_CONFLICT
 */
export async function importComparison(options: ComparisonImport): Promise<0 | 1 | 2> {
  const { file, text, language, clock, out } = options
  const words = comparisonWords(text)
  const given = {
    round: options.round === null ? null : tidyRound(options.round) || null,
    source: options.source?.trim() || null,
    kind: options.kind === null ? null : kindOf(options.kind, words.kinds, options),
  }
  const table = await readTable(file, options.limits)
  const { first, rest } = await lookAhead(table, options.headerRow ?? HEADER_WITHIN)
  const header = findHeader(first, comparisonTitles(text, options.map, language), options.headerRow)
  if (!header) {
    const said = text.say(
      { key: `comparison:import.${options.headerRow === null ? 'no_header' : 'not_there'}` },
      language,
    )
    throw new AppError('FILE_UNREADABLE', { file, reason: said })
  }
  const work = await sheetWork(options, header, given, words)
  const refusals = options.refusedFile === null ? null : refusedFile(options.refusedFile, header.titles)
  const progress = progressBar(options.err, clock)
  const counts = { created: 0, unchanged: 0, refused: 0 }
  let skipped = 0
  let done = 0
  try {
    let batch: TableRow[] = []
    const take = async () => {
      const verdicts = await work.take(batch)
      for (const [place, verdict] of verdicts.entries()) {
        const row = batch[place] as TableRow
        if (verdict === null) {
          skipped += 1
          continue
        }
        counts[verdict.kind] += 1
        out.write(`${lineOf(row.line, verdict, options)}\n`)
        if (verdict.kind === 'refused')
          await refusals?.add({
            ...row,
            column: verdict.refusals.map(({ column }) => column).join(' '),
            reason: verdict.refusals.map((refusal) => reasonOf(refusal, options)).join('; '),
          })
      }
      done += batch.length
      progress.show(done, table.count)
      batch = []
    }
    for await (const row of rest) {
      if (row.line <= header.line) continue
      batch.push(row)
      if (batch.length >= (options.chunkRows ?? CHUNK_ROWS)) await take()
    }
    await take()
  } finally {
    progress.end()
    await refusals?.close()
  }
  for (const { round, counts: counted } of await work.finish()) out.write(`${roundSentence(round, counted, options)}\n`)
  const say = (key: string, params: Record<string, string | number> = {}) =>
    out.write(`${text.say({ key: `comparison:import.${key}`, params }, language)}\n`)
  say('done', { ...counts, skipped })
  if (options.dryRun) say('dry_run')
  if (counts.refused > 0 && options.refusedFile !== null) say('refused_file', { file: options.refusedFile })
  if (counts.refused === 0) return 0
  return counts.created + counts.unchanged > 0 ? 2 : 1
}

/** The rows that a header is looked for in, and all rows from the first on. */
async function lookAhead(
  table: Table,
  until: number,
): Promise<{ first: readonly TableRow[]; rest: AsyncIterable<TableRow> }> {
  const first: TableRow[] = [table.header]
  const rows = table.rows[Symbol.asyncIterator]()
  while (first.length <= until) {
    const next = await rows.next()
    if (next.done) break
    first.push(next.value)
  }
  async function* all(): AsyncGenerator<TableRow> {
    yield* first
    for (let next = await rows.next(); !next.done; next = await rows.next()) yield next.value
  }
  return { first, rest: all() }
}

function kindOf(
  said: string,
  kinds: (said: string) => string | null,
  { text, language }: Pick<ComparisonImport, 'text' | 'language'>,
): string {
  const found = kinds(said)
  if (found !== null) return found
  const reason = text.say({ key: 'comparison:reasons.unknown_kind', params: { value: said } }, language)
  throw new AppError('ARGUMENT_INVALID', { argument: '--kind', reason })
}
