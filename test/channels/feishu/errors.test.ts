import { expect, test } from 'vitest'
import { CODES, mayBeOfTheCard, refused } from '../../../src/channels/feishu/errors.ts'

const said = (code: number, words = '', resetSeconds: number | null = null, random = 0) => {
  const outcome = refused({ code, words, resetSeconds }, () => random)
  return outcome.kind === 'retry' ? `retry ${String(outcome.afterSeconds)}` : outcome.kind
}

/** From the codes that the platform publishes for robots. */
const EXPECTED: Readonly<Record<string, readonly number[]>> = {
  'retry 60': [11232, 99991400],
  operator: [19001, 19021, 19022, 19024],
  unsendable: [9499, 19002],
}

test.each(Object.entries(EXPECTED).flatMap(([kind, codes]) => codes.map((code) => [code, kind] as const)))(
  'code %i is %s',
  (code, kind) => {
    expect(said(code)).toBe(kind)
    expect(refused({ code, words: 'text of the platform', resetSeconds: null }, () => 0)).toMatchObject({
      reason: `feishu:${String(code)}`,
    })
  },
)

test('the table has these codes and no others', () => {
  expect(Object.keys(CODES).map(Number).sort()).toEqual([...Object.values(EXPECTED).flat()].sort())
})

test('one code has two meanings', () => {
  expect(said(9499, 'too many request')).toBe('retry 60')
  expect(said(9499, 'Bad Request')).toBe('unsendable')
  expect(mayBeOfTheCard({ code: 9499, words: 'too many request', resetSeconds: null })).toBe(false)
  expect(mayBeOfTheCard({ code: 9499, words: 'Bad Request', resetSeconds: null })).toBe(true)
})

test('who is turned away in the crowd comes again at different times', () => {
  expect(said(11232, '', null, 0)).toBe('retry 60')
  expect(said(11232, '', null, 0.999)).toBe('retry 179')
})

test('what the answer’s head says of waiting counts for the code that it belongs to', () => {
  expect(said(99991400, '', 37)).toBe('retry 37')
  expect(said(11232, '', 37)).toBe('retry 60')
})

test('a code that nobody foresaw is tried again by the minute', () => {
  expect(said(987654)).toBe('retry 60')
})
