/** `unit_to`: an amount is said together with its unit, and the question that would ask for the unit is answered by that. */
import { unitSaid } from './answers/unit-said.ts'
import { UNITS, type Unit } from './answers/understanding.ts'
import type { AskRow } from './program.ts'
import type { Run } from './run.ts'

/** The unit that stands in the text and is a choice of the other question. */
export function unitIn(run: Run, row: AskRow, text: string): Unit | null {
  const asks = unitRow(run, row)
  const unit = asks === null ? null : unitSaid(text)
  return unit !== null && asks?.list?.rows.some(({ name }) => name === unit) ? unit : null
}

/** The unit that the amount is in by now: its own, or the answer to the other question. */
export function unitOf(run: Run, row: AskRow, position: readonly number[]): Unit | null {
  if (row.unit) return row.unit
  const asks = unitRow(run, row)
  const stored = asks === null ? '' : run.cell(asks, position).v
  return UNITS.find((unit) => unit === stored) ?? null
}

export function unitRow(run: Run, row: AskRow): AskRow | null {
  if (row.unitTo === null) return null
  const asks = run.row(row.unitTo)
  return asks.kind === 'ask' ? asks : null
}
