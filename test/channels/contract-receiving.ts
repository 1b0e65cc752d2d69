/** What comes in. */
import { expect } from 'vitest'
import type { Received } from '../../src/messaging/channel.ts'
import { able, sha256, type World } from './contract-world.ts'

const WORDS = '王大爷家断水了 <急> & "三天" 👨‍👩‍👧 𠮷'

const one = async (world: World, count = 1): Promise<Received> => {
  const received = (await world.delivered(count))[count - 1]
  if (!received) throw new Error('nothing was delivered')
  return received
}

/** Somebody who may be written to, where the stand-in knows one: accounts of a platform have a form. */
const who = ({ standIn }: World): string => standIn.person ?? '1001'
const where = ({ standIn }: World): string => {
  if (standIn.group === null) throw new Error('the stand-in has no group, and leaves the check not out')
  return standIn.group
}

export const RECEIVING: Readonly<Record<string, (world: World) => Promise<void>>> = {
  async 'private text'(world) {
    await world.start()
    const before = Date.now()
    await world.standIn.says(who(world), WORDS)
    const received = await one(world)
    expect(received).toMatchObject({
      channel: world.standIn.channel.name,
      from: who(world),
      group: false,
      body: { kind: 'text', text: WORDS },
    })
    if (world.standIn.person !== null) expect(received.chat).toBe(world.standIn.person)
    expect(Number.isInteger(received.at)).toBe(true)
    expect(Math.abs(received.at - before)).toBeLessThan(60_000)
    expect(received.messageId).not.toBe('')
  },

  async 'every message has its own id'(world) {
    await world.start()
    await world.standIn.says(who(world), '一')
    await world.standIn.says(who(world), '一')
    await world.delivered(2)
    expect(new Set(world.received.map(({ messageId }) => messageId)).size).toBe(2)
  },

  async 'acked after it is durable'(world) {
    let open = () => {}
    world.onDeliver(() => new Promise((resolve) => (open = resolve)))
    await world.start()
    let answered = false
    const said = world.standIn.says(who(world), WORDS).then(() => (answered = true))
    await one(world)
    await world.quiet()
    expect(answered).toBe(false)
    open()
    await world.within('the platform is answered', said)
  },

  async 'delivered again when it was not durable'(world) {
    let refused = 0
    world.onDeliver(() => (refused++ === 0 ? Promise.reject(new Error('disk')) : Promise.resolve()))
    await world.start()
    let answered = false
    const said = world.standIn
      .says(who(world), WORDS)
      .catch(() => {})
      .then(() => (answered = true))
    await one(world)
    // Platforms that are asked repeat it themselves; those that call us are answered, or not, and repeat it when the test has them.
    for (let looks = 0; looks < 12 && !answered && world.received.length === 1; looks++) await world.quiet()
    if (world.received.length === 1) await able(world.standIn.repeats, 'repeats')()
    await one(world, 2)
    await world.within('the platform is answered', said)
    expect(world.received[1]?.messageId).toBe(world.received[0]?.messageId)
    expect(world.received[1]?.body).toEqual(world.received[0]?.body)
  },

  async 'redelivery keeps the id'(world) {
    const repeats = able(world.standIn.repeats, 'repeats')
    await world.start()
    await world.standIn.says(who(world), WORDS)
    await world.delivered(1)
    await repeats()
    await world.quiet()
    expect(new Set(world.received.map(({ messageId }) => messageId)).size).toBe(1)
  },

  async 'group text without the mention'(world) {
    const saysInGroup = able(world.standIn.saysInGroup, 'saysInGroup')
    await world.start()
    await saysInGroup(where(world), who(world), '待办 李四家')
    expect(await one(world)).toMatchObject({
      chat: where(world),
      from: who(world),
      group: true,
      body: { kind: 'text', text: '待办 李四家' },
    })
  },

  async 'what was forwarded into a group is left'(world) {
    const forwards = able(world.standIn.forwards, 'forwards')
    await world.start()
    await forwards(where(world), who(world), '解除 1')
    await able(world.standIn.saysInGroup, 'saysInGroup')(where(world), who(world), '待办')
    expect((await one(world)).body).toEqual({ kind: 'text', text: '待办' })
    expect(world.received).toHaveLength(1)
  },

  async photo(world) {
    const bytes = Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3, 0, 255])
    const sends = able(world.standIn.sends, 'sends')
    await world.start()
    await sends(who(world), 'photo', bytes)
    const { body } = await one(world)
    expect(body).toMatchObject({ kind: 'photo', file: { id: sha256(bytes) } })
    expect(world.lent.files.get(sha256(bytes))).toEqual(bytes)
  },

  async voice(world) {
    const bytes = Uint8Array.from([0x23, 0x21, 0x41, 0x4d, 0x52, 0x0a, 1, 2, 3])
    const sends = able(world.standIn.sends, 'sends')
    await world.start()
    await sends(who(world), 'voice', bytes)
    const { body } = await one(world)
    expect(body).toMatchObject({ kind: 'voice', file: { id: sha256(bytes) } })
  },

  /** Either a recording with its words, or, where the platform keeps the recording, the words as text. */
  async 'words of a recording'(world) {
    const sends = able(world.standIn.sends, 'sends')
    await world.start()
    await sends(who(world), 'voice', Uint8Array.from([1, 2, 3]), '家里断水了')
    const { body } = await one(world)
    expect(body.kind === 'text' ? body.text : body.kind === 'voice' && body.transcript).toBe('家里断水了')
  },

  async location(world) {
    const isAt = able(world.standIn.isAt, 'isAt')
    await world.start()
    await isAt(who(world), 26.583611, 106.713478)
    const { body } = await one(world)
    expect(body.kind).toBe('location')
    if (body.kind !== 'location') return
    expect(body.latitude).toBeCloseTo(26.583611, 6)
    expect(body.longitude).toBeCloseTo(106.713478, 6)
  },

  async 'payload of a QR code'(world) {
    const arrives = able(world.standIn.arrives, 'arrives')
    await world.start()
    await arrives(who(world), 'v_3kd7q2')
    expect(await one(world)).toMatchObject({ from: who(world), body: { kind: 'start', payload: 'v_3kd7q2' } })
  },

  async 'tap gives the exact id'(world) {
    const taps = able(world.standIn.taps, 'taps')
    const ids = ['yes', '同意-家庭情况-二〇二六年十一月二十二日-甲乙丙丁', 'x'.repeat(200), '~tilde', '0']
    world.lent.choices.push(...ids)
    await world.start()
    const choices = ids.map((id, place) => ({ id, label: `${place + 1}. 选 ${place + 1}` }))
    const before = world.count(world.standIn.person)
    expect(await world.send(world.standIn.person, '请选', { choices })).toMatchObject({ kind: 'sent' })
    expect((await world.shown(world.standIn.person, before)).choices.map(({ label }) => label)).toEqual(
      choices.map(({ label }) => label),
    )
    for (const [place, id] of ids.entries()) {
      await taps(who(world), id)
      expect((await one(world, place + 1)).body).toEqual({ kind: 'choice', id })
    }
    expect(new Set(world.received.map(({ messageId }) => messageId)).size).toBe(ids.length)
  },
}
