import { AppError } from '../../base/errors.ts'

/** Nodes that one evaluation may touch; a form of a hundred repeats needs some thousands. */
export const MAX_STEPS = 1_000_000

export type Row = Readonly<Record<string, string>>

/** A place in the answers or in a look-up table. Which of the three counts is known from the shape it came in. */
export interface Node {
  /** 0-based instance numbers of the repeats around it; for an instance, its own is the last. */
  readonly position: readonly number[]
  readonly row: Row | null
  readonly text: string
}

/** Where a filter stands while it looks at one node after another. */
export class Frame {
  node: Node = NOWHERE
  /** 0-based. */
  index = 0
  size = 0
  private readonly budget: { left: number }

  constructor(budget: { left: number } = { left: MAX_STEPS }) {
    this.budget = budget
  }

  /** A frame for a filter inside this one, on the same budget. */
  inner(): Frame {
    return new Frame(this.budget)
  }

  /** @throws AppError FLOW_STEP_LIMIT */
  spend(steps: number): void {
    if ((this.budget.left -= steps) < 0) throw new AppError('FLOW_STEP_LIMIT', { in: 'expression', limit: MAX_STEPS })
  }
}

export const NOWHERE: Node = Object.freeze({ position: Object.freeze([]), row: null, text: '' })
