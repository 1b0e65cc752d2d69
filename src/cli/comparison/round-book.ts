/** The rounds that a sheet is about: read once, begun with their first row, counted at the end. */
import { update, type Writer } from '../../base/change.ts'
import { AppError } from '../../base/errors.ts'
import type { IdSource } from '../../base/ids.ts'
import type { Instant } from '../../base/time.ts'
import { countColumns, countRound, countsOf, type RoundCounts } from '../../domain/comparison/counts.ts'
import type { ComparisonReads, RoundRecord, RowState } from '../../domain/comparison/ports.ts'
import type { RoundName } from './round-name.ts'

/** Revision of a round that is not stored yet. */
export const NOT_STORED = -1

export interface RoundBook {
  of(name: RoundName): Promise<RoundRecord>
  /** The round was stored with its first rows. */
  stored(round: RoundRecord): void
  /** What is known of rounds may be out of date. */
  forget(): void
  note(round: RoundRecord, what: RowState | 'refused'): void
  /** Counts of every round that the sheet names; stored unless `dryRun`. */
  close(dryRun: boolean): Promise<readonly { readonly round: RoundRecord; readonly counts: RoundCounts }[]>
}

const TRIES = 5

export function roundBook(options: {
  readonly comparison: ComparisonReads
  readonly writer: Writer
  readonly ids: IdSource
  readonly at: Instant
  threshold(kind: string): Promise<number | null>
}): RoundBook {
  const { comparison, writer, ids, at } = options
  const rounds = new Map<string, RoundRecord>()
  const noted = new Map<string, { refused: number; states: Record<RowState, number> }>()
  const keyOf = ({ round, source, kind }: RoundName) => JSON.stringify([round, source, kind])

  const notesOf = (round: RoundName) => {
    const known = noted.get(keyOf(round)) ?? {
      refused: 0,
      states: { matched: 0, below: 0, candidate: 0, unknown: 0, known: 0, opened: 0 },
    }
    noted.set(keyOf(round), known)
    return known
  }

  /** @returns null for a round of which nobody could be read: there is none */
  const recount = async (named: RoundRecord): Promise<{ round: RoundRecord; counts: RoundCounts } | null> => {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const round = await comparison.round(named.round, named.source, named.kind)
      if (!round) return null
      const counts = await countRound(comparison, { ...round, refused: notesOf(named).refused })
      const columns = countColumns(counts)
      const differs = Object.entries(columns).some(([name, value]) => round[name as keyof typeof columns] !== value)
      if (!differs) return { round, counts }
      const outcome = await writer.commit([update('ComparisonRound', round.id, round.revision, columns)])
      if (outcome.kind === 'committed') return { round, counts }
    }
    throw new AppError('WRITE_CONFLICT', { table: 'ComparisonRound' })
  }

  return {
    async of(name) {
      const known = rounds.get(keyOf(name)) ?? (await comparison.round(name.round, name.source, name.kind))
      const round: RoundRecord = known ?? {
        id: ids.next(),
        ...name,
        rows: 0,
        matched: 0,
        belowThreshold: 0,
        candidates: 0,
        alreadyKnown: 0,
        opened: 0,
        refused: 0,
        threshold: await options.threshold(name.kind),
        importedAt: at,
        releasedAt: null,
        releasedById: null,
        revision: NOT_STORED,
      }
      rounds.set(keyOf(name), round)
      return round
    },
    stored: (round) => void rounds.set(keyOf(round), { ...round, revision: 0 }),
    forget: () => rounds.clear(),
    note(round, what) {
      const notes = notesOf(round)
      if (what === 'refused') notes.refused += 1
      else notes.states[what] += 1
    },
    async close(dryRun) {
      const told: { round: RoundRecord; counts: RoundCounts }[] = []
      for (const round of rounds.values()) {
        const { refused, states } = notesOf(round)
        const counted = dryRun ? { round, counts: countsOf(states, refused) } : await recount(round)
        if (counted) told.push(counted)
      }
      return told
    },
  }
}
