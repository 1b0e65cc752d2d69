import type { Random } from '../base/random.ts'
import type { Instant } from '../base/time.ts'
import type { Environment, Field } from './expression/environment.ts'
import type { RowField } from './program.ts'
import type { Run } from './run.ts'

const NO_ROWS: readonly Readonly<Record<string, string>>[] = []

/** The answers of a conversation as an expression sees them: what is not in play reads as "". */
export class AnswersEnvironment implements Environment {
  readonly at: Instant
  readonly zone: string
  readonly language: string
  readonly self: string
  readonly position: readonly number[]
  readonly choice: Readonly<Record<string, string>> | null
  private readonly run: Run

  constructor(
    run: Run,
    position: readonly number[],
    self: string,
    choice: Readonly<Record<string, string>> | null = null,
  ) {
    this.run = run
    this.at = run.turn.at
    this.zone = run.turn.zone
    this.language = run.language
    this.position = position
    this.self = self
    this.choice = choice
  }

  get random(): Random {
    return this.run.random
  }

  value(field: Field, position: readonly number[]): string {
    const row = this.run.row((field as RowField).at)
    return this.run.inPlay(row, position) ? this.run.cell(row, position).v : ''
  }

  instances(repeat: Field, position: readonly number[]): number {
    const row = this.run.row((repeat as RowField).at)
    return row.kind === 'repeat' && this.run.inPlay(row, position) ? this.run.instances(row, position) : 0
  }

  label(field: Field, choice: string): string {
    const row = this.run.row((field as RowField).at)
    return (row.kind === 'ask' && row.list?.spoken.get(this.language)?.labels.get(choice)) || ''
  }

  instance(name: string): readonly Readonly<Record<string, string>>[] {
    const list = this.run.program.lists.get(name)
    if (!list) return NO_ROWS
    const labels = list.spoken.get(this.language)?.labels
    return list.rows.map((row) => ({ ...row.columns, label: labels?.get(row.name) ?? '' }))
  }
}
