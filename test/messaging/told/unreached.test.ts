/** A message about a matter that no channel brings: somebody calls, once. */
import { expect, test } from 'vitest'
import { update } from '../../../src/base/change.ts'
import { HOUR, MINUTE } from '../../../src/base/time.ts'
import { ABILITIES } from '../../../src/channels/abilities.ts'
import type { Channel, ChannelName, Outgoing, SendOutcome } from '../../../src/messaging/channel.ts'
import { county } from '../staff/county.ts'
import { commit } from './world.ts'

const SENT: SendOutcome = { kind: 'sent', platformId: null }

/** A county in which the villager `u1` is told of no stage: what sends of them end in. */
async function shut(outcome: SendOutcome) {
  const heard: Outgoing[] = []
  const gate = { isShut: true }
  const channel: Channel = {
    name: 'pipe',
    abilities: ABILITIES.pipe,
    start: () => Promise.resolve(),
    stop: () => Promise.resolve(),
    send(outgoing) {
      if (gate.isShut && outgoing.chat === 'u1' && outgoing.about === 'stage') return Promise.resolve(outcome)
      heard.push(outgoing)
      return Promise.resolve(SENT)
    },
  }
  const c = await county({ channels: new Map<ChannelName, Channel>([['pipe', channel]]) })
  const number = await c.reported()
  await c.staff(`${number} 受理`)
  const calls = async () => (await c.rows('Task')).filter(({ kind }) => kind === 'phone_notice')
  const row = async () => (await c.rows('Outbox')).find(({ payload }) => String(payload).includes('"about":"stage"'))
  const to = (chat: string) => heard.filter((one) => one.chat === chat).map(({ text }) => text)
  return { c, gate, calls, row, to }
}

test('somebody who blocked us is called at once, and only once', async () => {
  const { c, calls, row, to } = await shut({ kind: 'unsendable', reason: 'telegram:blocked' })
  expect(await row()).toMatchObject({ state: 'unsendable', error: 'telegram:blocked' })
  await c.pass(MINUTE)
  expect(await calls()).toMatchObject([{ closedAt: null, refId: 'accepted' }])
  expect(to('c1').at(-1)).toContain('消息发不到他（她）那里')
  expect(to('c1').at(-1)).toContain('村里接手了')
  expect(await row()).toMatchObject({ state: 'unsendable', error: 'telegram:blocked', dueAt: null })
  await c.pass(HOUR)
  expect(await calls()).toHaveLength(1)
})

test('somebody who has not written for a day is called, and not told again when they do', async () => {
  const { c, gate, calls, row, to } = await shut({ kind: 'person', reason: 'wechat:45015' })
  await c.pass(23 * HOUR)
  expect(await calls()).toEqual([])
  expect(await row()).toMatchObject({ state: 'waiting' })
  await c.pass(2 * HOUR)
  expect(await calls()).toHaveLength(1)
  expect(await row()).toMatchObject({ state: 'withdrawn', error: 'phone', dueAt: null })
  gate.isShut = false
  await c.say('在吗')
  expect(to('u1').join()).not.toContain('村里接手了')
})

test('somebody who writes within the day is told, and nobody calls', async () => {
  const { c, gate, calls, to } = await shut({ kind: 'person', reason: 'wechat:45015' })
  await c.pass(3 * HOUR)
  gate.isShut = false
  await c.say('在吗')
  expect(to('u1').filter((text) => text.includes('村里接手了'))).toHaveLength(1)
  await c.pass(30 * HOUR)
  expect(await calls()).toEqual([])
})

test('a stage that is over is not called about', async () => {
  const { c, calls, row } = await shut({ kind: 'person', reason: 'wechat:45015' })
  const [matter] = await c.rows('Case')
  await commit(c, [update('Case', String(matter?.['id']), Number(matter?.['revision']), { stage: 'verifying' })])
  await c.pass(30 * HOUR)
  expect(await calls()).toEqual([])
  expect(await row()).toMatchObject({ state: 'waiting' })
})
