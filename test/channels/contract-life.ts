/** Start, stop, and looking at itself. */
import { expect } from 'vitest'
import { able, openSockets, type World } from './contract-world.ts'

export const LIFE: Readonly<Record<string, (world: World) => Promise<void>>> = {
  async 'starts while the platform is down'(world) {
    await able(world.standIn.outage, 'outage')(true)
    await world.within('the start ends', world.start())
    await world.quiet()
    await able(world.standIn.outage, 'outage')(false)
    const chat = world.standIn.person ?? world.standIn.group
    const before = world.count(chat)
    let left = 50
    while ((await world.send(chat, '起来了')).kind !== 'sent' && left-- > 0) await world.quiet()
    expect((await world.shown(chat, before)).text).toBe('起来了')
  },

  async 'hears after the platform came back'(world) {
    const outage = able(world.standIn.outage, 'outage')
    await outage(true)
    await world.within('the start ends', world.start())
    await world.quiet()
    await outage(false)
    void world.standIn.says(world.standIn.person ?? '1001', '在吗').catch(() => {})
    expect((await world.delivered(1))[0]?.body).toEqual({ kind: 'text', text: '在吗' })
  },

  async 'hears again after an outage'(world) {
    const outage = able(world.standIn.outage, 'outage')
    await world.start()
    const who = world.standIn.person ?? '1001'
    await world.standIn.says(who, '断之前')
    await world.delivered(1)
    await outage(true)
    await world.quiet()
    await outage(false)
    void world.standIn.says(who, '通之后').catch(() => {})
    await world.until('the second is delivered', () =>
      world.received.some(({ body }) => body.kind === 'text' && body.text === '通之后'),
    )
  },

  async 'nothing comes after stop'(world) {
    await world.start()
    const who = world.standIn.person ?? '1001'
    await world.standIn.says(who, '之前')
    await world.delivered(1)
    await world.within('the stop ends', world.standIn.channel.stop())
    void world.standIn.says(who, '之后').catch(() => {})
    await world.quiet()
    expect(world.received).toHaveLength(1)
  },

  async 'stops twice, and without a start'(world) {
    await world.within('the stop ends', world.standIn.channel.stop())
    await world.start()
    await world.within('the stop ends', world.standIn.channel.stop())
    await world.within('the stop ends', world.standIn.channel.stop())
  },

  async 'stops while the platform is down'(world) {
    await able(world.standIn.outage, 'outage')(true)
    await world.start()
    await world.quiet()
    await world.within('the stop ends', world.standIn.channel.stop())
  },

  async 'leaves nothing open'(world) {
    await world.start()
    const chat = world.standIn.person ?? world.standIn.group
    await world.send(chat, '一')
    world.standIn.fail('refused')
    await world.send(chat, '二')
    await world.close()
    await world.until('every socket is closed', () => openSockets() <= world.openBefore)
  },

  async 'looks at itself'(world) {
    const channel = world.standIn.channel
    const check = able(channel.check?.bind(channel), 'check')
    const findings = await world.within('the look ends', check())
    expect(findings.length).toBeGreaterThan(0)
    expect(findings.filter(({ state }) => state === 'problem')).toEqual([])
  },

  async 'looks at itself while the platform is down'(world) {
    const channel = world.standIn.channel
    const check = able(channel.check?.bind(channel), 'check')
    await able(world.standIn.outage, 'outage')(true)
    const findings = await world.within('the look ends', check())
    expect(findings.some(({ state }) => state !== 'ok')).toBe(true)
    for (const secret of world.standIn.secrets) expect(JSON.stringify(findings)).not.toContain(secret)
  },

  async 'has secrets that are looked for'(world) {
    expect(world.standIn.secrets.length).toBeGreaterThan(0)
    await world.start()
    const chat = world.standIn.group ?? world.standIn.person
    for (const fault of ['token', 'refused', 'garbage', 'cut', 'down'] as const) {
      world.standIn.fail(fault)
      await world.within('the send ends', world.send(chat, `一 ${fault}`))
    }
  },
}
