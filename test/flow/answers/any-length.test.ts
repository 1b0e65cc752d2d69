/**
 * No text makes an answer take for ever. Nothing is timed here (npm run bench does that): a pattern that goes back over a text
 * again and again would not come to an end within the time that a test has.
 */
import { expect, test } from 'vitest'
import { ANSWER_TYPES } from '../../../src/flow/answers/understanding.ts'
import type { Asked } from '../../../src/flow/answers/understanding.ts'
import { ADVERSARIAL_ENDS, ADVERSARIAL_PIECES } from './adversarial.mjs'
import { hear } from './ask.ts'

const choices = ['因病', '因学', '别的'].map((label, place) => ({ name: `c${place}`, label }))
const RESULTS = ['understood', 'ambiguous', 'not_allowed', 'unanswered', 'global', 'not_understood']
const QUESTIONS: readonly Asked[] = [
  ...ANSWER_TYPES.map((type) => ({
    type,
    choices,
    ...(type === 'range' && { bounds: { start: 0, end: 10, step: 1 } }),
  })),
  ...(['yuan', 'person', 'mu', 'day'] as const).map((unit) => ({ type: 'decimal' as const, unit })),
  { type: 'select_one', yesNo: true },
]
/** Where patterns end that were written for short texts, and the longest message. */
const LENGTHS = [24, 60, 120]
const LONGEST = 4_000

const said = (piece: string, length: number, end: string): string =>
  piece.repeat(Math.ceil(length / piece.length)).slice(0, length - end.length) + end

test.each(QUESTIONS.map((asked) => [`${asked.type} ${asked.unit ?? ''}`, asked] as const))(
  '%s: any piece of an answer said over and over comes to an end',
  (_, asked) => {
    for (const piece of ADVERSARIAL_PIECES) {
      const texts = LENGTHS.flatMap((length) => ADVERSARIAL_ENDS.map((end) => said(piece, length, end)))
      for (const text of [...texts, said(piece, LONGEST, 'x')]) expect(RESULTS).toContain(hear(asked, text).result)
    }
  },
)
