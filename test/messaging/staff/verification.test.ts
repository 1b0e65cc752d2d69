/** Two staff check a household: what they found is kept, stands on the timeline, and is told to the one who came along. */
import { describe, expect, test } from 'vitest'
import { county } from './county.ts'

/** From the finding on the incomes to the reason; 30,000 less 3,000 over 3 people is 9,000. */
const MONEY = ['12000', '一万五', '0', '3000', '3000', '8000']
const FOUND = ['看病', '每月透析', '没有', '同步申请', '不能']
const INCLUDE = ['建议纳入', '家里有人生病', '突发', '自费药太多']

describe('of a matter that was reported', () => {
  test('it is offered by name; figures, who came and the finding are kept and told', async () => {
    const c = await county()
    const number = await c.reported()
    expect(await c.staff('入户核查')).toContain(`吴秀英 · 阳孟村 · ${number}`)
    await c.staff('是')
    c.heard('t1')
    const members = await c.staff('龙镇长', '纸质已签', '没有')
    expect(members).toContain('几口人')
    const said = await c.staff('3', ...MONEY, ...FOUND, ...INCLUDE, '1')
    expect(said).toContain('人均纯收入 9,000 元')
    expect(said).toContain(number)

    const [matter] = await c.rows('Case')
    const staff = await c.rows('Staff')
    const idOf = (name: string) => staff.find((one) => one['name'] === name)?.['id']
    const both = [idOf('石建国'), idOf('龙镇长')]
    const [found] = await c.rows('Verification')
    expect(found).toMatchObject({
      caseId: matter?.['id'],
      staffIds: both.join(' '),
      visitedOn: '2026-11-23',
      authorisation: 'paper',
      persons: 3,
      income: 30000,
      cost: 3000,
      rigid: 8000,
      perCapita: 9000,
      gaps: 'medical',
      dibao: 'apply',
      selfCope: 'no',
      causes: 'illness',
      monitoredType: 'sudden_hardship',
      result: 'include',
      reason: '自费药太多',
    })
    const event = (await c.rows('CaseEvent')).find(({ what }) => what === 'verified')
    expect(event).toMatchObject({ caseId: matter?.['id'], actor: 'staff', actorId: both[0] })
    expect(JSON.parse(event?.['detail'] as string)).toEqual({
      verification: found?.['id'],
      result: 'include',
      per_capita: 9000,
      staff: both,
    })
    // It goes on when the other one has confirmed.
    expect(matter).toMatchObject({ stage: 'verifying' })
    const told = c.heard('t1')
    expect(told).toContain('石建国')
    expect(told).toContain('9,000')
    expect(told).not.toContain('透析')
    const [submission] = (await c.rows('Submission')).filter(({ flow }) => flow === 'verification')
    expect(submission).toMatchObject({ matter: number, territoryId: matter?.['territoryId'] })
    expect(JSON.parse(submission?.['answers'] as string)).toMatchObject({
      per_capita: '9000',
      education: 'ok',
      medical: 'risk',
    })
  })

  test('by its number; a number that nobody has is not found', async () => {
    const c = await county()
    const number = await c.reported()
    expect(await c.staff('入户核查', '不是', '26112000027')).toContain('没找到')
    expect(await c.staff('不是', number)).toContain('龙镇长')
  })
})

describe('of a household of the roster', () => {
  test('nothing changed: nobody is asked for; with a finding to include a lead is opened', async () => {
    const c = await county()
    const roster = await c.staff('入户核查', '石二妹', '龙镇长', '还没签')
    expect(roster).toContain('石二妹家 3 口人：石二妹、石小军、石小花')
    expect(await c.staff('没变化')).toContain('工资')
    const said = await c.staff(...MONEY, ...FOUND, ...INCLUDE, '1')
    expect(said).toContain('授权书还没签')
    const [matter] = await c.rows('Case')
    expect(matter).toMatchObject({ kind: 'hardship', source: 'cadre', personName: '石二妹', stage: 'verifying' })
    const [found] = await c.rows('Verification')
    expect(found).toMatchObject({ caseId: matter?.['id'], persons: 3, authorisation: 'not_yet' })
    expect(found?.['householdId']).toBe(matter?.['householdId'])
    expect(said).toContain(String(matter?.['number']))
  })

  test('not to be included: kept without a matter, and the household is to be told', async () => {
    const c = await county()
    await c.staff('入户核查', '麻老五', '龙镇长', '纸质已签', '没有', '4', ...MONEY, '没有', '不符合', '能')
    expect(await c.staff('不建议', '收入稳定', '1')).toContain('当面跟户里说清理由')
    expect(await c.rows('Case')).toEqual([])
    expect(await c.rows('Verification')).toMatchObject([{ caseId: null, result: 'not', causes: '', perCapita: 6750 }])
  })

  test('a loss is no error and refuses nothing', async () => {
    const c = await county()
    await c.staff('入户核查', '麻老五', '龙镇长', '纸质已签', '没有', '4', '0', '1000', '0', '0', '9000', '0')
    await c.staff('没有', '不符合', '部分', '补核', '种的养的亏了', '猪瘟', '1')
    expect(await c.rows('Verification')).toMatchObject([{ perCapita: -2000, result: 'more' }])
  })

  test('a child under 14 is written down with the guardian’s consent only', async () => {
    const c = await county()
    await c.staff('入户核查', '石二妹', '龙镇长', '纸质已签', '有变化', '石小花', '没满', '不同意')
    await c.staff('没有', '没有', '3', ...MONEY, ...FOUND, ...INCLUDE, '1')
    const [submission] = (await c.rows('Submission')).filter(({ flow }) => flow === 'verification')
    const answers = JSON.parse(submission?.['answers'] as string) as { changes: readonly object[] }
    expect(answers.changes).toEqual([{ who: '石小花', who_grown: 'no', gone: 'no' }])
  })
})

describe('who may', () => {
  test('a household of another village is not found, and the one who fills it in is not two people', async () => {
    const c = await county()
    expect(await c.staff('入户核查', '田大山')).toContain('没找到')
    expect(await c.staff('石二妹', '石建国')).not.toContain('授权书')
  })

  test('a villager is told that it is for staff, and has it in no menu', async () => {
    const c = await county()
    expect(await c.say('入户核查', 'u9')).toContain('工作人员用的')
    const menu = await c.say('菜单', 'u9')
    for (const title of ['入户核查', '网格上报', '安置点季报', '记走访']) expect(menu).not.toContain(title)
    for (const title of ['说给我们听', '说说办得好不好']) expect(menu).toContain(title)
    const own = await c.say('菜单', 'c1')
    for (const title of ['入户核查', '网格上报', '安置点季报', '记走访']) expect(own).toContain(title)
  })
})
