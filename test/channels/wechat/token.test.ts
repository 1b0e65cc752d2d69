import { afterEach, beforeEach, expect, test } from 'vitest'
import { DAY, HOUR, MINUTE, SECOND } from '../../../src/base/time.ts'
import { bench, SECRET, USER, type Bench } from './account.ts'

const TOKEN = '/cgi-bin/stable_token'
const SEND = '/cgi-bin/message/custom/send'

let house: Bench

beforeEach(async () => {
  house = await bench()
})
afterEach(() => house.close())

const asked = () => house.api.calls.filter((path) => path === TOKEN).length

test('twenty who want one at the same time ask once', async () => {
  const users = Array.from({ length: 20 }, (_, i) => `oUser${i}`)
  for (const user of users) await house.writes(user)
  const outcomes = await Promise.all(users.map((chat) => house.say('您好', { chat })))
  expect(outcomes.map(({ kind }) => kind)).toEqual(Array(20).fill('sent'))
  expect(asked()).toBe(1)
})

test('twenty whose token was taken back ask once more, by force once, and all get through', async () => {
  await house.writes(USER)
  await house.say('一')
  house.api.tokens.revoke()
  const users = Array.from({ length: 20 }, (_, i) => `oUser${i}`)
  for (const user of users) await house.writes(user)
  const outcomes = await Promise.all(users.map((chat) => house.say('您好', { chat })))
  expect(outcomes.map(({ kind }) => kind)).toEqual(Array(20).fill('sent'))
  expect(asked()).toBe(3)
  expect(house.api.tokens.forced).toBe(1)
})

test('kept until five minutes before its end, and asked for again then', async () => {
  await house.writes(USER)
  await house.say('一')
  house.pass(115 * MINUTE - SECOND)
  await house.writes(USER)
  expect(await house.say('二')).toMatchObject({ kind: 'sent' })
  expect(asked()).toBe(1)
  house.pass(SECOND)
  expect(await house.say('三')).toMatchObject({ kind: 'sent' })
  expect(asked()).toBe(2)
  expect(house.api.tokens.given).toHaveLength(2)
  expect(house.api.tokens.forced).toBe(0)
})

test.for([40001, 40014, 41001, 42001])('%i at a call: asked for once more, and the message leaves', async (code) => {
  await house.writes(USER)
  house.api.script(SEND, code)
  expect(await house.say('您好')).toMatchObject({ kind: 'sent' })
  expect(house.texts()).toEqual(['您好'])
  // The platform's book gives the same one: another one is forced.
  expect(asked()).toBe(3)
  expect(house.api.tokens.forced).toBe(1)
})

test('a token that is refused after that too is for the operator, and nothing is spent', async () => {
  await house.writes(USER)
  house.api.script(SEND, 40001, 40001)
  expect(await house.say('您好')).toEqual({ kind: 'operator', reason: 'wechat:40001' })
  expect(await house.parts.quota.left(USER)).toMatchObject({ messageLeft: 5 })
  expect(asked()).toBe(3)
})

test('forced again no sooner than after half a minute', async () => {
  await house.writes(USER)
  house.api.script(SEND, 40001)
  await house.say('一')
  house.pass(10 * SECOND)
  house.api.script(SEND, 40001)
  expect(await house.say('二')).toEqual({ kind: 'retry', afterSeconds: 20, reason: 'later:wechat:token_refused' })
  house.pass(20 * SECOND)
  house.api.script(SEND, 40001)
  expect(await house.say('二')).toMatchObject({ kind: 'sent' })
  expect(house.api.tokens.forced).toBe(2)
})

test('forced at most twenty times a day', async () => {
  for (let time = 0; time < 20; time++) {
    await house.writes(USER)
    house.api.script(SEND, 42001)
    expect(await house.say('一')).toMatchObject({ kind: 'sent' })
    house.pass(MINUTE)
  }
  await house.writes(USER)
  house.api.script(SEND, 42001)
  expect(await house.say('一')).toEqual({ kind: 'operator', reason: 'wechat:token_refused' })
  expect(house.api.tokens.forced).toBe(20)
  house.pass(DAY)
  await house.writes(USER)
  house.api.script(SEND, 42001)
  expect(await house.say('一')).toMatchObject({ kind: 'sent' })
})

test.for([40001, 40014, 41001, 42001, 40013, 40125, 40164, 48001, 50002, 41004, 40243])(
  '%i from where tokens are given out is for the operator',
  async (code) => {
    await house.writes(USER)
    house.api.script(TOKEN, code)
    expect(await house.say('您好')).toEqual({ kind: 'operator', reason: `wechat:${code}` })
    expect(asked()).toBe(1)
    expect(await house.say('您好')).toMatchObject({ kind: 'sent' })
  },
)

test('busy, down, cut off or no answer there: tried again, and nothing was sent twice or spent', async () => {
  await house.writes(USER)
  for (const fault of [-1, 'down', 'cut', 'reset', 'garbage', 45011, 45009] as const) {
    house.api.script(TOKEN, fault)
    expect((await house.say('您好')).kind, String(fault)).toBe('retry')
  }
  expect(house.texts()).toEqual([])
  expect(await house.parts.quota.left(USER)).toMatchObject({ messageLeft: 5 })
  expect(await house.say('您好')).toMatchObject({ kind: 'sent' })
})

test('the day of quotas ends at midnight in China', async () => {
  await house.writes(USER)
  house.api.script(TOKEN, 45009)
  // 09:00 there.
  expect(await house.say('您好')).toEqual({
    kind: 'retry',
    afterSeconds: (15 * HOUR) / SECOND,
    reason: 'later:wechat:45009',
  })
})

test('neither secret nor token is in what is told', async () => {
  await house.writes(USER)
  house.api.script(SEND, 40001, 40001, 40164, -1)
  const outcomes = [await house.say('一'), await house.say('二'), await house.say('三')]
  const told = JSON.stringify([outcomes, house.parts.logged, await house.sender.check()])
  expect(told).not.toContain(SECRET)
  for (const token of house.api.tokens.given) expect(told).not.toContain(token.slice(0, 32))
})
