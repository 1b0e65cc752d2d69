/** What becomes of a send that goes wrong, and that the next one works. */
import { expect } from 'vitest'
import { isOutage } from '../../src/messaging/outbox/outage.ts'
import type { SendOutcome } from '../../src/messaging/channel.ts'
import { able, type World } from './contract-world.ts'
import type { Fault } from './stand-in.ts'

const OUTCOMES: Readonly<Record<Fault, SendOutcome['kind']>> = {
  too_fast: 'retry',
  down: 'retry',
  refused: 'retry',
  garbage: 'retry',
  cut: 'unknown',
  token: 'operator',
  blocked: 'unsendable',
  window: 'person',
  content: 'unsendable',
}

/** A platform's code or a word of ours: nothing that a platform or a person wrote. */
const CODE = /^[a-z][\w.:-]{0,60}$/i

/** After these the person has to come back first. */
const UNTIL_BACK: ReadonlySet<Fault> = new Set(['blocked', 'window'])

const afterFault = (fault: Fault) => async (world: World) => {
  await world.start()
  // The window of a reply is a matter of persons, whatever else there is.
  const chat = UNTIL_BACK.has(fault)
    ? (world.standIn.person ?? world.standIn.group)
    : (world.standIn.group ?? world.standIn.person)
  const before = world.count(chat)
  world.standIn.fail(fault)
  const outcome = await world.within('the send ends', world.send(chat, '第一条'))
  expect(outcome.kind).toBe(OUTCOMES[fault])
  if (outcome.kind !== 'sent') expect(outcome.reason).toMatch(CODE)
  for (const secret of world.standIn.secrets) expect(JSON.stringify(outcome)).not.toContain(secret)
  if (fault === 'too_fast' && world.standIn.waitSeconds !== undefined) {
    expect(outcome).toMatchObject({ afterSeconds: world.standIn.waitSeconds })
  }
  const taken = fault === 'cut' ? 1 : 0
  if (taken === 1) await world.until('the message was taken', () => world.count(chat) === before + 1)
  expect(world.count(chat)).toBe(before + taken)

  if (UNTIL_BACK.has(fault) && chat === world.standIn.person && chat !== null)
    await world.standIn.says(chat, '我回来了')
  expect(await world.within('the next send ends', world.send(chat, '第二条'))).toMatchObject({ kind: 'sent' })
  expect((await world.shown(chat, before + taken)).text).toBe('第二条')
}

export const FAULTS: Readonly<Record<string, (world: World) => Promise<void>>> = {
  ...Object.fromEntries((Object.keys(OUTCOMES) as Fault[]).map((fault) => [`fault ${fault}`, afterFault(fault)])),

  async 'sends while the platform is down'(world) {
    const outage = able(world.standIn.outage, 'outage')
    await world.start()
    const chat = world.standIn.group ?? world.standIn.person
    await outage(true)
    for (let tries = 0; tries < 3; tries++) {
      const outcome = await world.within('the send ends', world.send(chat, '断'))
      expect(outcome.kind).toBe('retry')
      // Else it costs the message its tries, and the outbox doesn't know that the channel is out.
      if (outcome.kind === 'retry') expect(outcome.reason).toSatisfy(isOutage)
    }
    await outage(false)
    let outcome: SendOutcome | null = null
    const before = world.count(chat)
    for (let tries = 0; tries < 20 && outcome?.kind !== 'sent'; tries++) {
      outcome = await world.within('the send ends', world.send(chat, '通了'))
      if (outcome.kind !== 'sent') await world.quiet()
    }
    expect(outcome).toMatchObject({ kind: 'sent' })
    expect((await world.shown(chat, before)).text).toBe('通了')
  },
}
