import { describe, expect, it } from 'vitest'
import { instantOf } from '../../src/base/time.ts'
import { sortableIds } from '../../src/base/ids.ts'
import { seededRandom } from '../../src/base/random.ts'
import { workingCalendar } from '../../src/domain/calendar/working-days.ts'
import { decideHard } from '../../src/domain/cases/hard.ts'
import { isAgain } from '../../src/domain/cases/report.ts'
import type { MoveFacts } from '../../src/domain/cases/move-terms.ts'
import { day, matterOf, reasonOf, STAGES, staff, TOWNSHIP, VILLAGE, ZONE } from './stage-world.ts'

describe('water: one day, three days, seven days', () => {
  it('and a month when it is hard', async () => {
    const w = matterOf('water', '2028-02-25')
    expect(w.now).toMatchObject({ stage: 'open', stageDueOn: '2028-02-26', decideBy: '2028-03-03' })
    await w.move('accepted', VILLAGE, '2028-02-26')
    expect(w.now.stageDueOn).toBe('2028-02-28')
    await w.move('fixing', VILLAGE, '2028-02-27')
    expect(w.now.stageDueOn).toBe('2028-03-03')

    const at = instantOf(day('2028-02-28'), '09:00', ZONE)
    const ids = sortableIds({ now: () => at }, seededRandom(1))
    const watching: MoveFacts['watching'] = {
      begin: () => [],
      restart: () => Promise.resolve([]),
      resume: () => Promise.resolve([]),
      end: () => Promise.resolve([]),
      mayLeave: (_, when) => when,
      markOf: () => null,
    }
    const facts = { stages: STAGES, calendar: workingCalendar(), watching, timeline: w.timeline }
    const hard = (reason: string | null, by = VILLAGE) => decideHard(w.now, { by, reason }, facts, at, ZONE, ids)
    expect(reasonOf(await hard(null))).toBe('reason_missing')
    expect(reasonOf(await hard('管子要重铺', staff('x')))).toBe('no_scope')
    const decision = await hard('管子要重铺')
    expect(decision).toMatchObject({
      kind: 'moved',
      set: { hard: true, decideBy: '2028-03-26', stageDueOn: '2028-03-26' },
    })
  })

  it('done needs how, and after the day why it is late', async () => {
    const w = matterOf('water', '2026-11-23')
    await w.move('accepted', VILLAGE, '2026-11-23')
    await w.move('fixing', VILLAGE, '2026-11-24')
    expect(reasonOf(await w.move('done', VILLAGE, '2026-11-30'))).toBe('reason_missing')
    expect(reasonOf(await w.move('done', VILLAGE, '2026-12-01', { reason: '水管修好' }))).toBe('late_reason_missing')
    expect(reasonOf(await w.move('done', VILLAGE, '2026-11-30', { reason: '水管修好' }))).toBe('moved to done')
    expect(w.now).toMatchObject({ decidedOn: '2026-11-30', closedAt: null })
    // The villager says that it is not: back to work, undecided, with the days of that stage once more.
    expect(reasonOf(await w.move('fixing', VILLAGE, '2026-12-05'))).toBe('reason_missing')
    await w.move('fixing', VILLAGE, '2026-12-05', { reason: '又漏了' })
    expect(w.now).toMatchObject({ decidedOn: null, stageDueOn: '2026-12-09' })
  })
})

describe('a house', () => {
  it('is no closed matter before it is mended or left', async () => {
    const w = matterOf('housing', '2026-11-23')
    await w.move('accepted', VILLAGE, '2026-11-23')
    await w.move('fixing', VILLAGE, '2026-11-24')
    expect(reasonOf(await w.move('done', VILLAGE, '2026-11-25', { reason: '看过了' }))).toBe('remedy_missing')
    w.facts.measures = [{ kind: 'house_repair', state: 'planned' }]
    expect(reasonOf(await w.move('done', VILLAGE, '2026-11-25', { reason: '看过了' }))).toBe('remedy_missing')
    w.facts.measures = [{ kind: 'house_repair', state: 'done' }]
    expect(reasonOf(await w.move('done', VILLAGE, '2026-11-25', { reason: '屋顶翻了' }))).toBe('moved to done')
  })
})

describe('a complaint', () => {
  it('is never moved by the village', async () => {
    const w = matterOf('complaint', '2026-11-23')
    for (const { id } of STAGES.ledgerOf('complaint').stages.filter(({ id }) => id !== 'open'))
      expect(['no_role', 'not_next']).toContain(reasonOf(await w.move(id, VILLAGE, '2026-11-23', { reason: 'r' })))
    expect(reasonOf(await w.move('accepted', TOWNSHIP, '2026-11-23'))).toBe('moved to accepted')
  })
})

describe('withdrawn and reported again', () => {
  it.each([
    ['2026-12-23', true],
    ['2026-12-24', false],
  ])('on %s keeps the first lead: %s', async (again, expected) => {
    const w = matterOf('hardship', '2026-11-20')
    await w.move('withdrawn', { kind: 'villager', id: 'i', roles: [] }, '2026-11-23')
    const report = { kind: 'hardship', profileId: 'p', personName: '吴秀英' }
    expect(isAgain(report, w.now, STAGES, day(again), ZONE)).toBe(expected)
    expect(isAgain({ ...report, profileId: 'q' }, w.now, STAGES, day('2026-11-24'), ZONE)).toBe(false)
    expect(isAgain({ ...report, kind: 'water' }, w.now, STAGES, day('2026-11-24'), ZONE)).toBe(false)
  })
})
