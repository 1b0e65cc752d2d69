import { expect, test } from 'vitest'
import { instant, MINUTE, type Instant } from '../../src/base/time.ts'
import { manners } from '../../src/messaging/manners.ts'
import { DEFAULT_MANNERS, readMannersPolicy } from '../../src/messaging/manners-policy.ts'
import { readFileSync } from 'node:fs'

const AT = instant(Date.UTC(2026, 10, 23, 1))
const after = (ms: number): Instant => instant(AT + ms)

test('warns once, is silent while it lasts, and answers again when it has calmed down', () => {
  const meter = manners({ ...DEFAULT_MANNERS, messages: 10 })
  const said = Array.from({ length: 40 }, () => meter.idle('a', AT))
  expect(said.indexOf('warn')).toBe(10)
  expect(said.slice(11).every((one) => one === 'quiet')).toBe(true)
  expect(meter.idle('a', after(MINUTE))).toBe('quiet')
  expect(meter.idle('a', after(3 * MINUTE))).toBe('go')
})

test('a clock that stands still or goes back does no harm', () => {
  const meter = manners({ ...DEFAULT_MANNERS, messages: 5 })
  for (let time = 0; time < 5; time++) expect(meter.idle('a', AT)).toBe('go')
  expect(meter.idle('a', after(-MINUTE))).toBe('warn')
})

test('remembers no more accounts than it may', () => {
  const meter = manners({ ...DEFAULT_MANNERS, accounts: 100 })
  for (let one = 0; one < 1000; one++) meter.idle(`u${one}`, AT)
  expect(meter.size).toBe(100)
})

test('an insult and an advertisement are answered once in a while, each', () => {
  const meter = manners(DEFAULT_MANNERS)
  expect(meter.isFirst('a', 'insult', AT)).toBe(true)
  expect(meter.isFirst('a', 'advert', AT)).toBe(true)
  expect(meter.isFirst('a', 'insult', after(30 * MINUTE))).toBe(false)
  expect(meter.isFirst('a', 'insult', after(60 * MINUTE))).toBe(false)
  expect(meter.isFirst('a', 'insult', after(120 * MINUTE))).toBe(true)
})

test('the policy that ships is the documented default; another file is read with its mistakes named', () => {
  const yaml = readFileSync('flows/policy/manners.yaml', 'utf8')
  expect(readMannersPolicy({ file: 'manners.yaml', yaml })).toEqual(DEFAULT_MANNERS)
  expect(readMannersPolicy(undefined)).toEqual(DEFAULT_MANNERS)
  expect(() => readMannersPolicy({ file: 'manners.yaml', yaml: yaml.replace('1m', 'soon') })).toThrow(
    expect.objectContaining({ code: 'POLICY_INVALID' }) as Error,
  )
})
