/** The plain answers that most messages are, read without the whole machinery: a choice as it stands on the button, a short number. */
import type { Understanding } from './answers/understanding.ts'
import { AnswersEnvironment } from './answers-environment.ts'
import type { AskRow } from './program.ts'
import type { Run } from './run.ts'

const DIGITS = /^(?:0|[1-9]\d{0,8})$/

/** @returns null when the understanding has to look. Gives what `understand` would give. */
export function readQuickly(run: Run, row: AskRow, text: string): Understanding | null {
  if (row.type === 'integer' && row.unit === null && DIGITS.test(text)) {
    const place = run.cursor
    if (place === null) return null
    if (row.constraint && !row.constraint.boolean(new AnswersEnvironment(run, place.position, text))) return null
    return { result: 'understood', value: Number(text), literal: true, echo: text }
  }
  return null
}
