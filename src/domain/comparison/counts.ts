/** What a round says of itself: counted from its rows, so that it is right after a kill too. */
import type { ComparisonReads, RoundRecord, RowState } from './ports.ts'
import { ROW_STATES } from './ports.ts'

export type RoundCounts = Pick<
  RoundRecord,
  'rows' | 'matched' | 'belowThreshold' | 'candidates' | 'alreadyKnown' | 'opened' | 'refused'
> & {
  readonly unknown: number
  /** Matches that wait for the release. */
  readonly waiting: number
}

export async function countRound(
  reads: Pick<ComparisonReads, 'countRows'>,
  round: Pick<RoundRecord, 'id' | 'refused'>,
): Promise<RoundCounts> {
  const counted = await Promise.all(
    ROW_STATES.map(async (state) => [state, await reads.countRows(round.id, state)] as const),
  )
  return countsOf(Object.fromEntries(counted) as Record<RowState, number>, round.refused)
}

/** `matched`: everybody who was found, whether it waits, was known or is opened. `rows`: everybody in the file. */
export function countsOf(states: Readonly<Record<RowState, number>>, refused: number): RoundCounts {
  const { matched, below, candidate, unknown, known, opened } = states
  return {
    rows: matched + below + candidate + unknown + known + opened + refused,
    matched: matched + known + opened,
    belowThreshold: below,
    candidates: candidate,
    alreadyKnown: known,
    opened,
    refused,
    unknown,
    waiting: matched,
  }
}

/** The columns of the row of a round. */
export const countColumns = ({ waiting: _waiting, unknown: _unknown, ...columns }: RoundCounts) => columns
