/** Visits on a real database, through `bangfu pipe` and imports: keys that are unique, the clock, sites. */
import { afterEach, expect, test } from 'vitest'
import { sortableIds } from '../../../src/base/ids.ts'
import { seededRandom } from '../../../src/base/random.ts'
import { dateAt, instant, parseInstant, type Instant } from '../../../src/base/time.ts'
import { visitPlanning } from '../../../src/cli/import/visit-planning.ts'
import type { Casework } from '../../../src/messaging/casework.ts'
import { onMovedPlanVisits } from '../../../src/messaging/cases/on-moved-plan-visits.ts'
import { makeVisit } from '../../../src/messaging/visits/made-visit.ts'
import { rulesOf } from '../../../src/wire.ts'
import { definitions, openHouse, ZONE } from '../../cli/house.ts'
import { importText } from '../../cli/import-run.ts'
import { pipeWorld, says, type PipeWorld } from '../../cli/pipe-world.ts'

const MINUTES = { timeout: 180_000 }
let world: PipeWorld | null = null
afterEach(() => {
  world?.remove()
  world = null
})

test('logged, taken back and logged again: one open plan, one ladder, the number kept', MINUTES, async () => {
  world = await pipeWorld('2026-11-24T09:00:00+08:00', ['张国强,2026-10-20', '麻老五,2026-10-21'])
  const run = await world.pipe(
    [
      { id: 'a', now: '2026-11-25T08:00:00+08:00' },
      ...says('c1', 1, [
        '待办',
        '1 2 上门 无变化',
        '撤销',
        '待办',
        '走访 张国强 上门 生病',
        '外出 麻老五 到1月10日',
        '麻老五回来了',
      ]),
      { id: 'b', advance: 'P40D' },
    ],
    { now: '2026-11-24T15:00:00+08:00' },
  )
  expect(run.of('a').filter(({ chat }) => chat === 'c1')[0]?.reminder?.matters).toHaveLength(2)
  const all = (id: number) =>
    run
      .of(id)
      .map(({ text }) => text)
      .join('\n')
  expect(all(2)).toContain('2 户')
  expect(all(3)).toContain('不算了')
  expect(all(4)).toContain('1. 2611')
  expect(all(5)).toContain('12月25日')
  expect(all(6)).toContain('2027年1月10日')
  const stored = await world.stored(async ({ reads }) => ({
    plans: await reads.rows.find('VisitPlan', { where: { closedOn: null }, order: ['dueOn'] }),
    watches: await reads.rows.find('Watch', { where: { closedAt: null, subjectKind: 'visit' } }),
    visits: await reads.rows.find('Visit', { order: ['id'] }),
    cases: await reads.rows.find('Case', {}),
  }))
  expect(stored.plans.map(({ dueOn }) => dueOn)).toEqual(['2026-12-02', '2026-12-25'])
  expect(stored.watches.map(({ subjectId }) => subjectId).sort()).toEqual(stored.plans.map(({ id }) => id).sort())
  expect(stored.visits.map(({ undoneAt }) => undoneAt !== null)).toEqual([true, true, false])
  expect(stored.cases).toMatchObject([{ kind: 'hardship', personName: '张国强', source: 'cadre' }])
  // The visit of 25 December is warned of two days before.
  const warned = run.of('b').filter(({ chat, reminder }) => chat === 'c1' && reminder?.rule === 'visit_overdue')
  expect(warned.some(({ at, text }) => at.startsWith('2026-12-23T08:00') && text.includes('张国强'))).toBe(true)
})

test('sites of enough households owe their quarter, by the daily look of the clock', MINUTES, async () => {
  world = await pipeWorld('2026-11-24T09:00:00+08:00')
  await world.stored(async ({ reads, writer }) => {
    const tables = { imports: reads.imports, writer }
    const at = instant(parseInstant('2026-11-24T10:00:00+08:00') as Instant)
    const clock = { now: () => at }
    const ids = sortableIds(clock, seededRandom(2))
    await importText(
      tables,
      'territories',
      'county,township,resettlement_site,households\n吉首市,矮寨镇,大安置点,80\n吉首市,矮寨镇,小安置点,49\n',
      { clock, ids },
    )
    await importText(
      tables,
      'staff',
      'name,phone,role,territory,channel,user\n吴点长,13800000009,site_manager,吉首市/矮寨镇/大安置点,pipe,s1\n',
      { clock, ids },
    )
  })
  const figures = ['80', '300', '60', '2', '150', '2', '1', '3', '45', '4.5', '没有', '1', '1']
  const run = await world.pipe(
    [
      { id: 'a', now: '2026-11-25T09:00:00+08:00' },
      { id: 'b', now: '2027-01-06T09:00:00+08:00' },
      ...says('s1', 1, ['待办', '安置点季报', '是', '2026Q4', ...figures]),
      ...says('s1', 50, ['待办']),
    ],
    { now: '2026-11-24T15:00:00+08:00' },
  )
  const warned = run.of('b').filter(({ chat, reminder }) => chat === 's1' && reminder)
  expect(warned.length).toBeGreaterThan(0)
  expect(run.of(1)[0]?.text).toContain('安置点季报（大安置点）')
  expect(run.to('s1').some(({ text }) => text.includes('下个季报最迟'))).toBe(true)
  const told = run.to('t1').map(({ text }) => text)
  expect(told.some((text) => text.includes('大安置点 2026Q4') && text.includes('2 个安置点，报了 1 个'))).toBe(true)
  const stored = await world.stored(async ({ reads }) => ({
    plans: await reads.rows.find('VisitPlan', { order: ['id'] }),
    quarters: await reads.rows.find('SiteQuarter', {}),
    cases: await reads.rows.find('Case', {}),
  }))
  expect(stored.plans).toMatchObject([
    { plan: 'site_quarter', subjectKind: 'site', householdId: null, dueOn: '2027-01-08', closedOn: '2027-01-06' },
    { plan: 'site_quarter', dueOn: '2027-04-09', closedOn: null },
  ])
  expect(stored.quarters).toMatchObject([{ quarter: '2026Q4', flags: '' }])
  expect(stored.cases).toMatchObject([{ kind: 'hardship', source: 'cadre' }])
})

test(
  'members of a file who are to be looked after; look-back from the removal on, and what comes to nothing',
  MINUTES,
  async () => {
    const { storage, ids } = await openHouse()
    const at = parseInstant('2026-11-23T09:00:00+08:00') as Instant
    const rules = rulesOf(definitions, storage, ZONE)
    const tables = { imports: storage.reads.imports, writer: storage.writer }
    const planning = visitPlanning({ ...rules, registry: storage.reads.registry, ids, at, today: dateAt(at, ZONE) })
    const into = (what: Parameters<typeof importText>[1], content: string) =>
      importText(tables, what, content, { planning })
    const V = '吉首市/矮寨镇/阳孟村'
    await into('territories', 'county,township,village\n吉首市,矮寨镇,阳孟村\n')
    await into('staff', `name,phone,role,territory\n石建国,13907430001,village_staff,${V}\n`)
    await into('households', `head,territory,size,key\n石二妹,${V},1,H1\n`)
    const roster = 'household,name,birth_date,care_flag\nH1,石二妹,1948-03-01,留守老人\n'
    await into('members', roster)
    expect((await into('members', roster)).short).toEqual(['2 unchanged'])
    const { rows } = storage.reads
    const [staff] = await rows.find('Staff', {})
    const [elder] = await rows.find('VisitPlan', {})
    expect(elder).toMatchObject({ plan: 'left_behind_elder', dueOn: '2026-12-23', assigneeId: staff?.id })

    const casework = { ...rules, ...storage.reads, sequence: storage.numbers } as unknown as Casework
    const [household] = await storage.reads.visits.visited([elder?.householdId ?? ''])
    const matter = { id: 'k1', householdId: household?.id, territoryId: household?.territoryId }
    const moved = async (stage: string, when: string) => {
      const now = parseInstant(`${when}T10:00:00+08:00`) as Instant
      const { changes } = await onMovedPlanVisits(casework)({
        before: { ...matter, stage: 'x' } as never,
        after: { ...matter, stage } as never,
        by: { kind: 'staff', id: staff?.id ?? '' },
        reason: null,
        at: now,
        zone: ZONE,
        ids,
      })
      const outcome = changes.length > 0 ? await storage.writer.commit(changes) : { kind: 'nothing' }
      return outcome.kind
    }
    const open = async () =>
      (await rows.find('VisitPlan', { where: { closedOn: null }, order: ['dueOn'] })).map(({ plan, dueOn }) => [
        plan,
        dueOn,
      ])

    expect(await moved('county_confirmed', '2026-12-08')).toBe('committed')
    expect(await open()).toEqual([
      ['left_behind_elder', '2026-12-23'],
      ['monitored', '2027-01-08'],
    ])
    expect(await moved('risk_removed', '2027-06-10')).toBe('committed')
    expect(await open()).toEqual([
      ['left_behind_elder', '2026-12-23'],
      ['look_back', '2027-09-10'],
    ])
    expect(await moved('follow_up', '2027-06-11')).toBe('nothing')

    const visit = async (on: string) => {
      const now = parseInstant(`${on}T10:00:00+08:00`) as Instant
      const [home] = await storage.reads.visits.visited([household?.id ?? ''])
      const logged = {
      staffId: staff?.id ?? '', visitedOn: on as never, mode: 'in_person' as const, met: 'self' as const,
      changes: ['none'], gaps: [], measures: null, wish: null, nextOn: null, submissionId: null,
    } // prettier-ignore
      const made = await makeVisit(
        casework,
        { id: staff?.id ?? '', name: '石建国', scopes: [] },
        logged,
        home as never,
        { at: now, zone: ZONE, ids },
      )
      await storage.writer.commit(made.changes)
      return made.decision
    }
    // Too early for the look-back, which stays; the elder's month begins anew.
    await visit('2027-07-01')
    expect(await open()).toEqual([
      ['left_behind_elder', '2027-07-30'],
      ['look_back', '2027-09-10'],
    ])
    // Long after both of its days: one visit, the next a year later, and not the one in between.
    expect(await visit('2027-12-20')).toMatchObject({ missed: true })
    expect(await open()).toEqual([
      ['left_behind_elder', '2028-01-20'],
      ['look_back', '2028-12-08'],
    ])
    expect(await moved('withdrawn', '2028-01-05')).toBe('committed')
    expect(await open()).toEqual([['left_behind_elder', '2028-01-20']])
    await storage.close()
  },
)
