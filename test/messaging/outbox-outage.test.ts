import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { PACING } from '../../src/channels/pacing.ts'
import { DAY, HOUR, instant, MINUTE, SECOND } from '../../src/base/time.ts'
import type { ChannelName, Outgoing, SendOutcome } from '../../src/messaging/channel.ts'
import { isOutage } from '../../src/messaging/outbox/outage.ts'
import { pacer, type Window } from '../../src/messaging/outbox/pacing.ts'
import { pendingRow } from '../../src/messaging/outbox/row.ts'
import { house, MONDAY, SENT } from './fixtures/house.ts'
import type { House, HouseOptions } from './fixtures/house.ts'

const DOWN: SendOutcome = { kind: 'retry', afterSeconds: 0, reason: 'telegram:unreachable' }
const TOKEN: SendOutcome = { kind: 'operator', reason: 'wecom:93000' }
const WINDOW: SendOutcome = { kind: 'person', reason: 'wechat:45015' }

const CHANNELS = { channelNames: ['pipe', 'web', 'telegram', 'wecom', 'wechat', 'dingtalk'] } as const

const owe = (h: House, channel: ChannelName, chat: string, ids: readonly string[], more: Partial<Outgoing> = {}) =>
  h.store.commit(
    ids.map((id) => {
      const outgoing: Outgoing = {
        id,
        channel,
        chat,
        text: id,
        choices: [],
        mentions: [],
        cause: null,
        reminder: null,
        matter: null,
        question: null,
        progress: null,
        createdAt: h.now,
        again: false,
        ...more,
      }
      return pendingRow(outgoing, more.reminder ? 'reminder' : 'notice', h.now, false)
    }),
  )

const stateOf = (h: House, id: string) => h.store.rows('Outbox').find((row) => row['id'] === id)
const sentTo = (h: House, chat: string) => h.sent.filter((one) => one.chat === chat).map(({ id }) => id)

/** A platform that is down until a moment; counts the tries. */
function broken(downUntil: () => number, more: HouseOptions = {}) {
  const tries: number[] = []
  const h: House = house({
    ...CHANNELS,
    ...more,
    send: (one) => {
      if (one.channel !== 'telegram') return SENT
      tries.push(h.now - MONDAY)
      return h.now < downUntil() ? DOWN : SENT
    },
  })
  return { h, tries }
}

describe('a platform that is down', () => {
  test.each([
    ['an hour', HOUR, MINUTE],
    ['a day', DAY, 10 * MINUTE],
  ])('for %s: nothing is lost, nobody else waits, then everything leaves in order', async (_, outage, step) => {
    const { h, tries } = broken(() => MONDAY + outage)
    const chats = ['a', 'b', 'c', 'd', 'e']
    for (const chat of chats)
      await owe(
        h,
        'telegram',
        chat,
        [1, 2, 3].map((place) => `${chat}${place}`),
      )
    await h.messaging.drain(h.now)
    for (let passed = 0; passed < outage - step; passed += step) await h.pass(step)
    expect(h.sent).toEqual([])
    expect(tries.length).toBeLessThan(outage / (30 * SECOND))
    for (const chat of chats) await owe(h, 'telegram', chat, [`${chat}4`])
    await owe(h, 'wecom', 'w', ['w1'])
    await h.pass(SECOND)
    expect(sentTo(h, 'w')).toEqual(['w1'])

    for (let minutes = 0; minutes < 15; minutes++) await h.pass(MINUTE)
    for (const chat of chats) expect(sentTo(h, chat)).toEqual([1, 2, 3, 4].map((place) => `${chat}${place}`))
    expect(new Set(h.store.rows('Outbox').map((row) => row['state']))).toEqual(new Set(['sent']))
  })

  test('one message at a time asks whether it is back, seldomer and seldomer, and not always the same', async () => {
    const asked: string[] = []
    const h: House = house({
      ...CHANNELS,
      concurrency: 8,
      send: (one) => (asked.push(one.chat), DOWN),
    })
    for (let chat = 0; chat < 50; chat++) await owe(h, 'telegram', `c${chat}`, [`m${String(chat).padStart(2, '0')}`])
    await h.messaging.drain(h.now)
    const first = asked.length
    expect(first).toBeLessThanOrEqual(8)
    for (let seconds = 0; seconds < 600; seconds += 5) await h.pass(5 * SECOND)
    expect(asked.length - first).toBeLessThan(16)
    expect(new Set(asked).size).toBeGreaterThan(asked.length / 2)
  })

  test('replies meanwhile are kept in order behind what is owed', async () => {
    const { h } = broken(() => MONDAY + 10 * MINUTE)
    for (let chat = 0; chat < 3; chat++) await owe(h, 'telegram', `x${chat}`, [`0${chat}`])
    await h.messaging.drain(h.now)
    const to = { channel: 'telegram', chat: 'u1', from: 'u1' } as const
    expect(await h.say('倒茶', to)).toBe('')
    expect(await h.say('3', to)).toBe('')
    for (let minutes = 0; minutes < 15; minutes++) await h.pass(MINUTE)
    expect(h.sent.filter(({ chat }) => chat === 'u1').map(({ text }) => text)).toEqual(['几杯？', '什么茶？'])
  })

  test('one chat that always fails is no outage, and a dead letter in the end', async () => {
    const h: House = house({ ...CHANNELS, send: (one) => (one.chat === 'bad' ? DOWN : SENT) })
    await owe(h, 'telegram', 'bad', ['0bad'])
    for (let turn = 0; turn < 300; turn++) {
      await owe(h, 'telegram', `good${turn}`, [`1${turn}`])
      await h.pass(10 * MINUTE)
    }
    expect(stateOf(h, '0bad')).toMatchObject({ state: 'dead' })
    expect(h.sent).toHaveLength(300)
  })

  test('a channel that says "later" has not failed', async () => {
    let isLater = true
    const h: House = house({
      ...CHANNELS,
      send: () => (isLater ? { kind: 'retry', afterSeconds: 3600, reason: 'later:quota' } : SENT),
    })
    await owe(h, 'wechat', 'a', ['1', '2'])
    for (let hours = 0; hours < 40; hours++) await h.pass(HOUR)
    expect(stateOf(h, '1')).toMatchObject({ state: 'pending', attempts: 1, error: 'later:quota' })
    isLater = false
    await h.pass(HOUR)
    expect(h.sent.map(({ id }) => id)).toEqual(['1', '2'])
  })

  test.each([
    'telegram:unreachable',
    'telegram:502',
    'wecom:bot_connecting',
    'wechat:token_garbage',
    'ECONNREFUSED',
    'dingtalk:EAI_AGAIN',
    'wechat:unreached',
    'dingtalk:http_503',
    'wechat:-1',
  ])('%s tells of the platform', (reason) => expect(isOutage(reason)).toBe(true))
  test.each(['telegram:429', 'wecom:45009', 'busy', 'later:night', 'threw', 'wechat:45011'])('%s does not', (reason) =>
    expect(isOutage(reason)).toBe(false),
  )
})

describe('a channel that somebody has to mend', () => {
  test('one bad group stops no other, is kept in order, and is told once an hour', async () => {
    let isBad = true
    const h: House = house({ ...CHANNELS, send: (one) => (isBad && one.chat === 'bad' ? TOKEN : SENT) })
    await owe(h, 'wecom', 'bad', ['1', '2'])
    await owe(h, 'wecom', 'good', ['3'])
    await h.messaging.drain(h.now)
    expect(sentTo(h, 'good')).toEqual(['3'])
    for (let times = 0; times < 12; times++) await h.pass(10 * MINUTE)
    expect(h.faults.filter(({ code }) => code === 'CHANNEL_NEEDS_OPERATOR')).toHaveLength(3)
    await owe(h, 'wecom', 'bad', ['4'])
    isBad = false
    await h.pass(10 * MINUTE)
    expect(sentTo(h, 'bad')).toEqual(['1', '2', '4'])
  })
})

describe('what waits for the person', () => {
  const shut = (more: HouseOptions = {}) => {
    const gate = { isShut: true }
    const h: House = house({ ...CHANNELS, ...more, send: () => (gate.isShut ? WINDOW : SENT) })
    return { h, gate }
  }
  const HIM = { channel: 'wechat', chat: 'u1', from: 'u1' } as const

  test('is told in order when they write again, before the answer', async () => {
    const { h, gate } = shut()
    await owe(h, 'wechat', 'u1', ['01', '02'])
    await h.messaging.drain(h.now)
    expect(stateOf(h, '01')).toMatchObject({ state: 'waiting', error: 'wechat:45015' })
    expect(await h.messaging.nextDue()).toBe(null)
    await h.pass(2 * DAY)
    expect(h.sent).toEqual([])
    gate.isShut = false
    expect(await h.say('倒茶', HIM)).toBe('01\n---\n02\n---\n几杯？')
    expect(await h.say('3', HIM)).toBe('什么茶？')
  })

  test('is told a few at a time, so that there is room for the answer', async () => {
    const { h, gate } = shut()
    await owe(h, 'wechat', 'u1', ['01', '02', '03', '04', '05'])
    await h.messaging.drain(h.now)
    gate.isShut = false
    expect(await h.say('倒茶', HIM)).toBe('01\n---\n02\n---\n03\n---\n几杯？')
    expect(await h.say('3', HIM)).toBe('04\n---\n05\n---\n什么茶？')
  })

  test('is told after a restart too, and looked at once more before', async () => {
    const { h, gate } = shut()
    await owe(h, 'wechat', 'u1', ['01'])
    await owe(h, 'wechat', 'u1', ['02'], { reminder: { rule: 'r', rung: 1, matters: [], items: [] } })
    await h.messaging.drain(h.now)
    gate.isShut = false
    const next = house({
      ...CHANNELS,
      store: h.store,
      idSeed: 8,
      at: instant(h.now + HOUR),
      recheck: ({ id }) => Promise.resolve(id === '02' ? { kind: 'withdrawn', reason: 'settled' } : { kind: 'keep' }),
    })
    await next.messaging.recover()
    expect(await next.say('倒茶', { ...HIM, messageId: 'n' })).toBe('01\n---\n几杯？')
    expect(stateOf(h, '02')).toMatchObject({ state: 'withdrawn', error: 'settled' })
  })

  test('is withdrawn when it is a week old', async () => {
    const { h, gate } = shut()
    await owe(h, 'wechat', 'u1', ['01'])
    await h.messaging.drain(h.now)
    await h.pass(5 * DAY)
    await owe(h, 'wechat', 'u1', ['02'])
    await h.messaging.drain(h.now)
    await h.pass(3 * DAY)
    gate.isShut = false
    expect(await h.say('倒茶', HIM)).toBe('02\n---\n几杯？')
    expect(stateOf(h, '01')).toMatchObject({ state: 'withdrawn', error: 'stale', dueAt: null })
  })

  test('goes back to waiting when the platform still takes none', async () => {
    const { h } = shut()
    await owe(h, 'wechat', 'u1', ['01'])
    await h.messaging.drain(h.now)
    expect(await h.say('你好', HIM)).toBe('')
    expect(new Set(h.store.rows('Outbox').map((row) => row['state']))).toEqual(new Set(['waiting']))
  })
})

describe('pace', () => {
  const windows = fc.array(
    fc.record({ messages: fc.integer({ min: 1, max: 5 }), seconds: fc.integer({ min: 1, max: 30 }) }),
    {
      maxLength: 2,
    },
  )
  const most = (times: readonly number[], { seconds }: Window) =>
    Math.max(0, ...times.map((from) => times.filter((at) => at >= from && at < from + seconds * SECOND).length))

  test('no window is ever exceeded, of the channel, a chat or a group', () => {
    fc.assert(
      fc.property(
        windows,
        windows,
        windows,
        fc.array(fc.tuple(fc.nat(3), fc.nat(5_000)), { maxLength: 80 }),
        (all, chat, group, asks) => {
          const paced = pacer({ telegram: { all, chat, group, isGroup: (name) => name === '-0' } })
          const went: { at: number; chat: string }[] = []
          let at = MONDAY as number
          for (const [name, pause] of asks) {
            at += pause
            const { wait } = paced.take('telegram', `-${name}`, instant(at))
            if (wait === 0) went.push({ at, chat: `-${name}` })
            else if (paced.take('telegram', `-${name}`, instant(at + wait)).wait === 0)
              went.push({ at: (at += wait), chat: `-${name}` })
          }
          for (const window of all)
            expect(
              most(
                went.map((one) => one.at),
                window,
              ),
            ).toBeLessThanOrEqual(window.messages)
          for (const name of ['-0', '-1', '-2', '-3']) {
            const own = went.filter((one) => one.chat === name).map((one) => one.at)
            for (const window of [...chat, ...(name === '-0' ? group : [])])
              expect(most(own, window)).toBeLessThanOrEqual(window.messages)
          }
        },
      ),
    )
  })

  test('a DingTalk group that is owed a hundred messages gets 18 in any minute, in order, and the others are not held', async () => {
    const times: number[] = []
    const h: House = house({
      ...CHANNELS,
      pacing: PACING,
      send: (one) => (one.chat === 'busy' && times.push(h.now), SENT),
    })
    const ids = Array.from({ length: 100 }, (_, place) => `1${String(place).padStart(3, '0')}`)
    await owe(h, 'dingtalk', 'busy', ids)
    await owe(h, 'dingtalk', 'quiet', ['2'])
    await h.messaging.drain(h.now)
    expect(sentTo(h, 'quiet')).toEqual(['2'])
    for (let seconds = 0; seconds < 420; seconds += 10) await h.pass(10 * SECOND)
    expect(sentTo(h, 'busy')).toEqual(ids)
    expect(most(times, { messages: 18, seconds: 60 })).toBe(18)
  })

  test('answers in a quick conversation don’t wait for the pace of robots, and are counted for what follows', async () => {
    const h: House = house({ ...CHANNELS, pacing: PACING })
    const to = { channel: 'dingtalk', chat: 'u1', from: 'u1' } as const
    for (let times = 0; times < 25; times++) expect(await h.say('你好', to)).not.toBe('')
    await owe(h, 'dingtalk', 'u1', ['~1'])
    await h.messaging.drain(h.now)
    expect(sentTo(h, 'u1')).not.toContain('~1')
    await h.pass(MINUTE)
    expect(sentTo(h, 'u1')).toContain('~1')
  })
})
