import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { insert } from '../../src/base/change.ts'
import { clearDemo } from '../../src/cli/demo/clear.ts'
import { fillDemo } from '../../src/cli/demo/fill.ts'
import { answerReport } from '../../src/reports/answers.ts'
import { caseReport } from '../../src/reports/cases.ts'
import { mainOf, options } from '../reports/sample.ts'
import { definitions, openHouse, ZONE } from './house.ts'
import { clock } from './import-run.ts'

let house: Awaited<ReturnType<typeof openHouse>>
const fill = (more: { households?: number; seed?: number } = {}) =>
  fillDemo({ storage: house.storage, definitions, clock, ids: house.ids, zone: ZONE, ...more })
const count = (table: Parameters<typeof house.storage.reads.rows.count>[0]) => house.storage.reads.rows.count(table, {})

beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.storage.close())

describe('the demo county', () => {
  it('has real places, staff, groups, households with visits owed, courses and open matters', async () => {
    expect(await fill({ households: 60 })).toBe('filled')
    const rows = house.storage.reads.rows
    expect(await house.storage.reads.imports.contents()).toEqual({ empty: false, demo: true })
    expect(await rows.count('Territory', { level: 'village' })).toBe(1110)
    expect(await rows.first('Territory', { where: { path: '吉首市/矮寨镇/阳孟村' } })).toMatchObject({
      chatCode: 'm3sdk7',
    })
    expect(await count('Household')).toBe(60)
    expect(await count('VisitPlan')).toBe(60)
    const plans = await rows.find('VisitPlan', {})
    expect(plans.every((plan) => plan.assigneeId !== null)).toBe(true)
    expect(plans.some((plan) => plan.dueOn < '2026-11-23')).toBe(true)
    expect(plans.filter((plan) => plan.dueOn >= '2026-11-23').length).toBeGreaterThan(30)
    expect(await rows.count('GroupChat', { channel: 'web' })).toBeGreaterThan(70)
    expect(await count('Course')).toBe(4)
    expect(await count('Watch')).toBeGreaterThan(60)
    expect(await rows.count('Member', { idNumberHash: { not: null } })).toBe(0)
    for (const { phone } of await rows.find('Household', { columns: ['phone'] }))
      expect(phone).toMatch(/^1610000\d{4}$/)
  })

  it('has matters that an export shows with what was answered, each with somebody who answers for it', async () => {
    const cases = await mainOf(await caseReport(house.storage.reads.reports, options({ forms: [] })))
    expect(cases.length).toBeGreaterThanOrEqual(6)
    for (const row of cases) {
      expect(row['number']).toMatch(/^\d{11}$/)
      expect(row['assignee']).not.toBe('')
      expect(row['phone']).toMatch(/^161\*{4}\d{4}$/)
    }
    expect(cases.map((row) => row['late'])).toContain('yes')
    const answers = await mainOf(await answerReport(house.storage.reads.reports, options({ full: true, forms: [] })))
    expect(answers.filter((row) => row['question'] === 'story').length).toBe(cases.length)
  })

  it('is filled once', async () => {
    const before = await count('Household')
    expect(await fill({ households: 99 })).toBe('already')
    expect(await count('Household')).toBe(before)
  })

  it('goes again with all that was tried out on it, and can be filled anew the same', async () => {
    const heads = async () =>
      (await house.storage.reads.rows.find('Household', { order: ['key'] })).map(({ head }) => head)
    const before = await heads()
    await clearDemo(house.storage)
    for (const table of ['Territory', 'Staff', 'Household', 'Case', 'Watch', 'Setting', 'Submission'] as const) {
      expect(await count(table)).toBe(0)
    }
    expect(await fill({ households: 60 })).toBe('filled')
    expect(await heads()).toEqual(before)
    await clearDemo(house.storage)
  })

  it('is never mixed with real data, and real data is never cleared', async () => {
    await house.storage.writer.commit([insert('Staff', { id: 's1', name: '真的人' })])
    await expect(fill()).rejects.toMatchObject({ code: 'DATABASE_NOT_EMPTY' })
    await expect(clearDemo(house.storage)).rejects.toMatchObject({ code: 'DATABASE_NOT_EMPTY' })
    expect(await count('Staff')).toBe(1)
  })
})
