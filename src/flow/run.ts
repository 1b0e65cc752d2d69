/** One turn while it is being taken: a copy of the state that may change, and what the turn leaves behind. */
import { seededRandom } from '../base/random.ts'
import type { Random } from '../base/random.ts'
import type { Effect } from './effects.ts'
import type { Flow } from './flow.ts'
import { MAX_STEPS_PER_TURN } from './limits.ts'
import type { More } from './more.ts'
import { pathOf, placeOf, type Place } from './place.ts'
import type { Program, RepeatRow, Row } from './program.ts'
import type { FlowState, LogEntry, Phase } from './state.ts'
import { STATE_FORMAT } from './state.ts'
import type { Turn } from './turn.ts'
import { AppError } from '../base/errors.ts'
import { cellAt, repeatAt, type Cell, type Frame, type RepeatCell, type Values } from './values.ts'

export class Run {
  readonly flow: Flow
  readonly program: Program
  readonly turn: Turn
  /** The turn's language where the flow speaks it, else the flow's first. */
  readonly language: string
  phase: Phase
  cursor: Place | null
  attempts: number
  more: More
  top: Frame
  done: number
  of: number
  said: number
  readonly log: LogEntry[] = []
  readonly effects: Effect[] = []
  private readonly before: FlowState
  private readonly path: string | null
  private readonly openedAt: Place | null
  private steps = 0
  private chance: Random | null = null

  constructor(flow: Flow, state: FlowState, turn: Turn) {
    const program = flow.program as Program
    const { parked } = state
    const values = state.values as Values
    this.flow = flow
    this.program = program
    this.turn = turn
    this.language = program.languages.includes(turn.language) ? turn.language : (program.languages[0] as string)
    this.before = state
    this.phase = parked.phase
    this.path = parked.cursor
    this.cursor = parked.cursor === null ? null : placeOf(program, parked.cursor)
    this.openedAt = this.cursor
    this.attempts = parked.attempts
    this.more = parked.more as unknown as More
    this.top = values.top
    this.done = values.done
    this.of = values.of
    this.said = values.said
  }

  get random(): Random {
    return (this.chance ??= seededRandom(this.turn.seed))
  }

  row(at: number): Row {
    return this.program.rows[at] as Row
  }

  cell(row: Row, position: readonly number[]): Cell {
    return cellAt(this.program, this.top, row, position)
  }

  repeat(row: Row, position: readonly number[]): RepeatCell {
    return repeatAt(this.program, this.top, row, position)
  }

  /** Instances that count: where their number is given, those beyond it are kept aside. */
  instances(row: RepeatRow, position: readonly number[]): number {
    const { n, t } = this.repeat(row, position)
    return row.count ? Math.min(n, t) : n
  }

  /** Its own `relevant` and those around it hold, and it may be asked here at all. */
  inPlay(row: Row, position: readonly number[]): boolean {
    if (this.turn.withoutSensitive && row.kind === 'ask' && row.pii === 'sensitive') return false
    for (const gate of row.gates) {
      const guard = this.row(gate)
      const cell = guard.kind === 'repeat' ? this.repeat(guard, position) : this.cell(guard, position)
      if (cell.r === 0) return false
    }
    return true
  }

  /** @throws AppError FLOW_STEP_LIMIT */
  spend(): void {
    if (++this.steps > MAX_STEPS_PER_TURN) throw new AppError('FLOW_STEP_LIMIT', { limit: MAX_STEPS_PER_TURN })
  }

  say(key: string, params?: Extract<Extract<Effect, { kind: 'say' }>['text'], { key: string }>['params']): void {
    this.effects.push({ kind: 'say', text: params ? { key, params } : { key } })
  }

  /** Path of the question that was open when the turn began, while it still is. */
  get openPath(): string | null {
    return this.cursor !== null && this.cursor === this.openedAt ? this.path : null
  }

  /** Of the state that the turn began with. */
  get revision(): number {
    return this.before.parked.revision
  }

  /** Sequence number of the next log entry. */
  get nextSeq(): number {
    return this.before.parked.logged + this.log.length + 1
  }

  /** Whether this turn leaves anything behind but what it says. */
  get changed(): boolean {
    const { parked, values } = this.before
    return (
      this.log.length > 0 ||
      this.cursor !== this.openedAt ||
      this.phase !== parked.phase ||
      this.attempts !== parked.attempts ||
      this.top !== (values as Values).top ||
      this.more !== (parked.more as unknown)
    )
  }

  state(): FlowState {
    const { parked } = this.before
    const { cursor } = this
    return {
      parked: {
        format: STATE_FORMAT,
        flow: parked.flow,
        revision: parked.revision + 1,
        phase: this.phase,
        cursor: cursor === null ? null : (this.openPath ?? pathOf(this.program, cursor)),
        attempts: this.attempts,
        logged: parked.logged + this.log.length,
        startedAt: parked.startedAt,
        more: this.more as unknown as { readonly [key: string]: unknown },
      },
      values: { top: this.top, done: this.done, of: this.of, said: this.said } satisfies Values,
    }
  }
}
