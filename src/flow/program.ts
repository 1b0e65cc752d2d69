/**
 * A flow as the engine walks it: rows in document order, everything about them worked out when the flow loads.
 * Not here: reading YAML (definition/), the answers of a conversation (values.ts).
 */
import type { AnswerType, Asked, ChoiceOption, Unit } from './answers/understanding.ts'
import type { Choice } from './effects.ts'
import type { Compiled, Field } from './expression/environment.ts'
import type { WordForms } from './words.ts'

/** Words of a flow: a key of the locales, or a text per language that the flow file carries itself. */
export interface Sentence {
  readonly key: string
  /** Language → words, when the flow file has them; then the key is not used. */
  readonly inline: Readonly<Record<string, string>> | null
  /** `${name}` in it that are questions, by what they point to. */
  readonly refs: readonly { readonly name: string; readonly row: number }[]
}

export interface Sentences {
  readonly label: Sentence
  readonly short: Sentence | null
  readonly hint: Sentence | null
  readonly example: Sentence | null
  readonly constraint: Sentence | null
  readonly required: Sentence | null
  readonly confirm: Sentence | null
  readonly alert: Sentence | null
  readonly refused: Sentence | null
  /** Said when somebody asks to read more. */
  readonly full: Sentence | null
}

export interface ChoiceRow {
  readonly name: string
  /** `name`, and the extra columns of the list. */
  readonly columns: Readonly<Record<string, string>>
}

/** The choices of a list in one language, in the order of the list. */
export interface SpokenList {
  readonly options: readonly ChoiceOption[]
  readonly choices: readonly Choice[]
  /** Label of a choice by its name. */
  readonly labels: ReadonlyMap<string, string>
}

export interface List {
  readonly name: string
  readonly rows: readonly ChoiceRow[]
  readonly yesNo: boolean
  readonly spoken: ReadonlyMap<string, SpokenList>
}

interface RowBase {
  /** Place in `Program.rows`. */
  readonly at: number
  readonly name: string
  /** Without instances: `people.name`. */
  readonly path: string
  /** What an answer is filed under within its instance: the name, with its groups where the name alone is not unique. */
  readonly key: string
  readonly line: number
  readonly file: string
  /** Repeats around it, outermost first, as places in `rows`. */
  readonly scope: readonly number[]
  readonly scopeNames: readonly string[]
  /** Where its cell is in the frame of its innermost repeat. */
  readonly slot: number
  /** Itself and the groups and repeats around it that have a `relevant`. */
  readonly gates: readonly number[]
  readonly field: RowField
  readonly relevant: Compiled | null
  /** First row that may come into or out of play by this one, through anything that depends on it; itself if none comes earlier. */
  readonly reaches: number
}

export interface RowField extends Field {
  readonly at: number
}

export interface GroupRow extends RowBase {
  readonly kind: 'group'
  /** First row behind it. */
  readonly end: number
  readonly label: Sentence | null
}

export interface RepeatRow extends RowBase {
  readonly kind: 'repeat'
  readonly end: number
  readonly count: Compiled | null
  /** The first instance is not asked for. */
  readonly atLeastOne: boolean
  /** Slots in the frame of one instance. */
  readonly slots: number
  readonly label: Sentence
  /** Words of “any?” and “another?”, when the flow has its own. */
  readonly any: Sentence | null
  readonly another: Sentence | null
}

export interface NoteRow extends RowBase {
  readonly kind: 'note'
  readonly label: Sentence
}

/** Filled without asking: calculations, hidden and read-only values, metadata. */
export interface SilentRow extends RowBase {
  readonly kind: 'silent'
  readonly source: 'calculate' | 'hidden' | 'start' | 'end' | 'today' | 'session'
  readonly calculation: Compiled | null
  /** Row whose change alone reruns the calculation. */
  readonly trigger: number | null
  readonly initial: Compiled | string | null
  /** Shown like a note once it is reached. */
  readonly label: Sentence | null
}

export interface AlertRule {
  readonly level: 'danger' | 'urgent'
  readonly when: Compiled
  readonly say: boolean
}

export interface AskRow extends RowBase {
  readonly kind: 'ask'
  readonly type: AnswerType
  readonly list: List | null
  readonly level: string | null
  readonly unit: Unit | null
  /** Row of the question that asks for the unit; answered when the unit was said with the amount. */
  readonly unitTo: number | null
  /** Choices that are shown before “more”; 0 = all. */
  readonly first: number
  readonly required: boolean | Compiled
  readonly constraint: Compiled | null
  readonly filter: Compiled | null
  readonly initial: Compiled | string | null
  /** Rows of choices in a random order that stays the same for one conversation. */
  readonly randomized: boolean
  /** Several messages make one answer. */
  readonly gathers: boolean
  /** A question for words takes a photo as well. */
  readonly takesPhoto: boolean
  /** Files that one answer may have. */
  readonly max: number
  readonly maxAttempts: number
  readonly onFailure: 'offer' | 'skip' | 'human' | 'end'
  readonly pii: 'none' | 'personal' | 'sensitive'
  readonly fact: string | null
  readonly refusal: 'none' | 'end' | 'skip'
  readonly alert: AlertRule | null
  /** What was told before the first question may answer it. */
  readonly prefill: boolean
  readonly sentences: Sentences
  /** What does not change from turn to turn, per language. */
  readonly asked: ReadonlyMap<string, Asked>
}

export type Row = GroupRow | RepeatRow | NoteRow | SilentRow | AskRow

/** Something worked out from answers: whether a row is in play, what a calculation gives, how often a repeat is asked. */
export interface Derived {
  readonly row: number
  readonly what: 'relevant' | 'value' | 'count'
  readonly compiled: Compiled
  /** Depends on the clock, chance, the language or the past: kept, because it can't be worked out again from the answers. */
  readonly kept: boolean
  /** Looks only at its own instance of the repeats it stands in. */
  readonly local: boolean
}

/** Answers to what the engine itself asks. */
export interface OwnLists {
  /** yes, no */
  readonly yesNo: List
  /** OK, no */
  readonly consent: List
  /** OK */
  readonly seen: List
  /** skip: nothing more belongs to this answer */
  readonly gathered: List
  /** submit */
  readonly review: List
  /** full: the long version of a question's words */
  readonly full: List
  /** none: not one of those that were offered */
  readonly neither: List
  /** more: the choices of a list behind the first ones */
  readonly rest: List
}

export interface Program {
  readonly rows: readonly Row[]
  /** Slots in the frame outside all repeats. */
  readonly slots: number
  readonly byPath: ReadonlyMap<string, Row>
  readonly lists: ReadonlyMap<string, List>
  /** In an order in which everything comes after what it reads. */
  readonly derived: readonly Derived[]
  /** Row → what reads it, as places in `derived`, rising. A group or repeat has those of the rows inside. */
  readonly affects: readonly (readonly number[])[]
  /** Row → next row from there on that may be required; `rows.length` when none. */
  readonly nextRequired: readonly number[]
  /** Repeats outside others that must have instances. */
  readonly owing: readonly RepeatRow[]
  /** Pickers that offer a short list of the registry when they are put. */
  readonly shortLists: readonly AskRow[]
  /** Picker → hidden rows that take what the registry knows of the row that was picked. */
  readonly fills: ReadonlyMap<number, readonly SilentRow[]>
  readonly review: boolean
  readonly draft: boolean
  readonly title: Sentence
  readonly intro: Sentence | null
  readonly settings: readonly { readonly name: string; readonly value: Compiled | string }[]
  /** Choices of the engine's own questions. */
  readonly own: OwnLists
  readonly languages: readonly string[]
  readonly forms: WordForms
}
