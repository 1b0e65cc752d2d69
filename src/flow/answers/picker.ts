/** Pickers over the registry: which of the rows found for this text was meant. */
import { bare, isUnknown } from './silence.ts'
import { placeSaid } from './choice-forms.ts'
import { literalChoice } from './choice.ts'
import { normalise, unspaced } from './normalise.ts'
import { REASONS } from './reasons.ts'
import type { Asked, Candidate, Understanding } from './understanding.ts'

const MOST_CANDIDATES = 30

const taken = (candidate: Candidate, text: string): Understanding => ({
  result: 'understood',
  value: candidate.value,
  literal: [candidate.label, candidate.value].some((shown) => unspaced(normalise(shown)) === unspaced(text)),
  echo: candidate.label,
})

/** @param text normalised; `asked.choices` are candidates offered before, which a number picks from */
export function parsePicker(text: string, asked: Asked): Understanding {
  const offered = asked.choices ?? []
  const literal = literalChoice(text, offered)
  if (literal) return literal
  const place = placeSaid(bare(text), offered.length)
  const option = place === null ? undefined : offered[place]
  if (option) return { result: 'understood', value: option.name, literal: false, echo: option.label }
  const found = asked.found ?? []
  const wide = found.find(({ isWide }) => isWide)
  if (wide) return { result: 'not_allowed', why: REASONS.wide, params: { area: wide.label } }
  const exact = found.filter((candidate) => candidate.exact)
  if (exact.length === 1) return taken(exact[0] as Candidate, text)
  const several = (exact.length > 0 ? exact : found).slice(0, MOST_CANDIDATES)
  if (several.length > 0)
    return { result: 'ambiguous', candidates: several.map(({ value, label }) => ({ value, echo: label })) }
  return isUnknown(text) ? { result: 'unanswered' } : { result: 'not_understood' }
}
