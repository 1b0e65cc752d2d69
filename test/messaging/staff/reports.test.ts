/** Reports of staff: a site's quarter against the one before, and what a grid worker has seen. */
import { describe, expect, test } from 'vitest'
import { DAY } from '../people/family.ts'
import { quarterBefore } from '../../../src/domain/visits/occurrence.ts'
import { county } from './county.ts'

describe('a site’s quarter', () => {
  const figures = (households: string, workshops: string, satisfied: string) =>
    [households, '430', '100', '3', '180', '2', '1', workshops, '45', satisfied, '没有'] as const

  test('is kept for the site; what changed beyond the share since the quarter before is pointed out', async () => {
    const c = await county()
    const first = await c.staffOf('t1', '安置点季报', '是', '上季度', ...figures('120', '3', '4.5'), '0', '1')
    expect(first).toContain('德夯安置点 2026Q3')
    expect(first).not.toContain('上个季度比')
    const second = await c.staffOf('t1', '安置点季报', '是', '2026年第四季度', ...figures('100', '2', '3.9'), '2', '1')
    expect(second).toContain('德夯安置点 2026Q4')
    expect(second).toContain('在住户数：120 → 100')
    expect(second).toContain('开工车间：3 → 2')
    expect(second).toContain('满意度：4.5 → 3.9')
    expect(second).not.toContain('在住人数：')
    expect(second).toContain('有风险的 2 户')
    const kept = (await c.rows('Submission')).filter(({ flow }) => flow === 'site_quarter')
    expect(kept.map(({ territoryId }) => territoryId)).toEqual(['t-德夯安置点', 't-德夯安置点'])
    expect(JSON.parse(kept[1]?.['answers'] as string)).toMatchObject({ quarter: '2026Q4', households: '100' })
  })

  test('small changes are none; said again, the later one counts', async () => {
    const c = await county()
    await c.staffOf('t1', '安置点季报', '是', '2026Q3', ...figures('120', '3', '4.5'), '0', '1')
    const second = await c.staffOf('t1', '安置点季报', '是', '2026Q4', ...figures('115', '3', '4.4'), '0', '1')
    expect(second).toContain('没有大的变化')
    const again = await c.staffOf('t1', '安置点季报', '是', '2026Q4', ...figures('116', '3', '4.4'), '0', '1')
    expect(again).toContain('前面报过')
  })

  test('of a site that is somebody else’s is not taken', async () => {
    const c = await county()
    const said = await c.staff('安置点季报', '德夯安置点', '本季度', ...figures('120', '3', '4.5'), '0', '1')
    expect(said).toContain('不归您管')
  })

  test('the quarter before the first is the last of the year before', () => {
    expect(quarterBefore('2026Q1')).toBe('2025Q4')
    expect(quarterBefore('2026Q3')).toBe('2026Q2')
  })
})

describe('a grid report', () => {
  test('nothing new: one reply, no lead, nobody told', async () => {
    const c = await county()
    c.heard('t1')
    expect(await c.staff('网格上报', '没有')).toBe('好，没有新情况就不用报，有了再说。')
    expect(await c.rows('Case')).toEqual([])
    expect(c.heard('t1')).toBe('')
  })

  test('a lead for each household, in the roster or not; the same household twice is one', async () => {
    const c = await county()
    await c.staff('网格上报', '有', '石二妹', '老人住院了', '不急', '还有', '石二妹', '屋头漏雨', '急', '还有')
    const said = await c.staff('跳过', '田老三', '猪死了', '不急', '没有了', '2')
    expect(said).toContain('报上了 2 户，办结 2 件')
    const cases = await c.rows('Case')
    expect(cases).toMatchObject([
      { kind: 'hardship', source: 'cadre', personName: '石二妹', urgency: 'urgent' },
      { kind: 'hardship', source: 'cadre', personName: '田老三', urgency: 'normal', householdId: null },
    ])
    for (const { number } of cases) expect(said).toContain(String(number))
    const found = (await c.rows('CaseEvent')).filter(({ what }) => what === 'found')
    expect(found.map(({ caseId, detail }) => [caseId, detail])).toEqual([
      [cases[0]?.['id'], '老人住院了'],
      [cases[0]?.['id'], '屋头漏雨'],
      [cases[1]?.['id'], '猪死了'],
    ])
    // Said again the next day it joins the open lead.
    await c.pass(DAY)
    await c.staff('网格上报', '有', '石二妹', '还没出院', '不急', '没有', '0')
    expect(await c.rows('Case')).toHaveLength(2)
  })

  test('danger is told at once, before the report is finished, and the report completes it', async () => {
    const c = await county()
    await c.staff('网格上报', '有', '石二妹', '屋后的坡在滑')
    c.heard('t1')
    const said = await c.staff('现在就有危险')
    expect(said).toContain('打 110')
    const told = c.heard('t1')
    expect(told).toContain('有危险')
    expect(told).toContain('石二妹')
    expect(await c.rows('Case')).toMatchObject([{ personName: '石二妹', urgency: 'danger', submissionId: null }])
    await c.staff('没有', '0')
    const [matter] = await c.rows('Case')
    expect(matter).toMatchObject({ urgency: 'danger' })
    expect(matter?.['submissionId']).toEqual(expect.any(String))
  })

  test('whoever answers for one grid is not asked which; for several it is asked', async () => {
    const one = await county({ grids: ['一网格'] })
    await one.staff('网格上报', '有')
    expect(await one.staff('石二妹')).toContain('什么事')
    const two = await county({ grids: ['一网格', '二网格'] })
    expect(await two.staff('网格上报', '有')).toContain('哪个网格')
    await two.staff('2', '跳过', '田老三', '猪死了', '不急', '没有', '0')
    expect(await two.rows('Case')).toMatchObject([{ territoryId: 't-二网格', personName: '田老三' }])
  })
})
