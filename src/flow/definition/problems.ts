import type { Problem } from '../flow.ts'

/** Everything that may be wrong with a flow. Each has a sentence in `locales/<language>/flow-check.json`. */
export const PROBLEM_CODES = {
  // the file
  yaml: 'error',
  not_a_map: 'error',
  unknown_key: 'error',
  missing_key: 'error',
  wrong_value: 'error',
  duplicate_flow: 'error',
  unknown_block: 'error',
  no_questions: 'error',
  // rows
  name_missing: 'error',
  name_invalid: 'error',
  duplicate_name: 'error',
  type_missing: 'error',
  type_unknown: 'error',
  type_refused: 'error',
  not_for_this_type: 'warning',
  unbalanced_group: 'error',
  unknown_list: 'error',
  empty_list: 'error',
  duplicate_choice: 'error',
  choice_name_blank: 'error',
  or_other_with_filter: 'error',
  calculation_missing: 'error',
  unknown_trigger: 'error',
  unknown_picker: 'error',
  unknown_skip_target: 'error',
  backward_skip: 'error',
  too_deep: 'error',
  // expressions
  expression: 'error',
  cycle: 'error',
  unknown_reference: 'error',
  // advice
  unreachable: 'warning',
  number_compared_with_zero: 'warning',
  word_clash: 'warning',
  missing_label: 'warning',
  missing_translation: 'warning',
  too_many_questions: 'warning',
  choice_label_long: 'warning',
  no_trigger: 'warning',
} as const satisfies Record<string, Problem['severity']>

export type ProblemCode = keyof typeof PROBLEM_CODES

export interface Spot {
  readonly file: string
  /** 1-based; 0 = the file as a whole. */
  readonly line: number
  readonly question?: string | null
}

/** Collects what an author must mend. */
export class Complaints {
  readonly problems: Problem[] = []

  add(code: ProblemCode, spot: Spot, params: Problem['params'] = {}): void {
    const { file, line, question = null } = spot
    this.problems.push({ severity: PROBLEM_CODES[code], file, line, question, code, params })
  }

  get errors(): number {
    return this.problems.filter((problem) => problem.severity === 'error').length
  }
}
