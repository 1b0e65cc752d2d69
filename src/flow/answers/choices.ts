/** Choices as questions ask for them: one, several in one breath, all in an order. */
import { noneAmong } from './choice-forms.ts'
import { saysAll, severalOf, spanSaid } from './choice-list.ts'
import { between, chosen, literalChoice, looseChoice, mentioned } from './choice.ts'
import { unspaced } from './normalise.ts'
import { REASONS } from './reasons.ts'
import { isNone, isUnknown } from './silence.ts'
import type { Asked, ChoiceOption, Understanding } from './understanding.ts'

function gathered(found: ReadonlySet<ChoiceOption>, choices: readonly ChoiceOption[], literal: boolean): Understanding {
  const listed = choices.filter((option) => found.has(option))
  return {
    result: 'understood',
    value: listed.map(({ name }) => name),
    literal,
    echo: listed.map(({ label }) => label).join('、'),
  }
}

const betweenSets = (sets: readonly (readonly ChoiceOption[])[]): Understanding => ({
  result: 'ambiguous',
  candidates: sets.map((options) => ({
    value: options.map(({ name }) => name),
    echo: options.map(({ label }) => label).join('、'),
  })),
})

/** One literal choice as a list of one. @param text normalised */
export function literalChoices(text: string, choices: readonly ChoiceOption[]): Understanding | null {
  const one = literalChoice(text, choices)
  return one && { ...one, value: [one.value as string] }
}

/** One of a list; where several were named, which of them. @param text normalised, known not to be literal */
export function parseChoice(text: string, asked: Asked): Understanding {
  const choices = asked.choices ?? []
  const one = looseChoice(text, choices)
  if (one) return one
  if (isNone(text) && !asked.required) return { result: 'unanswered' }
  const isNumber = /^\d+$/.test(unspaced(text))
  const several = isNumber || saysAll(text) ? null : severalOf(text.replace(EITHER, ' '), choices)
  const named = [...new Set(several?.options ?? [])]
  if (named.length === 1) return chosen(named[0] as ChoiceOption, false)
  return named.length > 1 ? between(named) : { result: 'not_understood' }
}

const EITHER = /或者?是?|还是|要么|\bor\b/g

/** @param text normalised, known not to be one literal choice */
export function parseChoices(text: string, asked: Asked): Understanding {
  const choices = asked.choices ?? []
  const span = spanSaid(text, choices)
  if (span?.isClear) return gathered(new Set(span.options), choices, false)
  const several = severalOf(text, choices)
  if (several && span) return betweenSets([several.options, span.options])
  if (several) return gathered(new Set(several.options), choices, several.literal)
  if (isUnknown(text) || isNone(text)) {
    const one = looseChoice(text, choices)
    if (one?.result === 'understood') return { ...one, value: [one.value as string] }
    if (one) return one
    return asked.required || (isNone(text) && noneAmong(choices))
      ? { result: 'not_understood' }
      : { result: 'unanswered' }
  }
  const inside = mentioned(text, choices)
  if (inside.length > 0) return gathered(new Set(inside), choices, false)
  const one = looseChoice(text, choices)
  if (one?.result === 'understood') return { ...one, value: [one.value as string] }
  if (one?.result !== 'ambiguous') return one ?? { result: 'not_understood' }
  return { ...one, candidates: one.candidates.map(({ value, echo }) => ({ value: [value as string], echo })) }
}

/** All choices, each once, in the order said. @param text normalised */
export function parseRank(text: string, asked: Asked): Understanding {
  const choices = asked.choices ?? []
  if (isUnknown(text)) return { result: 'unanswered' }
  const several = severalOf(text, choices)
  if (!several || saysAll(text)) return { result: 'not_understood' }
  const { options, literal } = several
  if (options.length !== choices.length || new Set(options).size !== options.length)
    return { result: 'not_allowed', why: REASONS.rank, params: { count: choices.length } }
  return {
    result: 'understood',
    value: options.map(({ name }) => name),
    literal,
    echo: options.map(({ label }) => label).join(' > '),
  }
}
