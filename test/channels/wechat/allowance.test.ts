/** In whatever order people write, tap, leave and come back, are told of late or twice, and are written to: never more than the platform allows. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DAY, HOUR, instant, MINUTE, SECOND, type Instant } from '../../../src/base/time.ts'
import type { ApiAnswer } from '../../../src/channels/wechat/api.ts'
import { ALLOWED, leftAt } from '../../../src/channels/wechat/allowance.ts'
import { pushBy } from '../../../src/channels/wechat/push.ts'
import { memoryStorage } from '../../../src/storage/memory/memory-storage.ts'
import { quotaLedger } from '../../../src/storage/quota-ledger.ts'
import { people } from './api-people.ts'

type Step =
  | { readonly do: 'writes' | 'taps' | 'leaves' | 'follows'; readonly user: number; readonly isHeard: boolean }
  | { readonly do: 'sends'; readonly user: number; readonly fate: 'fine' | 'busy' | 'cut'; readonly atOnce: number }
  | { readonly do: 'passes'; readonly ms: number }
  /** The platform tells something from before once more, or so late. */
  | { readonly do: 'repeats'; readonly which: number }

const USERS = 2
const user = fc.nat(USERS - 1)
const steps = (fates: readonly ('fine' | 'busy' | 'cut')[]) =>
  fc.array(
    fc.oneof(
      {
        weight: 3,
        arbitrary: fc.record({
          do: fc.constantFrom('writes', 'taps', 'leaves', 'follows'),
          user,
          isHeard: fc.boolean(),
        }),
      },
      {
        weight: 5,
        arbitrary: fc.record({
          do: fc.constant('sends'),
          user,
          fate: fc.constantFrom(...fates),
          atOnce: fc.integer({ min: 1, max: 9 }),
        }),
      },
      {
        weight: 3,
        arbitrary: fc.record({
          do: fc.constant('passes'),
          ms: fc.constantFrom(
            1,
            400,
            SECOND,
            20 * SECOND,
            54 * SECOND,
            56 * SECOND,
            MINUTE,
            HOUR,
            DAY,
            2 * DAY - MINUTE,
            2 * DAY,
          ),
        }),
      },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('repeats'), which: fc.nat(30) }) },
    ) as fc.Arbitrary<Step>,
    { maxLength: 40 },
  )

async function live(lived: readonly Step[]): Promise<{ refusals: number[]; taken: number }> {
  let now = Date.parse('2026-11-22T09:00:00.250+08:00')
  const clock = { now: () => instant(now) }
  const storage = memoryStorage({ clock })
  // Named anew at each step: what is remembered is in storage.
  const quota = () => quotaLedger(storage.reads.rows, storage.writer)
  const platform = people(clock)
  const refusals: number[] = []
  const news: (() => Promise<void>)[] = []
  let fate: 'fine' | 'busy' | 'cut' = 'fine'
  let taken = 0

  const call = ({ body }: { body?: unknown }): Promise<ApiAnswer> => {
    const answered = (code: number): ApiAnswer => ({
      kind: 'answered',
      code,
      body: { errcode: code },
      raw: '{}',
      at: null,
    })
    if (fate === 'busy') return Promise.resolve(answered(-1))
    const code = platform.charge((body as { touser: string }).touser)
    if (code === 0) taken += 1
    else refusals.push(code)
    return Promise.resolve(fate === 'cut' ? { kind: 'cut' } : answered(code))
  }

  for (const step of lived) {
    const name = 'user' in step ? `o${step.user}` : ''
    // As the platform tells it: whole seconds.
    const at = instant(Math.floor(now / SECOND) * SECOND) as Instant
    switch (step.do) {
      case 'writes':
      case 'taps':
      case 'follows':
      case 'leaves': {
        const hear = {
          writes: () => quota().open(name, 'message', ALLOWED.message, at),
          taps: () => quota().open(name, 'tap', ALLOWED.tap, at),
          leaves: () => quota().gone(name, at),
          follows: async () => {
            await quota().gone(name, null)
            await quota().open(name, 'tap', ALLOWED.tap, at)
          },
        }[step.do]
        if (step.do === 'writes') platform.writes(name)
        else if (step.do === 'taps') platform.taps(name)
        else if (step.do === 'leaves') platform.unfollow(name)
        else platform.follow(name)
        news.push(hear)
        if (step.isHeard) await hear()
        break
      }
      case 'repeats':
        await news[step.which % Math.max(news.length, 1)]?.()
        break
      case 'passes':
        now += step.ms
        break
      case 'sends': {
        fate = step.fate
        const push = pushBy(call, { quota: quota(), clock })
        const before = leftAt(await quota().left(name), instant(now))
        const outcomes = await Promise.all(
          Array.from({ length: step.atOnce }, () => push(name, { msgtype: 'text', text: { content: '您好' } })),
        )
        if (fate === 'fine') expect(outcomes.filter(({ kind }) => kind === 'sent').length).toBeLessThanOrEqual(before)
        break
      }
    }
  }
  await storage.close()
  return { refusals, taken }
}

test('in runs without a fault the platform never says that the count is used up', async () => {
  await fc.assert(
    fc.asyncProperty(steps(['fine']), async (lived) => {
      expect((await live(lived)).refusals).not.toContain(45047)
    }),
    { numRuns: 150 },
  )
})

test('nor where it is busy, or cuts off after it took a message', async () => {
  await fc.assert(
    fc.asyncProperty(steps(['fine', 'busy', 'cut']), async (lived) => {
      expect((await live(lived)).refusals).not.toContain(45047)
    }),
    { numRuns: 150 },
  )
})

test('such runs do send, and do come to the end of what is allowed', async () => {
  const day: Step[] = [
    { do: 'writes', user: 0, isHeard: true },
    { do: 'taps', user: 0, isHeard: true },
    ...Array.from({ length: 10 }, (): Step => ({ do: 'sends', user: 0, fate: 'fine', atOnce: 1 })),
  ]
  expect(await live(day)).toEqual({ refusals: [], taken: 8 })
})
