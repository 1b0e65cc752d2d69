/** A complaint goes over the head of whoever handled the matter, and nobody below ever sees it. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { seededRandom } from '../../../src/base/random.ts'
import { update } from '../../../src/base/change.ts'
import { aboveOf } from '../../../src/domain/cases/complaints.ts'
import { drawSpotCheck } from '../../../src/domain/cases/spot-check.ts'
import type { Chain } from '../../../src/domain/registry/responsible.ts'
import type { PlainDate } from '../../../src/base/time.ts'
import { findMatters } from '../../../src/messaging/matter-picker.ts'
import { shippedText } from '../../cli/import-run.ts'
import { hardship } from '../people/family.ts'
import { county } from '../staff/county.ts'
import { commit, toldWorld } from './world.ts'

const ON = '2026-11-23' as PlainDate

describe('who hears of it', () => {
  const place = (id: string, level: string) => ({
    id,
    level,
    name: id,
    path: id,
    parentId: null,
    zone: null,
    publicPhone: null,
  })
  const holder = (staffId: string, role: string, territoryId: string) => ({ staffId, role, territoryId, leftOn: null })
  const chain = (holders: Chain['holders'], lineage = ['village', 'township', 'county']): Chain => ({
    lineage: lineage.map((level) => place(level, level)),
    holders,
    accounts: [],
    covers: [],
  })
  const all = [
    holder('v', 'village_staff', 'village'),
    holder('t', 'township_reviewer', 'township'),
    holder('c', 'county_officer', 'county'),
  ]

  test.each([
    ['v', 'dk', 'township', 't'],
    ['t', 'dk', 'county', 'c'],
    [null, 'village', 'township', 't'],
    [null, 'dk', 'township', 't'],
    [null, 'township', 'county', 'c'],
    // Somebody from elsewhere who helps.
    ['x', 'dk', 'township', 't'],
    // Nobody is left whom it isn't about.
    ['c', 'dk', 'county', null],
  ] as const)('handled by %s, about %s: from the %s, by %s', (handler, whom, seenFrom, assigneeId) => {
    expect(aboveOf(chain(all), handler, whom, ON)).toEqual({ seenFrom, assigneeId, hearerId: assigneeId })
  })

  test('a township without anybody leaves it to the county; a site beside the villages has the county above it', () => {
    const without = all.filter(({ staffId }) => staffId !== 't')
    expect(aboveOf(chain(without), 'v', 'dk', ON)).toMatchObject({ seenFrom: 'township', assigneeId: 'c' })
    const site = chain([holder('m', 'site_manager', 'resettlement_site'), all[2]!], ['resettlement_site', 'county'])
    expect(aboveOf(site, 'm', 'dk', ON)).toMatchObject({ seenFrom: 'county', assigneeId: 'c' })
  })

  test('who stands in from the village is not the one above', () => {
    const away = { id: 'a', staffId: 't', byStaffId: 'v', fromOn: ON, toOn: ON, revision: 0 }
    expect(aboveOf({ ...chain(all), covers: [away] }, null, 'village', ON)).toMatchObject({
      assigneeId: 'c',
      hearerId: 'c',
    })
  })

  test('whoever is away owns it all the same, and who stands in hears of it; never the one it is about', () => {
    const two = [...all, holder('t2', 'township_reviewer', 'township'), holder('c2', 'county_officer', 'county')]
    const away = (staffId: string, byStaffId: string) => [
      { id: 'a', staffId, byStaffId, fromOn: ON, toOn: ON, revision: 0 },
    ]
    expect(aboveOf({ ...chain(two), covers: away('t', 't2') }, 'v', 'dk', ON)).toEqual({
      seenFrom: 'township',
      assigneeId: 't',
      hearerId: 't2',
    })
    expect(aboveOf({ ...chain(two), covers: away('c2', 'c') }, 'c', 'dk', ON).assigneeId).toBeNull()
    const three = [...two, holder('c3', 'county_officer', 'county')]
    expect(aboveOf({ ...chain(three), covers: away('c2', 'c') }, 'c', 'dk', ON).hearerId).toBe('c3')
  })
})

test('a spot check hides the household among others, the same way for the same cause', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 3, maxLength: 30 }), fc.nat(), (ids, seed) => {
      const [household, ...others] = ids as [string, ...string[]]
      const drawn = drawSpotCheck(household, ids, 2, seededRandom(seed))
      expect(drawn).toHaveLength(3)
      expect(new Set(drawn).size).toBe(3)
      expect(drawn).toContain(household)
      expect(drawn).toEqual(drawSpotCheck(household, others, 2, seededRandom(seed)))
    }),
    { numRuns: 100 },
  )
  expect(drawSpotCheck('a', ['a', 'b'], 2, seededRandom(1))).toBeNull()
})

describe('told in the chat', () => {
  test('in the middle of a flow, without a name: the township hears, the village never', async () => {
    const c = await county()
    await c.all(['家里有难处', '1', '阳孟村'])
    expect(await c.say('投诉')).toMatch(/先给您放着[^]*您要说的是哪里的人/)
    for (const chat of ['c1', 't1']) c.heard(chat)
    await c.all(['村里的', '低保评得不公', '不留名'])
    const said = await c.say('1')
    const [matter] = await c.rows('Case')
    const number = String(matter?.['number'])
    expect(said).toContain(`记下了，是 ${number} 号，直接送到镇里，村里的人看不到。`)
    expect(matter).toMatchObject({ kind: 'complaint', seenFrom: 'township', personName: null, profileId: null })
    const told = c.heard('t1')
    expect(told).toContain('低保评得不公')
    expect(told).toContain('没留名')
    expect(c.heard('c1')).toBe('')

    // Of the village nobody finds it, by whatever word.
    for (const word of [
      `${number} 受理`,
      `受理 ${number}`,
      `${number} 已联系`,
      `已告知 ${number}`,
      `${number} 打不通`,
    ]) {
      expect(await c.staff(word)).toContain('没有')
    }
    expect(await c.staff('待办')).not.toContain(number)
    const { reads } = c.storage
    const village = (await reads.messaging.identity('pipe', 'c1'))!
    const search = { reads: reads.pickers, text: shippedText, households: () => Promise.resolve([]) }
    const speaker = {
      identityId: village.id,
      channel: 'pipe',
      user: 'c1',
      language: 'zh-CN',
      staff: village.staff,
      profile: null,
      villageId: null,
    } as const
    for (const words of ['', number]) expect(await findMatters(search, words, speaker)).toEqual([])
    const above = (await reads.messaging.identity('pipe', 't1'))!
    const found = await findMatters(search, number, { ...speaker, identityId: above.id, staff: above.staff })
    expect(found.map(({ value }) => value)).toEqual([number])

    // Whoever said it has the number, and nobody else.
    expect(await c.say(number)).toContain(`您的 ${number} 号（意见）`)
    expect(await c.say(number, 'u9')).not.toContain('意见')
    // What was begun before is still there.
    await c.say('没有了')
    expect(await c.say('家里有难处')).toContain('上回您说到一半')
  })

  test('投诉 with words behind it opens the complaint with them, wherever one is, and what was open is kept', async () => {
    const c = await county()
    await c.all(['家里有难处', '1', '阳孟村', '吴秀英'])
    expect(await c.say('投诉 村里没人管')).toMatch(/“家里有难处”先给您放着[^]*您要说的是哪里的人/)
    expect(await c.say('村里的')).toContain('您开头说的，我都记下了')
    await c.all(['没有了', '不留名'])
    c.heard('t1')
    await c.say('1')
    expect(c.heard('t1')).toMatch(/\n村里没人管\n/)
    // Without a blank it is what the question could not take; where anything may be an answer it is one.
    await c.all(['菜单', '家里有难处', '接着填'])
    expect(await c.say('投诉村里没人管')).toContain('您要说的是哪里的人')
    await c.all(['停', '房子有问题', '1', '投诉：墙要垮了也没人来'])
    expect((await c.rows('Conversation')).filter(({ flow }) => flow === 'complaint')).toHaveLength(3)
    expect(c.heard('u1')).toContain('离房子')
  })

  test('投诉 inside what is told stays what it was', async () => {
    const c = await county()
    const answers = hardship('吴秀英', '13900001111', '我去投诉过，没人管')
    await c.all(answers.slice(0, 4))
    expect(await c.say('投诉 12345')).toContain('电话')
    expect(await c.all(answers.slice(4, 12))).not.toContain('您要说的是哪里的人')
    expect(await c.rows('Conversation')).toHaveLength(1)
    expect(await c.all(['没有'])).toContain('（说了 9 个字，记下了）')
  })

  test('about an own matter it goes above whoever handled that, and some households are called at random', async () => {
    const w = await toldWorld()
    const { c } = w
    const number = await c.reported()
    const [household] = (await c.rows('Household')).filter(({ head }) => head === '石二妹')
    const matter = (await w.casework.cases.caseByNumber(number))!
    const [village] = (await c.rows('Territory')).filter(({ name }) => name === '阳孟村')
    await commit(c, [
      update('Case', matter.id, matter.revision, { householdId: String(household?.['id']) }),
      ...(await c.rows('Household'))
        .filter(({ head }) => head === '田大山')
        .map((row) =>
          update('Household', String(row['id']), Number(row['revision']), { territoryId: String(village?.['id']) }),
        ),
    ])
    c.heard('t1')
    await c.all(['我要投诉', '1', '说好来看，一直没来', '要回话', '1'])
    const told = c.heard('t1')
    expect(told).toContain(`说的是 ${number} 防贫申报`)
    expect(told).toContain('吴秀英，电话 13900001111')
    for (const head of ['石二妹', '麻老五', '田大山']) expect(told).toContain(head)
    const tasks = await c.rows('Task')
    expect(tasks.map(({ kind, seenFrom, householdId }) => [kind, seenFrom, householdId])).toEqual([
      ['complaint', 'township', null],
      ['spot_check', 'township', null],
    ])
    const check = String(tasks[1]?.['number'])
    expect(await c.staff(`${check} 已抽查`)).toContain('没有')
    expect(await c.staffOf('t1', `${check} 已抽查 三家都说没人来`)).toBe(`好，${check} 记您抽查完了。`)
    expect((await c.rows('Task'))[1]).toMatchObject({ outcome: 'done' })
    // Taken up above: the villager hears it, and the task is done.
    const complaint = (await c.rows('Case')).find(({ kind }) => kind === 'complaint')
    c.heard('u1')
    await c.staffOf('t1', `受理 ${String(complaint?.['number'])}`)
    expect(c.heard('u1')).toContain('上面接手了。龙镇长来查')
    expect((await c.rows('Task'))[0]).toMatchObject({ outcome: 'done' })
  })
})
