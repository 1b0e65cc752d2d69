import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openHouse } from './house.ts'
import { importText } from './import-run.ts'

const V = '吉首市/矮寨镇/阳孟村'
let house: Awaited<ReturnType<typeof openHouse>>

/** Imports into a real database with the policies that ship. */
const into = (what: Parameters<typeof importText>[1], content: string) =>
  importText({ imports: house.storage.reads.imports, writer: house.storage.writer }, what, content, {
    planning: house.planning,
  })
const households = (visit: string, more = '', place = V) =>
  into(
    'households',
    `head,territory,size,status,helper,phone,last_visit,key\n张国强,${place},4,低保户,${more},13800000001,${visit},H001\n`,
  )
const plans = () => house.storage.reads.rows.find('VisitPlan', { order: ['id'] })
const watches = (where = {}) => house.storage.reads.rows.find('Watch', { where })

beforeEach(async () => {
  house = await openHouse()
  await into('territories', 'county,township,village\n吉首市,矮寨镇,阳孟村\n吉首市,矮寨镇,幸福村\n')
  await into(
    'staff',
    `name,phone,role,territory\n石建国,13907430001,village_staff,${V}\n麻小燕,13907430002,township_reviewer,吉首市/矮寨镇\n`,
  )
})
afterEach(() => house.storage.close())

describe('households of a file, in a real database', () => {
  it('are owed a visit a month after the last one, watched, by the helper or whoever answers for the place', async () => {
    expect((await households('2026-10-05')).short).toEqual(['2 created'])
    const [plan] = await plans()
    const staff = await house.storage.reads.imports.staff()
    expect(plan).toMatchObject({
      dueOn: '2026-11-05',
      closedOn: null,
      assigneeId: staff.find(({ name }) => name === '石建国')?.id,
    })
    // Seen by the clock from the last visit on, whenever the file was imported.
    const [watch] = await watches({ closedAt: null })
    expect(new Date(watch?.nextDueAt ?? 0).toISOString()).toBe('2026-10-05T00:00:00.000Z')
    expect((await households('2026-10-05')).short).toEqual(['2 unchanged'])
    expect(await plans()).toHaveLength(1)
  })

  it('get a new occurrence when a later visit is imported, and the old one is settled', async () => {
    await households('2026-10-05')
    expect((await households('2026-11-10')).short).toEqual(['2 updated'])
    expect((await plans()).map(({ dueOn, closedOn }) => [dueOn, closedOn])).toEqual([
      ['2026-11-05', '2026-11-10'],
      ['2026-12-10', null],
    ])
    expect(await watches({ closedAt: null })).toHaveLength(1)
    expect(await watches()).toHaveLength(2)
  })

  it('keep the visit they are owed when the helper changes, who gets it at once', async () => {
    await households('2026-10-05')
    await households('2026-10-05', '麻小燕')
    const staff = await house.storage.reads.imports.staff()
    expect(await plans()).toMatchObject([
      { dueOn: '2026-11-05', assigneeId: staff.find(({ name }) => name === '麻小燕')?.id },
    ])
  })

  it('take their visit along when they move', async () => {
    await households('2026-10-05')
    await households('2026-10-05', '', '吉首市/矮寨镇/幸福村')
    const open = (await plans()).filter(({ closedOn }) => closedOn === null)
    const places = await house.storage.reads.imports.territories()
    expect(open).toMatchObject([{ dueOn: '2026-11-05', territoryId: places.find(({ name }) => name === '幸福村')?.id }])
    expect(await watches({ closedAt: null })).toMatchObject([{ territoryId: open[0]?.territoryId }])
  })

  it('hold phones and identity numbers sealed, and are found again by them', async () => {
    await into('households', `head,territory,size,phone\n无编号,${V},2,13800000002\n`)
    const again = await into('households', `head,territory,size,phone\n无编号,${V},3,13800000002\n`)
    expect(again.short).toEqual(['2 updated'])
    const [stored] = await house.storage.reads.rows.find('Household', {})
    expect(stored).toMatchObject({ phone: '13800000002', size: 3 })
    expect(stored?.identity).not.toContain('13800000002')
  })
})
