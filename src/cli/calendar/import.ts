/** `bangfu import calendar FILE`: days off and make-up days, one line for each, all good ones stored. */
import { createHash } from 'node:crypto'
import type { Writer } from '../../base/change.ts'
import type { IdSource } from '../../base/ids.ts'
import { dateAt, partsOf, type Clock, type PlainDate } from '../../base/time.ts'
import {
  calendarFacts,
  CALENDAR_COLUMNS,
  decideCalendarDay,
  readCalendarDayRow,
  type CalendarDayRow,
  type CalendarFacts,
} from '../../domain/calendar/import-days.ts'
import type { CalendarReads } from '../../domain/calendar/ports.ts'
import { missingStatutory, shippedKind } from '../../domain/calendar/working-days.ts'
import { placeIndex } from '../../domain/registry/import/place-index.ts'
import type { ImportReads } from '../../domain/registry/import/ports.ts'
import type { Refusal, Verdict } from '../../domain/registry/import/row.ts'
import type { Text } from '../../text/text.ts'
import { importSession, type Importer } from '../import/importer.ts'
import { refusedFile } from '../import/refused-file.ts'
import { readCalendarFile, type CalendarFile } from './read-file.ts'
import { calendarTitles, kindWords } from './words.ts'

export interface CalendarImport {
  readonly file: string
  /** Of the days of a notice that names no year. */
  readonly year: number | null
  readonly storage: {
    readonly imports: Pick<ImportReads, 'territories' | 'fingerprint'>
    readonly calendarDays: CalendarReads
    readonly writer: Writer
  }
  readonly text: Text
  readonly language: string
  readonly clock: Clock
  readonly ids: IdSource
  readonly zone: string
  readonly dryRun: boolean
  readonly refusedFile: string | null
  readonly out: { write(text: string): unknown }
}

/** Rows of one commit, of which a running program must not wait long. */
const CHUNK_ROWS = 200

/**
 * @returns exit code: 0 all stored or unchanged, 2 some refused, 1 all refused
 * @throws AppError FILE_NOT_FOUND, FILE_UNREADABLE, TOO_LARGE, IMPORT_COLUMN_MISSING, WRITE_CONFLICT
 */
export async function runCalendarImport(options: CalendarImport): Promise<0 | 1 | 2> {
  const { text, language, out, storage, clock, zone } = options
  const say = (key: string, params: Record<string, string | number>) => text.say({ key, params }, language)
  const tell = (key: string, params: Record<string, string | number> = {}) => out.write(`${say(key, params)}\n`)
  const file = await readCalendarFile(options.file, {
    year: options.year,
    titles: calendarTitles(text),
    sourceOf: (year) => say('calendar:import.notice', { year: String(year) }),
  })
  const facts = calendarFacts(
    placeIndex(await storage.imports.territories()),
    await storage.calendarDays.calendarDays(),
  )
  const at = clock.now()
  const session = importSession(importerOf(facts, options), {
    writer: storage.writer,
    context: { today: dateAt(at, zone), vocabulary: new Map(), channels: [] },
    work: {
      ids: options.ids,
      at,
      today: dateAt(at, zone),
      sha256: (given) => createHash('sha256').update(given).digest(),
      fingerprint: storage.imports.fingerprint,
    },
    dryRun: options.dryRun,
    chunkRows: CHUNK_ROWS,
  })
  const verdicts = await session.take(file.rows.map(({ raw }) => raw))
  const counts = { created: 0, updated: 0, unchanged: 0, refused: file.refusals.length }
  const reason = (refusal: Pick<Refusal, 'reason' | 'params'>) => reasonOf(refusal, text, language)
  for (const [place, verdict] of verdicts.entries()) {
    const { line } = file.rows[place]?.row ?? { line: 0 }
    counts[verdict.kind] += 1
    if (verdict.kind !== 'refused') tell(`imports:rows.${verdict.kind}`, { line, subject: verdict.subject })
    else
      for (const one of verdict.refusals)
        tell('imports:rows.refused', { line, column: one.column, reason: reason(one) })
  }
  for (const { line, sentence, ...refusal } of file.refusals)
    tell('imports:rows.refused', { line, column: 'notice', reason: `${sentence}: ${reason(refusal)}` })

  for (const [date, kind] of [...facts.conflicts].sort()) tell(`calendar:import.conflict_${kind}`, { date })
  tell('imports:summary.done', counts)
  for (const year of countryYears(facts)) tellOfYear(year, facts, tell)
  if (options.dryRun) tell('imports:summary.dry_run')
  if (await writeRefused(file, verdicts, options.refusedFile, reason))
    tell('imports:summary.refused_file', { file: options.refusedFile ?? '' })
  if (counts.refused === 0) return 0
  return counts.created + counts.updated + counts.unchanged > 0 ? 2 : 1
}

const importerOf = (
  facts: CalendarFacts,
  { text, storage }: Pick<CalendarImport, 'text' | 'storage'>,
): Importer<CalendarDayRow, CalendarFacts> => {
  const kinds = kindWords(text)
  return {
    columns: CALENDAR_COLUMNS,
    read: (row, context) => readCalendarDayRow(row, context, kinds),
    async load(_, known) {
      if (known) return known
      // Anew after somebody else's change, or at the beginning.
      facts.days.clear()
      for (const day of await storage.calendarDays.calendarDays()) facts.days.set(day.id, { ...day })
      return facts
    },
    decide: decideCalendarDay,
  }
}

const reasonOf = ({ reason, params }: Pick<Refusal, 'reason' | 'params'>, text: Text, language: string): string => {
  const own = `calendar:reasons.${reason}`
  return text.say(
    { key: text.has(own, language) ? own : `imports:reasons.${reason}`, ...(params && { params }) },
    language,
  )
}

/** Years beyond the table for which the whole country was told something in this file. */
const countryYears = ({ taken }: CalendarFacts): readonly number[] =>
  [...new Set([...taken.keys()].filter((id) => id.endsWith(' ')).map((id) => partsOf(id.slice(0, 10) as PlainDate)[0]))]
    .filter((year) => shippedKind(`${year}-01-01` as PlainDate) === null)
    .sort()

function tellOfYear(
  year: number,
  { days }: CalendarFacts,
  tell: (key: string, params: Record<string, string | number>) => void,
): void {
  const country = new Map(
    [...days.values()].filter(({ territoryId }) => territoryId === null).map(({ date, kind }) => [date, kind]),
  )
  const missing = missingStatutory(year, country)
  if (missing.length === 0) tell('calendar:import.covered', { year: String(year) })
  else tell('calendar:import.missing', { year: String(year), days: missing.join(' ') })
}

/** @returns whether there is such a file */
async function writeRefused(
  { header, rows, refusals }: CalendarFile,
  verdicts: readonly Verdict[],
  path: string | null,
  reason: (refusal: Pick<Refusal, 'reason' | 'params'>) => string,
): Promise<boolean> {
  if (path === null) return false
  const target = refusedFile(path, header)
  let count = 0
  try {
    for (const [place, verdict] of verdicts.entries()) {
      const row = rows[place]?.row
      if (verdict.kind !== 'refused' || !row) continue
      count += 1
      await target.add({
        ...row,
        column: verdict.refusals.map(({ column }) => column).join(' '),
        reason: verdict.refusals.map(reason).join('; '),
      })
    }
    for (const { line, sentence, ...refusal } of refusals) {
      count += 1
      await target.add({ line, cells: [sentence], column: 'notice', reason: reason(refusal) })
    }
  } finally {
    await target.close()
  }
  return count > 0
}
