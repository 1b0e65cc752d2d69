/** The level of a matter: looked at when it is reported and when it is verified, told to staff in private. */
import { expect, it } from 'vitest'
import { enterSetting } from '../../../src/domain/settings/settings.ts'
import { county } from './county.ts'

const MONEY = ['12000', '一万五', '0', '3000', '3000', '28000']
const FOUND = ['看病', '每月透析', '没有', '同步申请', '不能']
const INCLUDE = ['建议纳入', '家里有人生病', '突发', '自费药太多']

it('is kept with its rules, told to whoever answers for the place, and to nobody else', async () => {
  const c = await county()
  const number = await c.reported()
  const [matter] = await c.rows('Case')
  expect([matter?.['risk'], matter?.['riskRules']]).toEqual(['none', ''])
  expect(await c.staff(`风险${number}`)).toMatchInlineSnapshot(`
    "26112300013 的风险：无

    还没有录入 2026 年的监测收入线，按这条线的规则没有看。

    还没有录入 2026 年的收入预警线，按这条线的规则没有看。

    这只是提醒先看哪家，纳不纳入由人定。"
  `)
  expect(await c.staff('风险 26112299999')).toMatchInlineSnapshot(`"没有找到 26112299999，请看看号码对不对。"`)
  expect(await c.all([`风险 ${number}`], 'u1')).not.toContain('风险：')

  const entry = { key: 'income_line_monitoring:2026', territoryId: null, value: 9500, source: 'x', enteredBy: 'x' }
  await c.storage.writer.commit(enterSetting(entry, null, c.now)?.changes ?? [])
  await c.staff('入户核查', '是', '龙镇长', '纸质已签', '没有')
  const noted = await c.staff('3', ...MONEY, ...FOUND, ...INCLUDE, '1')
  expect(noted).toContain('人均 9,000 元，低于2026年的监测线 9,500 元（x）。')
  expect(noted).toContain('还没有录入2026年的预警线')
  const [verified] = await c.rows('Case')
  expect(verified).toMatchObject({
    risk: 'red',
    riskRules: 'verified_below_line cannot_cope reported_below_line rigid_large gap_found',
  })
  expect(await c.staff(`${number}的风险`, `${number} 风险`)).toMatchInlineSnapshot(`
    "26112300013 的风险：红色

    红色：核查的人均纯收入 9,000 元，低于监测线 9,500 元
    红色：核查认为靠自己解决不了
    橙色：自己说的收入折合人均 1,167 元，低于监测线 9,500 元
    橙色：核查的刚性支出 28,000 元，达到 20,000 元
    橙色：核查发现上学、看病、住房、吃水有缺口

    还没有录入 2026 年的收入预警线，按这条线的规则没有看。

    这只是提醒先看哪家，纳不纳入由人定。"
  `)
  const entries = (await c.rows('CaseEvent')).filter(({ what }) => what === 'risk_assessed')
  expect(entries).toHaveLength(2)

  // Nothing of it reaches the villager, and nothing is decided by it.
  expect(c.sent.filter(({ chat, text }) => chat === 'u1' && /红色|低于/.test(text))).toEqual([])
  expect(verified).toMatchObject({ closedAt: null })
})
