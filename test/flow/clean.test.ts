import { expect, test } from 'vitest'
import { cleanText } from '../../src/flow/clean.ts'

test('what turns the direction of writing goes: a name does not rewrite the sentence around it', () => {
  expect(cleanText('\u202e吴翠花\u202c \u2066a\u2069\u200fb')).toBe('吴翠花 ab')
})

test('line ends, tabs and joined emoji stay', () => {
  expect(cleanText('一行\n二行\t👨\u200d👩\u200d👧')).toBe('一行\n二行\t👨\u200d👩\u200d👧')
})
