/** The house behind the account: what people really see, push by push. */
import { afterEach, expect, test } from 'vitest'
import { sortableIds } from '../../../src/base/ids.ts'
import { seededRandom } from '../../../src/base/random.ts'
import type { Channel, ChannelName, Received } from '../../../src/messaging/channel.ts'
import type { ChannelSettings } from '../../../src/channels/settings.ts'
import { memoryStorage } from '../../../src/storage/memory/memory-storage.ts'
import { buildHouse } from '../../../src/wire.ts'
import { definitions, ZONE } from '../../cli/house.ts'
import { desk, settled, type Pushed } from './desk.ts'

/** A reply that left is marked with the next changeset. */
const LEFT: ReadonlySet<string> = new Set(['sent', 'sending'])

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** The desk with the whole house behind it. */
async function behind(account: ChannelSettings['WECHAT_ACCOUNT']) {
  const d = await desk({ account })
  const { clock } = d.timers
  const storage = memoryStorage({ clock })
  const { messaging } = await buildHouse({
    definitions,
    storage,
    defaultLocale: 'zh-CN',
    zone: ZONE,
    clock,
    ids: sortableIds(clock, seededRandom(5)),
    random: () => 0,
    channels: new Map<ChannelName, Channel>([['wechat', d.channel]]),
    fault: (code, details, cause) => {
      throw cause instanceof Error ? cause : new Error(`${code} ${JSON.stringify(details)}`)
    },
  })
  let before: Promise<void> = Promise.resolve()
  d.onDeliver(async (message: Received) => {
    await before
    await messaging.receive(message)
  })
  await messaging.recover()
  messaging.run()
  closing.push(async () => {
    await d.channel.stop()
    await messaging.stop()
    await storage.close()
  })
  /** Until nothing moves any more without time passing. */
  const quiet = async () => {
    for (let round = 0; round < 30; round++) await settled()
  }
  return {
    d,
    storage,
    quiet,
    /** Deliveries wait for it. */
    slow() {
      let go = () => {}
      before = new Promise((resolve) => (go = resolve))
      return () => {
        go()
        before = Promise.resolve()
      }
    },
    async says(text: string): Promise<string> {
      const pushed = d.says(text)
      await expect.poll(() => pushed.answer, { timeout: 5_000, interval: 2 }).not.toBeNull()
      await quiet()
      return pushed.answer?.kind === 'text' ? pushed.answer.text : `(${pushed.answer?.kind})`
    },
    /** Those that neither left nor are on their way. */
    unsent: async () =>
      (await storage.reads.rows.find('Outbox', { order: ['id'] })).filter(({ state }) => !LEFT.has(state)),
    states: async () => (await storage.reads.rows.find('Outbox', { order: ['id'] })).map(({ state }) => state),
  }
}

test.each(['verified_service', 'unverified'] as const)('%s: a talk goes on in the answers alone', async (account) => {
  const w = await behind(account)
  expect(await w.says('你好')).toContain('1. ')
  expect(await w.says('投诉')).not.toBe('(success)')
  expect(await w.says('低保的钱少发了')).toMatch(/[？。]/)
  expect(w.d.sent).toEqual([])
  expect(await w.unsent()).toEqual([])
})

test('unverified: what came too late is said before the answer to the next word, and then all is as ever', async () => {
  const w = await behind('unverified')
  const go = w.slow()
  const document = w.d.document({ Content: '你好' })
  const pushes: Pushed[] = []
  for (let count = 0; count < 3; count++) {
    pushes.push(w.d.push(document))
    await w.d.timers.pass(5_000)
  }
  expect(pushes[2]?.answer).toMatchObject({ kind: 'text' })
  go()
  await expect.poll(() => w.states(), { timeout: 5_000, interval: 5 }).toEqual(['waiting'])
  await w.d.timers.pass(70_000)

  const next = await w.says('投诉')
  const [menu = '', ...rest] = next.split('\n\n')
  expect(menu).toContain('帮扶通')
  expect(rest.length).toBeGreaterThan(0)
  await expect.poll(() => w.states(), { timeout: 5_000, interval: 5 }).toEqual(['sent', 'sent'])

  const after = await w.says('低保的钱少发了')
  expect(after).not.toContain('帮扶通')
  expect(await w.unsent()).toEqual([])
})

test('verified: what came too late follows as a message of its own', async () => {
  const w = await behind('verified_service')
  const go = w.slow()
  const document = w.d.document({ Content: '你好' })
  for (let count = 0; count < 3; count++) {
    w.d.push(document)
    await w.d.timers.pass(5_000)
  }
  go()
  await expect.poll(() => w.d.sent.length, { timeout: 5_000, interval: 5 }).toBe(1)
  expect(w.d.sent[0]?.text).toContain('帮扶通')
  expect(await w.says('投诉')).not.toContain('帮扶通')
})

test('a repeat that a process before this one has answered changes nothing', async () => {
  const w = await behind('verified_service')
  const document = w.d.document({ Content: '你好' })
  w.d.push(document)
  await w.quiet()
  await w.d.timers.pass(70_000)
  const rows = (await w.states()).length
  const late = w.d.push(document)
  await w.quiet()
  await w.d.timers.pass(5_000)
  expect(late.answer).toEqual({ kind: 'success' })
  expect((await w.states()).length).toBe(rows)
})
