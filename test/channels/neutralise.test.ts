import fc from 'fast-check'
import { expect, test } from 'vitest'
import { neutralise } from '../../src/channels/neutralise.ts'

const ALL = { at: true, angle: true, markdown: true }

const PIECES = [
  '<@all>', '<@', '<at user_id="all">', '</at>', '<a href="https://x">', '</a>', '<font color="red">', '@all', '@所有人',
  '@13800000000', '[x](https://evil.example)', '![x](y)', '[x][y]', '[x]: https://y', '# 题', '> 引', '- 条', '1. 条', '```', '**',
  '__', '~~', '---', '|', '&lt;', '&#60;', '\n', '\n\n', ' ', '    ', '\t', '王大爷', '家里断水了', 'https://bangfu.example/q?a=1&b=2',
  '👨‍👩‍👧', '𠮷', '<', '>', '@', '[', ']', '(', ')', '*', '_', 'a',
] // prettier-ignore
const words = fc.array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: 'grapheme' })), { maxLength: 12 })
const text = words.map((pieces) => pieces.join('').replaceAll('\u200B', ''))

test('no mark of a platform survives', () => {
  fc.assert(
    fc.property(text, (said) => {
      const shown = neutralise(said, ALL)
      expect(shown).not.toMatch(/<[@/!?A-Za-z]/)
      expect(shown).not.toMatch(/@(所有人|all\b(?!\.)|1\d{10}(?!\.))/)
      expect(shown).not.toMatch(/&#?\w+;/)
      expect(shown).not.toMatch(/\][([:]/)
      expect(shown).not.toMatch(/\*\*|__|~~|``/)
      expect(shown).not.toMatch(/^[ \t]*([#>+*=|`~_[-]|\d{1,9}[.)])/m)
      expect(shown).not.toMatch(/^(\t| {4})/m)
    }),
  )
})

test('a reader sees what was written', () => {
  fc.assert(fc.property(text, (said) => neutralise(said, ALL).replaceAll('\u200B', '') === said))
})

test('what is neutral already stays as it is', () => {
  fc.assert(
    fc.property(text, (said) => {
      const once = neutralise(said, { at: true, angle: true })
      expect(neutralise(once, { at: true, angle: true })).toBe(once)
    }),
  )
})

test.each([
  '王大爷家断水了，2026年11月22日上报。',
  '办理情况：https://bangfu.example/s/3kd?from=a&to=b#top',
  '写信给 zhang.san@qq.com',
  '3 < 5 且 5 > 3，A & B，1*2*3，[急]',
])('words without a mark are left: %s', (said) => {
  expect(neutralise(said, ALL)).toBe(said)
})

test('only the marks that were named are broken', () => {
  const said = '@所有人 <@all>\n# 题 [x](y)'
  expect(neutralise(said, {})).toBe(said)
  expect(neutralise(said, { at: true })).toBe('@\u200B所有人 <@\u200Ball>\n# 题 [x](y)')
  expect(neutralise(said, { angle: true })).toBe('@所有人 <\u200B@all>\n# 题 [x](y)')
  expect(neutralise(said, { markdown: true })).toBe('@所有人 <@all>\n\u200B# 题 [x]\u200B(y)')
})
