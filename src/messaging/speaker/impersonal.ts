/** Sentences that may be read by anybody: what the clock says to a phone, whoever holds it. */
import type { TextRef } from '../../flow/effects.ts'
import type { Work } from '../work.ts'

function isImpersonal(text: TextRef): boolean {
  if ('literal' in text) return false
  return Object.values(text.params ?? {}).every((value) =>
    typeof value === 'object' ? isImpersonal(value) : typeof value === 'number',
  )
}

/** Leaves out what repeats an answer: the lines of a review, a question that names somebody, what was picked from a register. */
export function keepImpersonal(work: Work): void {
  const kept = work.said.filter(
    ({ text, choices = [] }) => isImpersonal(text) && choices.every(({ label }) => isImpersonal(label)),
  )
  work.said.length = 0
  work.said.push(...kept)
}
