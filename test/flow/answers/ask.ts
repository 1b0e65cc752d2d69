/** Puts a question to the engine the way a chat does and shows the outcome shortly. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parseInstant } from '../../../src/base/time.ts'
import { understand } from '../../../src/flow/answers/understand.ts'
import type { AnswerValue, Asked, Said, Understanding } from '../../../src/flow/answers/understanding.ts'
import type { WordForms } from '../../../src/flow/words.ts'

const formsIn = (language: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../locales/${language}/words.json`, import.meta.url), 'utf8'))

export const WORDS = new Map(['zh-CN', 'en'].map((language) => [language, formsIn(language)])) as WordForms

/** A Monday; the 15th of the tenth lunar month of 2026. */
export const NOON = parseInstant('2026-11-23T12:00:00+08:00')!
export const SAID: Said = { at: NOON, zone: 'Asia/Shanghai', language: 'zh-CN' }

export type Outcome =
  | AnswerValue
  | { about: AnswerValue }
  | { month: AnswerValue }
  | { year: AnswerValue }
  | { ask: readonly AnswerValue[] }
  | { refused: string }
  | { global: string }
  | 'UNANSWERED'
  | 'NOT UNDERSTOOD'

export function shortly(outcome: Understanding): Outcome {
  switch (outcome.result) {
    case 'understood':
      if (outcome.precision === 'month') return { month: outcome.value }
      if (outcome.precision === 'year') return { year: outcome.value }
      return outcome.approximate ? { about: outcome.value } : outcome.value
    case 'ambiguous':
      return { ask: outcome.candidates.map(({ value }) => value) }
    case 'not_allowed':
      return { refused: outcome.why.replace('answers:why.', '') }
    case 'unanswered':
      return 'UNANSWERED'
    case 'global':
      return { global: outcome.argument === undefined ? outcome.word : `${outcome.word} ${outcome.argument}` }
    case 'not_understood':
      return 'NOT UNDERSTOOD'
  }
}

export const hear = (asked: Asked, text: string, said: Said = SAID): Understanding =>
  understand(asked, text, said, WORDS)

/** One test for each pair of what is typed and what comes of it. */
export function cases(
  name: string,
  asked: Asked,
  table: readonly (readonly [text: string, outcome: Outcome])[],
  said = SAID,
): void {
  test.each(table)(`${name}: %s → %j`, (text, outcome) => {
    expect(shortly(hear(asked, text, said))).toEqual(outcome)
  })
}
