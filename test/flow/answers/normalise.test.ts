/** Texts in the usual characters take short ways; an invisible mark, which says nothing, sends the same text the long way round. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { normalise, unspaced } from '../../../src/flow/answers/normalise.ts'

const INVISIBLE = '\u200B'

const character = fc.oneof(
  fc.integer({ min: 0x20, max: 0x7e }),
  fc.integer({ min: 0x4e00, max: 0x9fff }),
  fc.integer({ min: 0xff01, max: 0xff5e }),
  fc.constantFrom(0x20, 0x3001, 0x3002, 0xff0c, 0xff0e, 0x2e, 0x30),
)
const texts = fc.array(character, { maxLength: 12 }).map((codes) => String.fromCharCode(...codes))

test('the short ways give what the long one gives', () => {
  fc.assert(
    fc.property(texts, texts, (before, behind) => {
      expect(normalise(before + behind)).toBe(normalise(before + INVISIBLE + behind))
    }),
    { numRuns: 2000 },
  )
})

test('every character that takes a short way alone', () => {
  for (const [from, to] of [
    [0x20, 0x7e],
    [0x3001, 0x3002],
    [0x4e00, 0x9fff],
    [0xff01, 0xff5e],
  ] as const)
    for (let code = from; code <= to; code++) {
      const text = `村${String.fromCharCode(code)}里`
      expect(normalise(text)).toBe(normalise(text + INVISIBLE))
    }
})

test('no blank is left in front, so that the first character stays the first without blanks', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' }), texts), (text) => {
      const even = normalise(text)
      expect(unspaced(even)[0]).toBe(even[0])
    }),
    { numRuns: 500 },
  )
})
