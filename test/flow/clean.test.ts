import { expect, test } from 'vitest'
import { cleanText } from '../../src/flow/clean.ts'

test('what turns the direction of writing goes: a name does not rewrite the sentence around it', () => {
  expect(cleanText('\u202e吴翠花\u202c \u2066a\u2069\u200fb')).toBe('吴翠花 ab')
})

test('line ends, tabs and joined emoji stay', () => {
  expect(cleanText('一行\n二行\t👨\u200d👩\u200d👧')).toBe('一行\n二行\t👨\u200d👩\u200d👧')
})

test('nothing that has to go hides between wide punctuation', () => {
  const hides = ['\u0007', '\u200e', '\u200f', '\u202e', '\u2067', '\u0085']
  for (const mark of hides) expect(cleanText(`　你好，${mark}世界！（３）`)).toBe('　你好，世界！（３）')
  expect(cleanText('你好，\ud800世界！')).toBe('你好，\uFFFD世界！')
})
