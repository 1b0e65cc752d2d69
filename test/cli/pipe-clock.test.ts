import { describe, expect, test } from 'vitest'
import { instant, parseInstant, type Instant } from '../../src/base/time.ts'
import { advance } from '../../src/cli/pipe/advance.ts'
import { movedClock } from '../../src/cli/pipe/clock.ts'
import { parseDuration } from '../../src/cli/pipe/duration.ts'
import { nextFire, type Job } from '../../src/schedule.ts'

const at = (text: string) => parseInstant(text) as Instant

function timeline(jobs: Job[], start: string) {
  const clock = movedClock(at(start))
  return {
    clock,
    zone: 'Asia/Shanghai',
    jobs,
    nextTimer: () => Promise.resolve(null),
    runDueTimers: () => Promise.resolve(),
    nextSend: () => Promise.resolve(null),
    drain: () => Promise.resolve(),
  }
}

describe('durations', () => {
  test.each([
    ['P1D', 86_400_000],
    ['PT36H', 129_600_000],
    ['P2W', 1_209_600_000],
    ['P1DT2H30M5S', 95_405_000],
  ])('%s', (text, expected) => expect(parseDuration(text)).toBe(expected))

  test.each(['', 'P', 'PT', '1D', 'P1M', 'P-1D', 'PT1.5H'])('%s is none', (text) =>
    expect(parseDuration(text)).toBeNull(),
  )
})

describe('cron fires', () => {
  test('are counted on the wall of the zone', () => {
    expect(nextFire('30 8 * * *', at('2026-11-25T08:30:00+08:00'), 'Asia/Shanghai')).toBe(
      at('2026-11-26T08:30:00+08:00'),
    )
    expect(nextFire('30 8 * * *', at('2026-11-25T00:29:59Z'), 'Asia/Shanghai')).toBe(at('2026-11-25T08:30:00+08:00'))
    expect(nextFire('0 9 * * 1', at('2026-11-25T00:00:00Z'), 'Asia/Shanghai')).toBe(at('2026-11-30T09:00:00+08:00'))
  })
})

describe('a moved clock', () => {
  test('stops at each fire, in table order, and ends where it was sent', async () => {
    const ran: string[] = []
    const job = (name: string, cron: string): Job => ({
      name,
      cron,
      run: (when) => Promise.resolve(void ran.push(`${name} ${new Date(when).toISOString()}`)),
    })
    const line = timeline(
      [job('a', '30 8 * * *'), job('b', '0 8 * * *'), job('c', '30 8 * * *')],
      '2026-11-25T08:00:00+08:00',
    )
    await advance(line, at('2026-11-26T08:30:00+08:00'))
    expect(ran).toEqual([
      'a 2026-11-25T00:30:00.000Z',
      'c 2026-11-25T00:30:00.000Z',
      'b 2026-11-26T00:00:00.000Z',
      'a 2026-11-26T00:30:00.000Z',
      'c 2026-11-26T00:30:00.000Z',
    ])
    expect(line.clock.now()).toBe(at('2026-11-26T08:30:00+08:00'))
  })

  test('runs what fell due in the past at once, and jumps to what rows say', async () => {
    const start = at('2026-11-25T08:00:00+08:00')
    const due = [instant(start - 5), instant(start + 90_000)]
    const ran: number[] = []
    const job: Job = {
      name: 'rows',
      cron: '* * * * *',
      next: () => Promise.resolve(due[0] ?? null),
      run: (when) => {
        ran.push(when - start)
        due.shift()
        return Promise.resolve()
      },
    }
    await advance(timeline([job], '2026-11-25T08:00:00+08:00'), instant(start + 3_600_000))
    expect(ran).toEqual([0, 90_000])
  })

  test('a job that is never done does not hang it', async () => {
    let runs = 0
    const job: Job = {
      name: 'stuck',
      cron: '* * * * *',
      next: (after) => Promise.resolve(after),
      run: () => Promise.resolve(void runs++),
    }
    const line = timeline([job], '2026-11-25T08:00:00+08:00')
    await advance(line, at('2026-11-25T09:00:00+08:00'))
    expect(runs).toBeGreaterThan(0)
    expect(line.clock.now()).toBe(at('2026-11-25T09:00:00+08:00'))
  })
})
