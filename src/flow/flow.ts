/**
 * A flow ready to run, as the rest of the house sees it. How it is compiled is the business of `definition/`;
 * `program` is for the engine only.
 */
import type { JsonObject } from '../base/json.ts'
import type { Packed } from './definition/packed-form.ts'

export interface Flow {
  readonly id: string
  readonly version: number
  /** sha256 of its source with its blocks, hex: given by whoever read the files. */
  readonly digest: string
  readonly audience: 'villager' | 'staff'
  /** Place in the main menu, from 1; null when it isn't in the menu. */
  readonly menu: number | null
  /** Language → forms that start this flow (official titles and what people say). */
  readonly triggers: ReadonlyMap<string, readonly string[]>
  /** Name of the submit handler. */
  readonly submit: string
  /** What the flow file says to the handler (`case: { urgent: "${urgent} = 'yes'" }` compiled results arrive in Submission.answers under `case.<name>`). */
  readonly settings: JsonObject
  /** Seconds of silence before the one nudge; null = none. */
  readonly nudgeSeconds: number | null
  /** Seconds a draft is kept. */
  readonly expiresSeconds: number
  /** Any question has `pii: sensitive`: raw words of its conversations are sealed. */
  readonly sensitive: boolean
  /** Nobody gets through it without an answer to a `pii: sensitive` question. */
  readonly needsSensitive: boolean
  /** Every question in order, for exports, checks and the list that a person may meet. */
  readonly questions: readonly QuestionInfo[]
  readonly program: unknown
}

export interface QuestionInfo {
  readonly name: string
  /** Path without instances: `people.name`. */
  readonly path: string
  readonly type: string
  readonly list: string | null
  readonly choices: readonly string[]
  readonly pii: 'none' | 'personal' | 'sensitive'
  readonly required: boolean
  readonly fact: string | null
  /** Keys of the locales. */
  readonly labelKey: string
  readonly choiceKey: string | null
}

/** What was read from disk for one flow; `digest` is over `yaml` and the blocks it includes. */
export interface FlowSource {
  readonly file: string
  readonly yaml: string
  readonly digest: string
  /** `yaml` as it was read before, so that a start need not read it again; see definition/packed.ts. */
  readonly packed?: Packed
}

/** One thing that an author must mend. */
export interface Problem {
  readonly severity: 'error' | 'warning'
  readonly file: string
  /** 1-based; 0 when the file as a whole is meant. */
  readonly line: number
  readonly question: string | null
  /** Machine-readable, `locales/<language>/flow-check.json` has the sentence. */
  readonly code: string
  readonly params: Readonly<Record<string, string | number>>
}
