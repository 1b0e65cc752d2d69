import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { REFUSALS } from '../../../src/channels/wechat/errors.ts'
import { bench, MATTER, TEMPLATE, USER, WORDS, type Bench } from './account.ts'

const SEND = '/cgi-bin/message/custom/send'

/** What each documented code means for a message; -2 stands for one that nobody documented. */
const OUTCOMES: Readonly<Record<string, readonly number[]>> = {
  operator: [
    40002, 40008, 40013, 40036, 40037, 40125, 40164, 40243, 41002, 41004, 41006, 43001, 43002, 43003, 43116, 44002,
    47001, 47003, 48001, 48003, 48004, 50001, 50002, 50004, 50007, 61004, 89501, 89503, 89506, 89507,
  ],
  person: [43004, 43101, 45015, 45047, 48002, 50005],
  unsendable: [40003, 40007, 40130, 43019, 44004, 45157, 45166, 87014],
  retry: [-1, -2, 45009, 45011, 61450, 65400],
}
/** Mended on the way, so that the message leaves. */
const MENDED = [40001, 40014, 41001, 42001, 45002]

let house: Bench

beforeAll(async () => {
  house = await bench()
})
afterAll(() => house.close())
beforeEach(() => house.pass(60_000))

const CASES = Object.entries(OUTCOMES).flatMap(([kind, codes]) => codes.map((code) => [code, kind] as const))

test.for(CASES)('%i: %s', async ([code, kind]) => {
  await house.writes(USER)
  const before = house.texts().length
  house.api.script(SEND, code)
  expect(await house.say('您好')).toMatchObject({ kind, reason: reasonOf(code) })
  expect(house.texts()).toHaveLength(before)
  const isCounted = [43004, 43101, 48002, 50005, 45015, 45047].includes(code)
  expect(await house.parts.quota.left(USER)).toMatchObject({ messageLeft: isCounted ? 0 : 5 })
})

/** 45015 and 45047 close the window: there is nothing left then. What passes by itself uses up no tries. */
function reasonOf(code: number): string {
  if (code === 45015 || code === 45047) return 'wechat:spent'
  return [-1, 45009, 45011, 61450, 65400].includes(code) ? `later:wechat:${code}` : `wechat:${code}`
}

test('every code of the table is in this test', () => {
  const tested = [...Object.values(OUTCOMES).flat(), ...MENDED].filter((code) => code !== -2)
  expect([...REFUSALS.keys()].sort()).toEqual(tested.sort())
})

test('45009 waits for the next day in China, 45011 for the next minute', async () => {
  await house.writes(USER)
  house.api.script(SEND, 45011, 45009)
  expect(await house.say('一')).toMatchObject({ afterSeconds: 60 })
  const midnight = Date.parse('2026-11-23T00:00:00+08:00')
  expect(await house.say('二')).toMatchObject({ afterSeconds: Math.ceil((midnight - house.now()) / 1000) })
})

test('the words beside a code decide nothing', async () => {
  await house.writes(USER)
  house.api.script(SEND, 0)
  expect(await house.say('invalid credential')).toMatchObject({ kind: 'sent' })
})

test.for([
  ['down', 'retry', 5],
  ['garbage', 'retry', 5],
  ['reset', 'unknown', 4],
  ['cut', 'unknown', 4],
] as const)('%s: %s', async ([fault, kind, left]) => {
  await house.writes(USER)
  house.api.script(SEND, fault)
  expect(await house.say('您好')).toMatchObject({ kind })
  expect(await house.parts.quota.left(USER)).toMatchObject({ messageLeft: left })
  expect(await house.say('您好')).toMatchObject({ kind: 'sent' })
})

test('no connection at all: tried again, nothing is spent', async () => {
  await house.writes(USER)
  await house.api.outage(true)
  expect(await house.say('您好')).toEqual({ kind: 'retry', afterSeconds: 5, reason: 'later:wechat:unreached' })
  await house.api.outage(false)
  expect(await house.parts.quota.left(USER)).toMatchObject({ messageLeft: 5 })
  expect(await house.say('您好')).toMatchObject({ kind: 'sent' })
})

test('no answer in time: it may have arrived', async () => {
  const slow = await bench({ timeLimitMs: 600 })
  try {
    await slow.writes(USER)
    // A token first: the limit is for the call that sends.
    expect(await slow.say('一')).toMatchObject({ kind: 'sent' })
    slow.api.script(SEND, 'hang')
    expect(await slow.say('二')).toEqual({ kind: 'unknown', reason: 'wechat:cut' })
    expect(await slow.parts.quota.left(USER)).toMatchObject({ messageLeft: 3 })
  } finally {
    await slow.close()
  }
})

describe('a stop', () => {
  const hanging = async (graceMs: number) => {
    const one = await bench({ graceMs })
    await one.writes(USER)
    one.api.script(SEND, 'hang')
    const sending = one.say('您好')
    while (!one.api.calls.includes(SEND)) await new Promise((resolve) => setImmediate(resolve))
    return { one, sending }
  }

  test('waits for a message on its way, and no longer than it may', async () => {
    const { one, sending } = await hanging(20)
    await one.sender.stop()
    expect(await sending).toEqual({ kind: 'unknown', reason: 'wechat:cut' })
    await one.close()
  })

  test('lets it arrive, and begins nothing more', async () => {
    const { one, sending } = await hanging(60_000)
    const stopping = one.sender.stop()
    expect(await one.say('再来')).toEqual({ kind: 'retry', afterSeconds: 5, reason: 'later:wechat:stopping' })
    one.api.answerHanging()
    await stopping
    expect(await sending).toMatchObject({ kind: 'sent' })
    expect(one.texts()).toEqual(['您好'])
    await one.close()
  })
})

test('the longer it is down the longer the pauses, up to a minute', async () => {
  const pauses: unknown[] = []
  const down = async (passed: number) => {
    house.pass(passed)
    house.api.script(SEND, 'down')
    const outcome = await house.say('您好')
    pauses.push(outcome.kind === 'retry' && outcome.afterSeconds)
  }
  await house.writes(USER)
  for (const passed of [0, 5_000, 35_000, 60_000, 3_600_000]) await down(passed)
  expect(pauses).toEqual([5, 5, 10, 25, 60])
  expect(await house.say('通了')).toMatchObject({ kind: 'sent' })
  await down(0)
  expect(pauses.at(-1)).toBe(5)
})

test('a template that is refused holds nobody up: the message waits for the person', async () => {
  const told = await bench({ settings: { WECHAT_TEMPLATE_ID: TEMPLATE }, words: WORDS })
  try {
    for (const code of [40037, 47003, 48001, 43116, 45009, -1]) {
      told.api.script('/cgi-bin/message/template/send', code)
      expect(await told.say('有进展', { matter: MATTER })).toEqual({ kind: 'person', reason: 'wechat:spent' })
    }
    expect(told.parts.logged).toHaveLength(6)
    for (const [code, kind] of [
      [40003, 'unsendable'],
      [43019, 'unsendable'],
      ['cut', 'unknown'],
      [43004, 'person'],
    ] as const) {
      told.api.script('/cgi-bin/message/template/send', code)
      expect((await told.say('有进展', { matter: MATTER })).kind, String(code)).toBe(kind)
    }
  } finally {
    await told.close()
  }
})
