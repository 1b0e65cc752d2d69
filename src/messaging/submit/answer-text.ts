import type { Submission } from '../../flow/effects.ts'

/** A stored answer as text; "" where it was not given. */
export function textOf(answers: Submission['answers'], question: string): string {
  const answer = answers[question]
  return typeof answer === 'string' ? answer : ''
}

/** Null where it was not given, or is no number. */
export function numberOf(answers: Submission['answers'], question: string): number | null {
  const text = textOf(answers, question)
  const number = Number(text)
  return text === '' || Number.isNaN(number) ? null : number
}
