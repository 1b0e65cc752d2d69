import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Taken } from '../../../src/channels/wechat/exchange.ts'
import { exchanges, TEMPO } from '../../../src/channels/wechat/exchanges.ts'
import type { Outgoing, RawResponse, SendOutcome } from '../../../src/messaging/channel.ts'
import { instant } from '../../../src/base/time.ts'
import { handTimers, settled } from './desk.ts'

const WORDS = { slow: () => 'slow', again: () => 'again', lost: () => 'lost', more: () => 'more' }

type Step =
  | { readonly kind: 'push'; readonly message: number; readonly isGone: boolean }
  | { readonly kind: 'ends'; readonly message: number; readonly how: Taken | 'fails' }
  | { readonly kind: 'send'; readonly message: number; readonly size: number }
  | { readonly kind: 'pass'; readonly ms: number }

const message = fc.integer({ min: 0, max: 2 })
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('push' as const), message, isGone: fc.boolean() }),
  fc.record({
    kind: fc.constant('ends' as const),
    message,
    how: fc.constantFrom('delivered' as const, 'delivered' as const, 'fails' as const, 'lost' as const),
  }),
  fc.record({ kind: fc.constant('send' as const), message, size: fc.constantFrom(5, 900, 1500) }),
  fc.record({ kind: fc.constant('pass' as const), ms: fc.constantFrom(10, 1_000, 4_500, 5_000, 7_000) }),
)

/** Plays the steps. Whatever happens, a send ends, is told `sent` only when it was, and nobody hears a thing twice. */
async function play(steps: readonly Step[], mayWrite: boolean): Promise<void> {
  const timers = handTimers(0)
  /** Of each message: what its answers said that got through. */
  const heard: string[][] = [[], [], []]
  const written: string[] = []
  const takes = new Map<number, (how: Taken | 'fails') => void>()
  const sends: { readonly id: string; outcome: SendOutcome | null }[] = []
  const answers: (RawResponse | null)[] = []
  let running = 0
  const five = exchanges({
    after: timers.after,
    tempo: TEMPO,
    mayWrite,
    words: WORDS,
    maxBytes: 2048,
    otherwise({ id }) {
      if (!mayWrite) return Promise.resolve({ kind: 'person', reason: 'wechat:passive_only' })
      written.push(id)
      return Promise.resolve({ kind: 'sent', platformId: 'service' })
    },
  })
  const outgoing = (id: string, number: number, size: number): Outgoing => ({
    id,
    channel: 'wechat',
    chat: 'user',
    text: `[${id}]`.padEnd(size, '.'),
    choices: [],
    mentions: [],
    cause: `wechat ${number}`,
    reminder: null,
    matter: null,
    question: null,
    progress: null,
    createdAt: instant(0),
    again: false,
  })
  const queued: Outgoing[] = []

  for (const one of [...steps, { kind: 'pass', ms: 200_000 } as const]) {
    if (one.kind === 'push') {
      const place = answers.push(null) - 1
      const push = {
        cause: `wechat ${one.message}`,
        user: 'user',
        ordinal: 1,
        answer: (content: string): RawResponse => ({ status: 200, headers: {}, body: content }),
      }
      const take = () => {
        running += 1
        expect(running).toBeLessThanOrEqual(3)
        return new Promise<Taken>((resolve, reject) => {
          takes.set(one.message, (how) => {
            running -= 1
            takes.delete(one.message)
            if (how === 'fails') reject(new Error('disk'))
            else resolve(how)
          })
        })
      }
      void five.push(push, take).then((response) => {
        expect(answers[place]).toBeNull()
        answers[place] = response
        const isWhole = !one.isGone && response.status === 200
        if (isWhole) heard[one.message]?.push(response.body)
        response.handedOver?.(isWhole)
      })
    } else if (one.kind === 'ends') takes.get(one.message)?.(one.how)
    else if (one.kind === 'send') {
      const result: (typeof sends)[number] = { id: `s${sends.length}`, outcome: null }
      sends.push(result)
      const made = outgoing(result.id, one.message, one.size)
      queued.push(made)
      const behind = () => Promise.resolve(queued.filter(({ id }) => sends.find((s) => s.id === id)?.outcome === null))
      void five.send(made, behind).then((outcome) => (result.outcome = outcome))
    } else await timers.pass(one.ms)
    await settled()
  }

  expect(timers.waiting()).toBe(0)
  expect(answers.filter((answer) => answer === null)).toEqual([])
  for (const { id, outcome } of sends) {
    const passive = heard.map((said) => said.filter((body) => body.includes(`[${id}]`)))
    // A repeat hears what the push before it heard; no other message hears it too.
    expect(passive.filter((said) => new Set(said).size > 0).length).toBeLessThanOrEqual(1)
    for (const said of passive) expect(new Set(said).size).toBeLessThanOrEqual(1)
    const byService = written.filter((other) => other === id).length
    expect(byService).toBeLessThanOrEqual(1)
    const times = (passive.flat().length > 0 ? 1 : 0) + byService
    expect({ id, outcome: outcome?.kind, times }).toEqual({
      id,
      outcome: outcome?.kind,
      times: outcome?.kind === 'sent' ? 1 : 0,
    })
    expect(['sent', 'person']).toContain(outcome?.kind)
  }
  for (const said of heard) for (const body of said) expect(Buffer.byteLength(body)).toBeLessThanOrEqual(2048)
  five.stop()
}

test.each([true, false])(
  'whatever happens, nothing is lost, said twice or left open; may write: %s',
  async (mayWrite) => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), (steps) => play(steps, mayWrite)),
      { numRuns: 150 },
    )
  },
)
