import { afterEach, expect, test } from 'vitest'
import { MINUTE } from '../../../src/base/time.ts'
import type { Lent } from '../lent.ts'
import { houseAt, setClock, START } from './house.ts'
import { CLIENT_SECRET, dingtalkWorld, HOOK_SECRET, type DingtalkWorld, type WorldOptions } from './stand-in.ts'

let house: Lent
let world: DingtalkWorld

async function open(options: WorldOptions = {}) {
  house = houseAt(setClock())
  world = await dingtalkWorld(house, options)
}

afterEach(async () => {
  await world.channel.stop()
  await world.close()
})

test('all is well, and nothing was shown in the group', async () => {
  await open()
  expect(await world.channel.check?.()).toEqual([
    { state: 'ok', what: 'token' },
    { state: 'ok', what: 'clock' },
    { state: 'ok', what: 'webhook', params: { count: 1 } },
  ])
  expect([...world.robot.asked, ...world.app.shown]).toEqual([])
})

test('addresses that lead elsewhere, and robots without a secret', async () => {
  await open({ withApp: false })
  house.hooks.set('a', { webhook: 'https://evil.example/robot/send?access_token=x', secret: HOOK_SECRET })
  house.hooks.set('b', { webhook: 'https://oapi.dingtalk.com/robot/send?access_token=y', secret: null })
  expect(await world.channel.check?.()).toEqual([
    { state: 'ok', what: 'clock' },
    { state: 'problem', what: 'webhook', params: { count: 1 } },
    { state: 'warning', what: 'unsigned', params: { count: 1 } },
    { state: 'ok', what: 'webhook', params: { count: 1 } },
  ])
})

test('a robot with a keyword needs no secret', async () => {
  await open({ withApp: false, secret: null, keyword: '帮扶' })
  expect(await world.channel.check?.()).toContainEqual({ state: 'ok', what: 'webhook', params: { count: 1 } })
})

test('an app needs no robots of groups', async () => {
  await open({ withHook: false })
  expect(await world.channel.check?.()).toEqual([
    { state: 'ok', what: 'token' },
    { state: 'ok', what: 'clock' },
  ])
})

test('no robots, half of the settings', async () => {
  await open({ withHook: false, withApp: false, settings: { DINGTALK_CLIENT_ID: 'ding1' } })
  expect(await world.channel.check?.()).toEqual([
    { state: 'problem', what: 'settings' },
    { state: 'ok', what: 'clock' },
    { state: 'warning', what: 'webhook' },
  ])
})

test('a secret that is refused', async () => {
  await open({ settings: { DINGTALK_CLIENT_SECRET: 'wrong' } })
  const findings = await world.channel.check?.()
  expect(findings).toContainEqual({ state: 'problem', what: 'token' })
  expect(JSON.stringify(findings)).not.toContain(CLIENT_SECRET)
})

test.each([
  [4 * MINUTE, { state: 'ok', what: 'clock' }],
  [6 * MINUTE, { state: 'warning', what: 'clock', params: { minutes: 6 } }],
  [-61 * MINUTE, { state: 'problem', what: 'clock', params: { minutes: 61 } }],
])('a clock that is off by %i ms', async (off, finding) => {
  await open({ withApp: false, platform: setClock(START + off) })
  expect(await world.channel.check?.()).toContainEqual(finding)
})

test('a platform that is away is told, and is no reason to fail', async () => {
  await open()
  await world.outage(true)
  expect(await world.channel.check?.()).toEqual([
    { state: 'warning', what: 'network' },
    { state: 'warning', what: 'network' },
    { state: 'ok', what: 'webhook', params: { count: 1 } },
  ])
})
