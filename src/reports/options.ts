/** What somebody asks of a report. */
import type { Instant, PlainDate } from '../base/time.ts'
import type { Text } from '../text/text.ts'

/** What reports know of a form; a Flow fits. */
export interface FormShape {
  readonly id: string
  readonly version: number
  /** Some question is sensitive: its free words are masked too. */
  readonly sensitive: boolean
  /** Name of the handler of its submissions. */
  readonly submit: string
  readonly questions: readonly FormQuestion[]
}

export interface FormQuestion {
  readonly name: string
  /** Without instances: `people.name`. */
  readonly path: string
  readonly type: string
  readonly choices: readonly string[]
  readonly pii: 'none' | 'personal' | 'sensitive'
  readonly fact: string | null
  readonly labelKey: string
  readonly choiceKey: string | null
}

export interface ReportOptions {
  /** Local days, inclusive: reported, visited or submitted. */
  readonly from: PlainDate | null
  readonly to: PlainDate | null
  /** Path of a place; everything in it. */
  readonly territory: string | null
  readonly flow: string | null
  /** A stage, or `open`, `closed`, `late`. */
  readonly state: string | null
  /** Titles and values in this language; null = names as they are stored. */
  readonly labels: string | null
  /** How an answer of several choices is shown. */
  readonly split: 'summary' | 'columns' | 'both'
  /** As it was known at that moment; what was entered later is marked. */
  readonly asOf: Instant | null
  /** Phones, identity numbers and sensitive words in full. */
  readonly full: boolean
  readonly zone: string
  readonly now: Instant
  readonly text: Text
  readonly forms: readonly FormShape[]
  /** Where a matter of a kind begins; what a case was before its first step. */
  readonly firstStage: (kind: string) => string
}
