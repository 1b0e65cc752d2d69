import { expect, test } from 'vitest'
import { ANSWER_TOO_LATE, CODES, refused } from '../../../src/channels/wecom/errors.ts'

/** From the list of codes that the platform publishes, and what its SDK's users report. */
const EXPECTED: Readonly<Record<string, readonly number[]>> = {
  'retry 5': [-1, 6000, 846609],
  'retry 60': [45009, 45033, 45047, 846607],
  operator: [40001, 40013, 40014, 41001, 42001, 48002, 60020, 93000, 93004, 93008, 853000],
  person: [93006],
  unsendable: [40004, 40005, 40006, 40008, 40058, 40201, 44001, 44004, 45001, 45002, 45008, 47001],
}

test.each(Object.entries(EXPECTED).flatMap(([kind, codes]) => codes.map((code) => [code, kind] as const)))(
  'code %i is %s',
  (code, kind) => {
    const outcome = refused(code)
    expect(outcome.kind === 'retry' ? `retry ${String(outcome.afterSeconds)}` : outcome.kind).toBe(kind)
    expect(outcome).toMatchObject({ reason: `wecom:${String(code)}` })
  },
)

test('the table has these codes and no others', () => {
  const known = Object.values(EXPECTED).flat()
  expect(Object.keys(CODES).map(Number).sort()).toEqual([...known].sort())
  for (const code of ANSWER_TOO_LATE) expect(code in CODES, String(code)).toBe(false)
})

test('a code that nobody foresaw is tried again by the minute', () => {
  expect(refused(987654)).toEqual({ kind: 'retry', afterSeconds: 60, reason: 'wecom:987654' })
})
