/** What a check has to say: sentences of `doctor.json`, named by their path below `checks`; elsewhere with their namespace. */
import { AppError } from '../../base/errors.ts'
import type { PlainDate } from '../../base/time.ts'
import type { Config } from '../../config.ts'
import type { StorageReads } from '../../storage/reads/all-reads.ts'
import type { Text } from '../../text/text.ts'
import { explain } from '../problem.ts'

export type FindingParams = Readonly<Record<string, string | number>>

export interface Finding {
  readonly state: 'ok' | 'warning' | 'problem'
  /** `disk.warning`, `channels:check.token.problem` */
  readonly what: string
  /** What to do about it; null when nothing is wrong. */
  readonly todo: string | null
  readonly params: FindingParams
}

/** The words that ship with the program, so that a broken folder of words can still be reported. */
export interface Speech {
  readonly text: Text
  readonly language: string
}

/** What checks of what is stored look at. */
export interface Stored {
  readonly reads: StorageReads
  readonly config: Config
  readonly now: number
  /** In the zone of the installation. */
  readonly today: PlainDate
}

export const fine = (what: string, params: FindingParams = {}): Finding => ({ state: 'ok', what, todo: null, params })

export const warning = (what: string, todo: string, params: FindingParams = {}): Finding => ({
  state: 'warning',
  what,
  todo,
  params,
})

export const problem = (what: string, todo: string, params: FindingParams = {}): Finding => ({
  state: 'problem',
  what,
  todo,
  params,
})

/** An error in one line. */
export const reasonOf = (error: unknown, { text, language }: Speech): string =>
  error instanceof AppError ? explain(error, text, language) : error instanceof Error ? error.message : String(error)
