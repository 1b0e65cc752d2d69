/** `bangfu import comparison FILE`: a department's sheet as it was sent, compared with the roster. Opens nothing. */
import { insert, insertOnce, seal, update, type Change, type Writer } from '../../base/change.ts'
import { AppError } from '../../base/errors.ts'
import type { IdSource } from '../../base/ids.ts'
import { dateAt, type Clock } from '../../base/time.ts'
import { countColumns, countRound, countsOf, type RoundCounts } from '../../domain/comparison/counts.ts'
import { scaleOf } from '../../domain/comparison/cells.ts'
import { findHeader, HEADER_WITHIN, repeatsHeader, type SheetHeader } from '../../domain/comparison/header.ts'
import type { ComparisonReads, RoundRecord, RowState } from '../../domain/comparison/ports.ts'
import { readComparedRow, type ComparedPerson, type RowReading } from '../../domain/comparison/row.ts'
import type { ImportReads } from '../../domain/registry/import/ports.ts'
import type { Refusal } from '../../domain/registry/import/row.ts'
import type { SettingReads } from '../../domain/settings/ports.ts'
import { unguarded } from '../../reports/csv-line.ts'
import type { Text } from '../../text/text.ts'
import { refusedFile } from '../import/refused-file.ts'
import { progressBar, type ErrorStream } from '../tables/progress.ts'
import { readTable } from '../tables/read-table.ts'
import type { Table, TableLimits, TableRow } from '../tables/table.ts'
import { comparisonTitles, comparisonWords } from './titles.ts'
import { comparer, type Comparer } from './comparer.ts'

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

type RowVerdict =
  | { readonly kind: 'created'; readonly state: RowState; readonly name: string }
  | { readonly kind: 'unchanged'; readonly name: string }
  | { readonly kind: 'refused'; readonly refusals: readonly Refusal[] }

const CHUNK_ROWS = 190
const TRIES = 5

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
  const work = await workOf(options, header, given, words)
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

type Given = Readonly<Record<'round' | 'source' | 'kind', string | null>>

interface Work {
  /** Null for a row that is nobody. */
  take(rows: readonly TableRow[]): Promise<readonly (RowVerdict | null)[]>
  finish(): Promise<readonly { round: RoundRecord; counts: RoundCounts }[]>
}

async function workOf(
  options: ComparisonImport,
  header: SheetHeader,
  given: Given,
  { kinds, notPeople }: ReturnType<typeof comparisonWords>,
): Promise<Work> {
  const { storage, clock, ids, dryRun } = options
  const { comparison, writer } = storage
  const at = clock.now()
  const amountAt = header.columns.indexOf('amount')
  const reading: RowReading = {
    today: dateAt(at, options.zone),
    notPeople,
    scale: scaleOf(header.titles[amountAt] ?? ''),
  }
  const compare: Comparer = await comparer(storage)
  const rounds = new Map<string, RoundRecord>()
  /** By round: in this file, and not in storage yet. */
  const seen = new Map<string, { refused: number; states: Record<RowState, number> }>()

  const roundOf = async (named: Record<keyof Given, string>): Promise<RoundRecord> => {
    const key = JSON.stringify([named.round, named.source, named.kind])
    const known = rounds.get(key) ?? (await comparison.round(named.round, named.source, named.kind))
    const round: RoundRecord = known ?? {
      id: ids.next(),
      ...named,
      rows: 0,
      matched: 0,
      belowThreshold: 0,
      candidates: 0,
      alreadyKnown: 0,
      opened: 0,
      refused: 0,
      threshold: await compare.threshold(named.kind),
      importedAt: at,
      releasedAt: null,
      releasedById: null,
      revision: -1,
    }
    rounds.set(key, round)
    return round
  }
  const seenIn = (round: RoundRecord) => {
    const known = seen.get(round.id) ?? {
      refused: 0,
      states: { matched: 0, below: 0, candidate: 0, unknown: 0, known: 0, opened: 0 },
    }
    seen.set(round.id, known)
    return known
  }

  /** A row's round: what the command says, else what the row says. */
  const namedIn = (
    cells: ReadonlyMap<string, string>,
  ): { named: Record<keyof Given, string> } | { refusal: Refusal } => {
    const cell = (column: keyof Given) => given[column] ?? (cells.get(column)?.trim() || null)
    const [round, source, kind] = [tidyRound(cell('round') ?? '') || null, cell('source'), cell('kind')]
    for (const [column, value] of Object.entries({ round, source, kind }))
      if (value === null) return { refusal: { column, reason: 'round_missing', params: { column } } }
    const cause = kinds(kind ?? '')
    if (cause === null) return { refusal: { column: 'kind', reason: 'unknown_kind', params: { value: kind ?? '' } } }
    return { named: { round: round ?? '', source: source ?? '', kind: cause } }
  }

  const decide = async (rows: readonly TableRow[]) => {
    const verdicts: (RowVerdict | null)[] = []
    const people: { place: number; person: ComparedPerson; round: RoundRecord; hash: string }[] = []
    for (const [place, row] of rows.entries()) {
      verdicts[place] = null
      if (repeatsHeader(row, header)) continue
      const cells = cellsOf(row, header)
      const read = readComparedRow(cells, row.cells, reading)
      if (read.kind === 'nobody') continue
      const named = namedIn(cells)
      if ('refusal' in named) {
        verdicts[place] = { kind: 'refused', refusals: [named.refusal] }
        continue
      }
      const round = await roundOf(named.named)
      if (read.kind === 'refused') {
        verdicts[place] = { kind: 'refused', refusals: read.refusals }
        continue
      }
      people.push({ place, person: read.person, round, hash: compare.hash(read.person) })
    }
    const known = new Set<string>()
    for (const round of new Set(people.map((one) => one.round))) {
      const hashes = people.filter((one) => one.round === round).map(({ hash }) => hash)
      for (const hash of await comparison.knownHashes(round.id, hashes)) known.add(`${round.id} ${hash}`)
    }
    const fresh = people.filter(({ place, person, round, hash }) => {
      const key = `${round.id} ${hash}`
      const isNew = !known.has(key)
      known.add(key)
      if (isNew && round.releasedById !== null)
        verdicts[place] = { kind: 'refused', refusals: [{ column: 'round', reason: 'released' }] }
      else if (!isNew) verdicts[place] = { kind: 'unchanged', name: person.name ?? '' }
      return isNew && round.releasedById === null
    })
    const found = await compare.match(fresh.map(({ person, round }) => ({ person, kind: round.kind })))
    const changes: Change[] = []
    const begun = new Set<RoundRecord>()
    for (const [index, { place, person, round, hash }] of fresh.entries()) {
      const { villageId, ...match } = found[index] as (typeof found)[number]
      if (round.revision < 0) begun.add(round)
      changes.push(
        insert('ComparisonRow', {
          id: ids.next(),
          roundId: round.id,
          rowHash: hash,
          name: person.name,
          idNumber: person.idNumber === null ? null : seal(person.idNumber),
          territoryId: villageId,
          ...match,
          amount: person.amount,
          happenedOn: person.happenedOn,
          note: person.note === null ? null : seal(person.note),
          revision: 0,
        }),
      )
      verdicts[place] = { kind: 'created', state: match.state, name: person.name ?? '' }
    }
    const opening = [...begun].map((round) => insertOnce('ComparisonRound', { ...round, revision: 0 }))
    return {
      verdicts,
      changes: [...opening, ...changes],
      begun,
      fresh: found.map(({ state }, index) => ({ state, round: fresh[index]?.round })),
    }
  }

  return {
    async take(rows) {
      for (let tries = 0; tries < TRIES; tries += 1) {
        const decided = await decide(rows)
        if (!dryRun && decided.changes.length > 0 && (await writer.commit(decided.changes)).kind !== 'committed') {
          rounds.clear()
          continue
        }
        for (const round of decided.begun) {
          const key = JSON.stringify([round.round, round.source, round.kind])
          if (!dryRun) rounds.set(key, { ...round, revision: 0 })
        }
        for (const { state, round } of decided.fresh) if (round) seenIn(round).states[state] += 1
        for (const [place, verdict] of decided.verdicts.entries()) {
          if (verdict?.kind !== 'refused') continue
          const named = namedIn(cellsOf(rows[place] as TableRow, header))
          if ('named' in named) seenIn(await roundOf(named.named)).refused += 1
        }
        return decided.verdicts
      }
      throw new AppError('WRITE_CONFLICT', { table: 'ComparisonRow' })
    },
    async finish() {
      const told: { round: RoundRecord; counts: RoundCounts }[] = []
      for (const round of rounds.values()) {
        const { refused, states } = seenIn(round)
        if (dryRun) {
          told.push({ round, counts: countsOf(states, refused) })
          continue
        }
        for (let tries = 0; ; tries += 1) {
          const now = await comparison.round(round.round, round.source, round.kind)
          // Nobody of the round could be read: there is no round.
          if (!now) break
          const counts = await countRound(comparison, { ...now, refused })
          const columns = countColumns(counts)
          const differs = Object.entries(columns).some(([name, value]) => now[name as keyof typeof columns] !== value)
          if (
            differs &&
            (await writer.commit([update('ComparisonRound', now.id, now.revision, columns)])).kind !== 'committed'
          ) {
            if (tries >= TRIES) throw new AppError('WRITE_CONFLICT', { table: 'ComparisonRound' })
            continue
          }
          told.push({ round: now, counts })
          break
        }
      }
      return told
    },
  }
}

/** As somebody types it in a chat: width and blanks make no other round. */
const tidyRound = (name: string): string => name.normalize('NFKC').replace(/\s+/gu, ' ').trim()

function cellsOf({ cells }: TableRow, { columns }: SheetHeader): ReadonlyMap<string, string> {
  const known = new Map<string, string>()
  for (const [place, name] of columns.entries()) {
    const cell = cells[place] ?? ''
    if (name !== null && cell.trim() !== '') known.set(name, unguarded(cell))
  }
  return known
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

type Words = Pick<ComparisonImport, 'text' | 'language'>

function lineOf(line: number, verdict: RowVerdict, { text, language }: Words): string {
  const say = (key: string, params: Record<string, string | number>) =>
    text.say({ key, params: { line, ...params } }, language)
  if (verdict.kind === 'refused')
    return verdict.refusals
      .map((refusal) =>
        say('imports:rows.refused', { column: refusal.column, reason: reasonOf(refusal, { text, language }) }),
      )
      .join('\n')
  if (verdict.kind === 'unchanged') return say('imports:rows.unchanged', { subject: verdict.name })
  const state = text.say({ key: `comparison:state.${verdict.state}` }, language)
  return say('imports:rows.created', { subject: [verdict.name, state].filter(Boolean).join(' ') })
}

/** Reasons of comparisons, else those that all imports share. */
function reasonOf({ reason, params }: Refusal, { text, language }: Words): string {
  const own = `comparison:reasons.${reason}`
  const key = text.has(own, language) ? own : `imports:reasons.${reason}`
  return text.say({ key, ...(params && { params }) }, language)
}

function roundSentence(round: RoundRecord, counts: RoundCounts, { text, language }: Words): string {
  const threshold =
    round.threshold === null
      ? { key: 'comparison:round.no_threshold' }
      : { key: 'comparison:round.threshold', params: { threshold: round.threshold } }
  const { source, kind } = round
  const params = { round: round.round, source, kind: { key: `risk:cause.${kind}` }, ...counts, threshold }
  return text.say({ key: 'comparison:round.line', params }, language)
}
