import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DAY, HOUR, instant, MINUTE, SECOND } from '../../src/base/time.ts'
import type { Outgoing, SendOutcome } from '../../src/messaging/channel.ts'
import { pendingRow } from '../../src/messaging/outbox/row.ts'
import { house, MONDAY, SENT } from './fixtures/house.ts'
import type { HouseOptions } from './fixtures/house.ts'
import { Store } from './fixtures/store.ts'

const RETRY: SendOutcome = { kind: 'retry', afterSeconds: 0, reason: 'busy' }
const UNKNOWN: SendOutcome = { kind: 'unknown', reason: 'timeout' }
const BLOCKED: SendOutcome = { kind: 'unsendable', reason: 'blocked' }

const states = (store: Store) => store.rows('Outbox').map((row) => row['state'])

const outgoing = (id: string, chat: string, more: Partial<Outgoing> = {}): Outgoing => ({
  id,
  channel: 'pipe',
  chat,
  text: id,
  choices: [],
  mentions: [],
  cause: null,
  reminder: null,
  matter: null,
  question: null,
  progress: null,
  createdAt: MONDAY,
  again: false,
  ...more,
})

/** Answers sends from a script, then always with sent. */
const scripted = (script: readonly (SendOutcome | 'throw')[], more: HouseOptions = {}) => {
  let place = 0
  return house({
    ...more,
    send: () => {
      const outcome = script[place++] ?? SENT
      if (outcome === 'throw') throw new Error('adapter')
      return outcome
    },
  })
}

describe('replies', () => {
  test('a refusal for now: tried again after the pause, and later replies wait behind it', async () => {
    const h = scripted([{ kind: 'retry', afterSeconds: 30, reason: 'limit' }])
    expect(await h.say('倒茶')).toBe('')
    expect(await h.say('3')).toBe('')
    expect(states(h.store)).toEqual(['pending', 'pending'])
    expect(await h.messaging.nextDue()).toBe(h.now + 30 * SECOND)
    expect(await h.pass(29 * SECOND)).toBe('')
    expect(await h.pass(SECOND)).toBe('几杯？\n---\n什么茶？')
    expect(states(h.store)).toEqual(['sent', 'sent'])
    expect(await h.say('绿茶')).toContain('对就回 1')
  })

  test('a refusal for good is a dead letter, and what follows is sent', async () => {
    const h = scripted([BLOCKED])
    await h.say('倒茶')
    expect(h.store.rows('Outbox')).toMatchObject([{ state: 'unsendable', error: 'blocked', dueAt: null }])
    expect(await h.say('3')).toBe('什么茶？')
  })

  test('refused too often: a dead letter, and the next is sent', async () => {
    const h = scripted(Array<SendOutcome>(12).fill(RETRY))
    await h.say('倒茶')
    await h.say('3')
    for (let hour = 0; hour < 5; hour++) await h.pass(HOUR)
    while (states(h.store).includes('pending')) await h.pass(HOUR)
    expect(h.store.rows('Outbox')).toMatchObject([{ state: 'dead', error: 'busy' }, { state: 'sent' }])
  })

  test('no known end: sent once more and marked; a second time without one is left to a person', async () => {
    const h = scripted([UNKNOWN])
    await h.say('倒茶')
    expect(states(h.store)).toEqual(['unknown'])
    await h.pass(2 * SECOND)
    expect(h.sent).toMatchObject([{ text: '几杯？', again: true }])
    expect(states(h.store)).toEqual(['sent'])
    expect(h.messaging.stats().sentAgain).toBe(1)

    const twice = scripted([UNKNOWN, UNKNOWN])
    await twice.say('倒茶')
    await twice.pass(HOUR)
    await twice.pass(HOUR)
    expect(twice.sent).toEqual([])
    expect(twice.store.rows('Outbox')).toMatchObject([{ state: 'unknown', dueAt: null }])
  })

  test('an adapter that throws is tried again', async () => {
    const h = scripted(['throw', 'throw'])
    await h.say('倒茶')
    await h.pass(2 * SECOND)
    expect(await h.pass(4 * SECOND)).toBe('几杯？')
  })

  test('a message that is too long for the channel leaves in parts, in order, the choices with the last', async () => {
    const h = house({ handlers: { commands: [(context) => Promise.resolve(context.text === '长' ? LONG : null)] } })
    await h.say('长', { channel: 'wecom' })
    expect(h.sent.length).toBeGreaterThan(1)
    expect(h.sent.every((one) => Buffer.byteLength(one.text) <= 2048)).toBe(true)
    expect(h.sent.map((one) => one.text.replace(/^\(\d+\/\d+\) /, '')).join('')).toBe('一'.repeat(2000))
    expect(h.sent.map((one) => one.choices.length)).toEqual([...Array<number>(h.sent.length - 1).fill(0), 1])
  })
})

const LONG = {
  changes: [],
  notices: [],
  matter: null,
  say: [{ text: { literal: '一'.repeat(2000) }, choices: [{ id: 'a', label: { literal: 'A' } }], numbered: false }],
}

describe('order and loss', () => {
  test('whatever sends answer, a chat hears its messages in order, and every message is sent or accounted for', async () => {
    const answer = fc.constantFrom<SendOutcome | 'throw'>(SENT, SENT, SENT, RETRY, BLOCKED, 'throw', UNKNOWN)
    await fc.assert(
      fc.asyncProperty(
        fc.array(answer, { maxLength: 40 }),
        fc.array(fc.tuple(fc.nat(2), fc.constantFrom('倒茶', '3', '绿茶', '1', '菜单', '你好')), { maxLength: 15 }),
        fc.array(fc.nat(20), { minLength: 15, maxLength: 15 }),
        async (script, messages, pauses) => {
          const h = scripted(script, { concurrency: 3 })
          for (const [place, [chat, said]] of messages.entries()) {
            await h.messaging.receive(h.received(said, { chat: `u${chat}`, from: `u${chat}` }))
            if ((pauses[place] ?? 0) > 10) await h.pass((pauses[place] ?? 0) * SECOND)
          }
          for (let hour = 0; hour < 30; hour++) await h.pass(HOUR)
          for (let chat = 0; chat < 3; chat++) {
            const ids = h.sent.filter((one) => one.chat === `u${chat}`).map((one) => one.id)
            expect(ids).toEqual([...ids].sort())
            expect(new Set(ids).size).toBe(ids.length)
          }
          const settled = new Set(['sent', 'unsendable', 'dead', 'unknown'])
          for (const row of h.store.rows('Outbox')) {
            expect(settled).toContain(row['state'])
            expect(row['dueAt']).toBe(null)
            expect(h.sent.some((one) => one.id === row['id'])).toBe(row['state'] === 'sent')
          }
        },
      ),
      { numRuns: 150 },
    )
  })

  test('a thousand broken chats don’t delay the good one; a later moment is not in the way of a reply', async () => {
    const h = house({ send: (one) => (one.chat.startsWith('bad') ? RETRY : SENT) })
    for (let chat = 0; chat < 1000; chat++)
      await h.store.commit([
        pendingRow(outgoing(`0${String(chat).padStart(4, '0')}`, `bad${chat}`), 'notice', MONDAY, false),
      ])
    await h.store.commit([pendingRow(outgoing('1', 'good'), 'notice', MONDAY, false)])
    await h.store.commit([pendingRow(outgoing('2', 'u1'), 'reminder', instant(MONDAY + DAY), false)])
    await h.messaging.drain(h.now)
    expect(h.sent.map((one) => one.id)).toEqual(['1'])
    expect(await h.say('倒茶')).toBe('几杯？')
    expect(await h.pass(DAY)).toContain('2')
  })

  test('a channel that hangs holds neither the others nor, for ever, itself', async () => {
    const h = house({ send: (one) => (one.channel === 'wechat' ? new Promise(() => {}) : SENT), sendTimeoutMs: 20 })
    await h.store.commit([pendingRow(outgoing('1', 'a', { channel: 'wechat' }), 'notice', MONDAY, false)])
    await h.store.commit([pendingRow(outgoing('2', 'b'), 'notice', MONDAY, false)])
    await h.messaging.drain(h.now)
    expect(h.sent.map((one) => one.id)).toEqual(['2'])
    expect(h.store.rows('Outbox')).toMatchObject([{ state: 'unknown', error: 'timeout' }, { state: 'sent' }])
  })
})

describe('crashes', () => {
  test('between commit and send: the next process sends it, marked as perhaps a second time', async () => {
    const store = new Store()
    const dying = house({ store, send: () => new Promise(() => {}) })
    await dying.messaging.receive(dying.received('倒茶'))
    expect(states(store)).toEqual(['sending'])
    const next = house({ store, idSeed: 8, at: instant(MONDAY + SECOND) })
    await next.messaging.recover()
    expect(await next.say('3', { messageId: 'b' })).toBe('几杯？\n---\n什么茶？')
    expect(next.sent.map((one) => one.again)).toEqual([true, false])
    expect(states(store)).toEqual(['sent', 'sent'])
  })

  test('between send and mark, twice: sent once more and no third time', async () => {
    const store = new Store()
    const heard: Outgoing[] = []
    let marks = false
    store.before = (changes) => {
      if (!marks && changes.some((change) => change.op === 'update' && change.set['state'] === 'sent'))
        return new Promise<void>(() => {})
    }
    const crash = (seed: number) =>
      house({ store, idSeed: seed, at: instant(MONDAY + seed * SECOND), send: (one) => (heard.push(one), SENT) })
    const first = crash(1)
    await first.messaging.receive(first.received('倒茶'))
    const second = crash(2)
    await second.messaging.recover()
    void second.messaging.drain(second.now)
    while (heard.length < 2) await new Promise((resolve) => setImmediate(resolve))
    marks = true
    const third = crash(3)
    await third.messaging.recover()
    await third.messaging.drain(third.now)
    expect(heard.map((one) => one.again)).toEqual([false, true])
    expect(store.rows('Outbox')).toMatchObject([{ state: 'unknown', dueAt: null }])
  })

  test('beside a living process the lease decides: nobody sends what another is sending', async () => {
    const store = new Store()
    const slow = house({ store, alone: false, send: () => new Promise(() => {}) })
    await slow.messaging.receive(slow.received('倒茶'))
    const other = house({ store, idSeed: 8, alone: false })
    await other.messaging.recover()
    await other.messaging.drain(other.now)
    expect(other.sent).toEqual([])
    expect(await other.pass(MINUTE)).toBe('几杯？')
  })
})

describe('reminders', () => {
  test('are looked at once more before they leave: kept, rewritten or withdrawn', async () => {
    const asked: string[] = []
    const h = house({
      recheck: (one) => {
        asked.push(one.id)
        if (one.id === '1') return Promise.resolve({ kind: 'withdrawn', reason: 'settled' })
        if (one.id === '2') return Promise.resolve({ kind: 'rewritten', outgoing: { ...one, text: 'new words' } })
        return Promise.resolve({ kind: 'keep' })
      },
    })
    for (const id of ['1', '2', '3']) await h.store.commit([pendingRow(outgoing(id, 'c1'), 'reminder', MONDAY, false)])
    await h.store.commit([pendingRow(outgoing('4', 'c1'), 'notice', MONDAY, false)])
    await h.messaging.drain(h.now)
    expect(asked).toEqual(['1', '2', '3'])
    expect(h.sent.map((one) => one.text)).toEqual(['new words', '3', '4'])
    expect(h.store.rows('Outbox')[0]).toMatchObject({ state: 'withdrawn', error: 'settled' })
  })
})

describe('pacing', () => {
  test('a paced channel keeps its distance, in one chat and over all', async () => {
    const times: number[] = []
    const h = house({
      pacing: { wechat: { all: [{ messages: 1, seconds: 0.5 }], chat: [{ messages: 1, seconds: 3 }] } },
      send: () => (times.push(h.now - MONDAY), SENT),
    })
    for (const [id, chat] of [
      ['1', 'a'],
      ['2', 'a'],
      ['3', 'b'],
      ['4', 'c'],
    ] as const)
      await h.store.commit([pendingRow(outgoing(id, chat, { channel: 'wechat' }), 'notice', MONDAY, false)])
    await h.messaging.drain(h.now)
    for (let tick = 0; tick < 40; tick++) await h.pass(100)
    expect(h.sent.map((one) => one.id)).toEqual(['1', '3', '4', '2'])
    expect(times).toEqual([0, 500, 1000, 3000])
  })

  test('in real time the worker sends by itself, wakes up when there is something, and stops', async () => {
    const h = house({ alone: true })
    h.messaging.run()
    await h.store.commit([pendingRow(outgoing('1', 'a'), 'notice', MONDAY, false)])
    h.messaging.wake()
    while (h.sent.length === 0) await new Promise((resolve) => setImmediate(resolve))
    await h.messaging.stop()
    expect(states(h.store)).toEqual(['sent'])
  })
})

describe('the transcript', () => {
  test('is what a chat has heard, in order, from any point on', async () => {
    const h = house()
    for (const said of ['倒茶', '3']) await h.say(said, { channel: 'web' })
    const all = await h.messaging.transcript('web', 'u1', '', 10)
    expect(all.map((line) => line.outgoing.text)).toEqual(['几杯？', '什么茶？'])
    expect(await h.messaging.transcript('web', 'u1', all[0]?.id ?? '', 10)).toHaveLength(1)
  })
})
