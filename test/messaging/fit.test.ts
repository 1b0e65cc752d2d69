import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ABILITIES } from '../../src/channels/abilities.ts'
import { neutralise } from '../../src/channels/neutralise.ts'
import { fit, lengthIn, type TextLimit } from '../../src/messaging/fit.ts'

const PIECES = [
  '王大爷家里断水三天了', '。', '，', '\n', '\n\n', ' ', '👨‍👩‍👧‍👦', '🇨🇳', '👍🏽', '𠮷', 'e\u0301', '"', '\\', '<at>', '**', '@所有人 ', '@zhang ',
  'https://bangfu.example/s/3kd?a=1&b=2', 'The water is off. ', '1. 断水', '# 题', '\u0007',
] // prettier-ignore
const text = fc.array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: 'grapheme' })), {
  minLength: 1,
  maxLength: 60,
})
const said = text.map((pieces) => pieces.join('').replaceAll('\u200B', '').trim()).filter((joined) => joined !== '')
const limit: fc.Arbitrary<TextLimit> = fc.oneof(
  fc.record({ max: fc.integer({ min: 150, max: 600 }), unit: fc.constantFrom('utf16' as const, 'bytes' as const) }),
  fc.record({ max: fc.integer({ min: 700, max: 1200 }), unit: fc.constant('body' as const) }),
)

const PLACE = /^\((\d+)\/(\d+)\) /
const words = (parts: readonly string[]) => parts.map((part) => part.replace(PLACE, ''))
const graphemes = (joined: string) =>
  [...new Intl.Segmenter('zh', { granularity: 'grapheme' }).segment(joined)].map(({ segment }) => segment)

/** As a platform counts it, once nothing in it is a mark any more. */
function counted(part: string, { unit }: TextLimit): number {
  const sent = neutralise(part, { at: true, angle: true, markdown: true })
  if (unit === 'utf16') return sent.length
  return Buffer.byteLength(unit === 'body' ? JSON.stringify({ msg_type: 'text', content: { text: sent } }) : sent)
}

test('no part is over the limit, made harmless and in its envelope', () => {
  fc.assert(
    fc.property(said, limit, (whole, given) => {
      for (const part of fit(whole, given)) expect(counted(part, given)).toBeLessThanOrEqual(given.max)
    }),
  )
})

test('nothing is lost and nothing is added but the places', () => {
  fc.assert(
    fc.property(said, limit, (whole, given) => {
      const parts = fit(whole, given)
      const joined = parts.length === 1 ? parts.join('') : words(parts).join('')
      expect(joined.replaceAll(/\s/g, '')).toBe(whole.replaceAll(/\s/g, ''))
    }),
  )
})

test('no character, address or short mention is cut in two', () => {
  fc.assert(
    fc.property(said, limit, (whole, given) => {
      const parts = fit(whole, given)
      if (parts.length === 1) return
      const kept = new Set(graphemes(whole))
      for (const part of words(parts)) for (const grapheme of graphemes(part)) expect(kept.has(grapheme)).toBe(true)
      const urls = (from: string) => from.match(/https:\/\/bangfu\.example\/s\/3kd\?a=1&b=2/g)?.length ?? 0
      if (given.max >= 300) expect(urls(words(parts).join(' '))).toBe(urls(whole))
    }),
  )
})

test('every part says its place, and a text that fits says none', () => {
  fc.assert(
    fc.property(said, limit, (whole, given) => {
      const parts = fit(whole, given)
      if (lengthIn(whole, given) <= given.max) expect(parts).toEqual([whole])
      else parts.forEach((part, place) => expect(part.startsWith(`(${place + 1}/${parts.length}) `)).toBe(true))
    }),
  )
})

test('a sheet is cut between paragraphs, a long paragraph between sentences', () => {
  const line = '张三家，低保户，待走访，电话已登记。'
  const sheet = Array.from({ length: 30 }, (_, place) => `${place + 1}、${line.repeat(6)}`).join('\n\n')
  for (const part of fit(sheet, ABILITIES.wecom.textLimit)) expect(part).toMatch(/^\(\d+\/\d+\) \d+、[^]*。$/)
  for (const part of fit(line.repeat(300), ABILITIES.wechat.textLimit))
    expect(part).toMatch(/^\(\d+\/\d+\) 张三[^]*。$/)
})

test('ten parts and more have room for their longer places', () => {
  const parts = fit('断水'.repeat(4_000), { max: 1_024, unit: 'bytes' })
  expect(parts.length).toBeGreaterThan(20)
  expect(parts.at(-1)?.startsWith(`(${parts.length}/${parts.length}) `)).toBe(true)
  for (const part of parts) expect(Buffer.byteLength(part)).toBeLessThanOrEqual(1_024)
})

test('one character of countless marks is cut after all', () => {
  const parts = fit('e' + '\u0301'.repeat(3_000), { max: 2_048, unit: 'bytes' })
  expect(parts.length).toBeGreaterThan(1)
  for (const part of parts) expect(Buffer.byteLength(part)).toBeLessThanOrEqual(2_048)
})
