/**
 * What an expression may ask for. The loader of flows gives the Scope (which names exist), a turn gives the
 * Environment (what they are worth now). Everything stored is a string; "" is unanswered or not relevant.
 */
import type { Random } from '../../base/random.ts'
import type { Instant } from '../../base/time.ts'

/** A question, group or repeat as an expression sees it. */
export interface Field {
  readonly name: string
  /** Names of the repeats around it, outermost first. */
  readonly repeats: readonly string[]
  readonly kind: 'question' | 'repeat'
}

/** Which names exist. `from` = names of the repeats around the place where the expression stands. */
export interface Scope {
  /** @returns null when there is none; 'ambiguous' when several fields of that name are equally near. */
  field(name: string, from: readonly string[]): Field | null | 'ambiguous'
  /** Bare child names inside a predicate over `repeat`. */
  children(repeat: string): readonly string[]
  /** Whether `instance('name')` exists. */
  hasInstance(name: string): boolean
  /** Columns of the choice rows where the expression is a choice_filter. Left out elsewhere: a bare name is then refused. */
  readonly columns?: readonly string[]
}

export interface Environment {
  readonly at: Instant
  readonly zone: string
  readonly language: string
  readonly random: Random
  /** `.`: the answer under test in a constraint, else the question's own value. */
  readonly self: string
  /** 0-based instance numbers of the repeats around the place where the expression stands, outermost first. */
  readonly position: readonly number[]
  /** `position` has one number for each of `field.repeats`. */
  value(field: Field, position: readonly number[]): string
  /** How many instances the repeat has there. */
  instances(repeat: Field, position: readonly number[]): number
  /** jr:choice-name: the label of a choice of that select question in the active language, "" if there is none. */
  label(field: Field, choice: string): string
  /** The choice row that a choice_filter looks at, columns by name; null elsewhere. */
  readonly choice: Readonly<Record<string, string>> | null
  /** Rows of a secondary instance (a choice list or a CSV file). */
  instance(name: string): readonly Readonly<Record<string, string>>[]
  /** `${last-saved#q}`: what the person answered last time; left out, it is "". */
  lastSaved?(field: Field): string
}

/** An expression ready to run: parsed, checked and turned into closures once, when the flow loads. */
export interface Compiled {
  readonly source: string
  /** Every field it reads, for dependency order and cycle checks. */
  readonly reads: readonly Field[]
  /** It reads the clock, randomness or once(): it may change although no answer did. */
  readonly volatile: boolean
  string(environment: Environment): string
  number(environment: Environment): number
  boolean(environment: Environment): boolean
  /** A node-set gives an array of strings. */
  value(environment: Environment): string | number | boolean | readonly string[]
}
