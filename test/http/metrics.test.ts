import { describe, expect, test } from 'vitest'
import { instant } from '../../src/base/time.ts'
import { metricsOf, type Measured } from '../../src/http/metrics.ts'
import { buildServer } from '../../src/http/server.ts'
import { houseWith } from './deps.ts'

const START = Date.UTC(2026, 10, 23, 1)

function measuredHouse(over: Partial<Measured> = {}) {
  let now = START
  const counts = { dead: 0, failed: 0 }
  const measured: Measured = {
    clock: { now: () => instant(now) },
    outboxDue: (at) => Promise.resolve(at === now ? 3 : -1),
    oldestDue: () => Promise.resolve(instant(START - 90_000)),
    deadLetters: () => Promise.resolve(++counts.dead),
    waiting: () => Promise.resolve(5),
    resent: () => 2,
    live: () => 17,
    inboxFailed: () => Promise.resolve(++counts.failed),
    lastTick: () => instant(START - 5_000),
    unanswered: () => ({ flood: 4, insult: 1 }),
    ...over,
  }
  return { measured, counts, later: (milliseconds: number) => (now += milliseconds) }
}

const valueOf = (text: string, name: string) => Number(new RegExp(`^${name} (.+)$`, 'm').exec(text)?.[1])

describe('/metrics', () => {
  test('tells of the process, the outbox, the inbox, the conversations and the clock', async () => {
    const { measured } = measuredHouse()
    const server = await buildServer(houseWith([], { metrics: metricsOf(measured) }).deps)
    const answer = await server.inject('/metrics')
    expect(answer.statusCode).toBe(200)
    expect(answer.headers['content-type']).toContain('text/plain; version=0.0.4')
    const told = Object.fromEntries(
      [
        'outbox_due',
        'outbox_oldest_due_seconds',
        'outbox_dead_letters',
        'outbox_waiting',
        'outbox_resent',
        'conversations_live',
        'inbox_failed',
        'last_tick_timestamp_seconds',
      ].map((name) => [name, valueOf(answer.body, `bangfu_${name}`)]),
    )
    expect(told).toEqual({
      outbox_due: 3,
      outbox_oldest_due_seconds: 90,
      outbox_dead_letters: 1,
      outbox_waiting: 5,
      outbox_resent: 2,
      conversations_live: 17,
      inbox_failed: 1,
      last_tick_timestamp_seconds: START / 1000 - 5,
    })
    expect(answer.body).toContain('bangfu_messages_unanswered{why="flood"} 4')
    expect(valueOf(answer.body, 'process_resident_memory_bytes')).toBeGreaterThan(1_000_000)
    await server.close()
  })

  test('counts whole tables once a minute', async () => {
    const { measured, counts, later } = measuredHouse()
    const metrics = metricsOf(measured)
    await metrics()
    later(59_000)
    await metrics()
    expect(counts).toEqual({ dead: 1, failed: 1 })
    later(1_000)
    await metrics()
    expect(counts).toEqual({ dead: 2, failed: 2 })
  })

  test('two servers have their own registries, and a count that failed is taken again', async () => {
    let tries = 0
    const { measured } = measuredHouse({
      deadLetters: () => (tries++ === 0 ? Promise.reject(new Error('busy')) : Promise.resolve(4)),
    })
    const [first, second] = [metricsOf(measured), metricsOf(measuredHouse().measured)]
    await expect(first()).rejects.toThrow('busy')
    expect(valueOf(await first(), 'bangfu_outbox_dead_letters')).toBe(4)
    expect(valueOf(await second(), 'bangfu_outbox_dead_letters')).toBe(1)
  })
})
