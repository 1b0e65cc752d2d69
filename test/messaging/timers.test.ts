import { describe, expect, test } from 'vitest'
import { DAY, HOUR, instant, MINUTE } from '../../src/base/time.ts'
import { house } from './fixtures/house.ts'

const begun = async (sayings: readonly string[] = ['倒茶', '3']) => {
  const h = house()
  for (const said of sayings) await h.say(said)
  return h
}
const row = (h: ReturnType<typeof house>) => h.store.rows('Conversation')[0] as Record<string, unknown>

describe('silence', () => {
  test('one nudge with the open question, and no second one', async () => {
    const h = await begun()
    expect(await h.messaging.nextTimer()).toBe(h.now + 20 * HOUR)
    expect(await h.pass(20 * HOUR - 1)).toBe('')
    const nudge = await h.pass(1)
    expect(nudge).toContain('说到一半')
    expect(nudge).toContain('什么茶？')
    expect(await h.pass(2 * DAY)).toBe('')
    expect(await h.say('绿茶')).toContain('对就回 1')
  })

  test('an answer doesn’t move the wake-up; when it comes early it is set again', async () => {
    const h = await begun(['倒茶'])
    const first = row(h)['wakeAt']
    h.now = instant(h.now + 10 * HOUR)
    await h.say('3')
    expect(row(h)['wakeAt']).toBe(first)
    expect(await h.pass(10 * HOUR)).toBe('')
    expect(row(h)['wakeAt']).toBe(h.now + 10 * HOUR)
    expect(await h.pass(10 * HOUR)).toContain('说到一半')
  })

  test('after the nudge an answer brings the wake-up back in time', async () => {
    const h = await begun()
    await h.pass(20 * HOUR)
    expect(row(h)['wakeAt']).toBe(h.now - 20 * HOUR + 7 * DAY)
    await h.say('绿茶')
    expect(row(h)['wakeAt']).toBe(h.now + 20 * HOUR)
  })

  test('in the end it becomes a draft without a word, is offered back, and dropped when its time is over', async () => {
    const h = await begun()
    await h.pass(20 * HOUR)
    expect(await h.pass(7 * DAY)).toBe('')
    expect(row(h)).toMatchObject({ phase: 'draft', openKey: null })
    expect(await h.say('你好')).toContain('1 接着说 2 从头来')
    await h.say('菜单')
    await h.pass(8 * DAY)
    expect(row(h)).toMatchObject({ phase: 'ended', openKey: null, wakeAt: null })
    expect(await h.messaging.nextTimer()).toBe(null)
    expect(await h.say('倒茶')).toBe('几杯？')
  })

  test('nobody is nudged who doesn’t want it, nor in quiet hours', async () => {
    const muted = await begun()
    await muted.say('退订')
    expect(await muted.pass(21 * HOUR)).toBe('')

    const morning = (at: number) => instant(Math.ceil(at / DAY) * DAY)
    const quiet = house({ quiet: morning })
    for (const said of ['倒茶', '3']) await quiet.say(said)
    expect(await quiet.pass(20 * HOUR)).toBe('')
    expect(await quiet.pass(3 * HOUR)).toContain('说到一半')
  })

  test('what was not begun to be answered is dropped', async () => {
    const h = await begun(['倒茶'])
    await h.pass(8 * DAY)
    expect(row(h)).toMatchObject({ phase: 'ended', openKey: null })
  })

  test('many at once, and one whose flow is gone: the others are not delayed', async () => {
    const h = house()
    for (let chat = 0; chat < 250; chat++) await h.say('倒茶', { chat: `u${chat}`, from: `u${chat}` })
    const lost = h.store.rows('Conversation')[3] as Record<string, unknown>
    h.store.tables.get('Conversation')?.set(lost['id'] as string, { ...lost, flowDigest: 'gone' })
    const before = h.sent.length
    h.now = instant(h.now + 20 * HOUR + MINUTE)
    await h.messaging.runDueTimers(h.now)
    await h.messaging.drain(h.now)
    expect(h.sent.length - before).toBe(249)
    const next = await h.messaging.nextTimer()
    expect(next).toBeGreaterThan(h.now)
  })
})
