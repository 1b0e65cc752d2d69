/** Takes rows of a sheet in batches: who they are, what was known of them, what is stored. */
import { expectRevision, insert, insertOnce, seal, type Change } from '../../base/change.ts'
import { AppError } from '../../base/errors.ts'
import { dateAt } from '../../base/time.ts'
import { scaleOf } from '../../domain/comparison/cells.ts'
import { repeatsHeader, type SheetHeader } from '../../domain/comparison/header.ts'
import type { RoundRecord, RowState } from '../../domain/comparison/ports.ts'
import { readComparedRow, type ComparedPerson, type RowReading } from '../../domain/comparison/row.ts'
import { unguarded } from '../../reports/csv-line.ts'
import type { TableRow } from '../tables/table.ts'
import { comparer, type Compared, type Comparer } from './comparer.ts'
import type { ComparisonImport } from './import-options.ts'
import { NOT_STORED, roundBook, type RoundBook } from './round-book.ts'
import { roundNameOf, type GivenName } from './round-name.ts'
import type { RowVerdict } from './row-words.ts'
import type { ComparisonWords } from './titles.ts'

export interface SheetWork {
  /** Stored when it resolves; null for a row that is nobody. */
  take(rows: readonly TableRow[]): Promise<readonly (RowVerdict | null)[]>
  finish(): ReturnType<RoundBook['close']>
}

interface Read {
  readonly place: number
  readonly person: ComparedPerson
  readonly round: RoundRecord
  readonly hash: string
}

interface Batch {
  readonly verdicts: (RowVerdict | null)[]
  readonly refusedIn: readonly RoundRecord[]
  readonly people: readonly Read[]
}

const TRIES = 5

export async function sheetWork(
  options: ComparisonImport,
  header: SheetHeader,
  given: GivenName,
  words: ComparisonWords,
): Promise<SheetWork> {
  const { storage, clock, ids, dryRun } = options
  const { comparison, writer } = storage
  const at = clock.now()
  const reading: RowReading = {
    today: dateAt(at, options.zone),
    notPeople: words.notPeople,
    scale: scaleOf(header.titles[header.columns.indexOf('amount')] ?? ''),
  }
  const compare: Comparer = await comparer(storage)
  const book = roundBook({ comparison, writer, ids, at, threshold: (kind) => compare.threshold(kind) })

  const readBatch = async (rows: readonly TableRow[]): Promise<Batch> => {
    const verdicts: (RowVerdict | null)[] = []
    const refusedIn: RoundRecord[] = []
    const people: Read[] = []
    for (const [place, row] of rows.entries()) {
      verdicts[place] = null
      if (repeatsHeader(row, header)) continue
      const cells = cellsOf(row, header)
      const read = readComparedRow(cells, row.cells, reading)
      if (read.kind === 'nobody') continue
      const named = roundNameOf(given, cells, words.kinds)
      if ('refusal' in named) {
        verdicts[place] = { kind: 'refused', refusals: [named.refusal] }
        continue
      }
      const round = await book.of(named.name)
      if (read.kind === 'person') people.push({ place, person: read.person, round, hash: compare.hash(read.person) })
      else {
        verdicts[place] = { kind: 'refused', refusals: read.refusals }
        refusedIn.push(round)
      }
    }
    return { verdicts, refusedIn, people }
  }

  /** Those that the round does not have yet; a round that was released takes nobody in. */
  const freshOf = async ({ verdicts, people }: Batch, refusedIn: RoundRecord[]): Promise<readonly Read[]> => {
    const known = new Set<string>()
    for (const round of new Set(people.map((one) => one.round))) {
      const hashes = people.filter((one) => one.round === round).map(({ hash }) => hash)
      for (const hash of await comparison.knownHashes(round.id, hashes)) known.add(`${round.id} ${hash}`)
    }
    return people.filter(({ place, person, round, hash }) => {
      const key = `${round.id} ${hash}`
      if (known.has(key)) verdicts[place] = { kind: 'unchanged', name: person.name ?? '' }
      else if (round.releasedById !== null) {
        verdicts[place] = { kind: 'refused', refusals: [{ column: 'round', reason: 'released' }] }
        refusedIn.push(round)
      }
      const isFresh = !known.has(key) && round.releasedById === null
      known.add(key)
      return isFresh
    })
  }

  const rowOf = ({ person, round, hash }: Read, { villageId, ...match }: Compared): Change =>
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
    })

  const decide = async (rows: readonly TableRow[]) => {
    const batch = await readBatch(rows)
    const refusedIn = [...batch.refusedIn]
    const fresh = await freshOf(batch, refusedIn)
    const found = await compare.match(fresh.map(({ person, round }) => ({ person, kind: round.kind })))
    const states: { round: RoundRecord; state: RowState }[] = []
    const changes = fresh.map((read, index) => {
      const match = found[index] as Compared
      states.push({ round: read.round, state: match.state })
      batch.verdicts[read.place] = { kind: 'created', state: match.state, name: read.person.name ?? '' }
      return rowOf(read, match)
    })
    const rounds = [...new Set(fresh.map(({ round }) => round))]
    // A round whose release begins meanwhile must not take in what nobody was shown.
    const guards = rounds.map((round) =>
      round.revision === NOT_STORED
        ? insertOnce('ComparisonRound', { ...round, revision: 0 })
        : expectRevision('ComparisonRound', round.id, round.revision),
    )
    const begun = rounds.filter(({ revision }) => revision === NOT_STORED)
    return { verdicts: batch.verdicts, refusedIn, states, begun, changes: [...guards, ...changes] }
  }

  return {
    async take(rows) {
      for (let tries = 0; tries < TRIES; tries += 1) {
        const { verdicts, refusedIn, states, begun, changes } = await decide(rows)
        if (!dryRun && changes.length > 0) {
          if ((await writer.commit(changes)).kind !== 'committed') {
            book.forget()
            continue
          }
          for (const round of begun) book.stored(round)
        }
        for (const { round, state } of states) book.note(round, state)
        for (const round of refusedIn) book.note(round, 'refused')
        return verdicts
      }
      throw new AppError('WRITE_CONFLICT', { table: 'ComparisonRow' })
    },
    finish: () => book.close(dryRun),
  }
}

function cellsOf({ cells }: TableRow, { columns }: SheetHeader): ReadonlyMap<string, string> {
  const known = new Map<string, string>()
  for (const [place, name] of columns.entries()) {
    const cell = cells[place] ?? ''
    if (name !== null && cell.trim() !== '') known.set(name, unguarded(cell))
  }
  return known
}
