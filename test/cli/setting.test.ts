import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { partsOf } from '../../src/base/time.ts'
import { checkLines } from '../../src/cli/doctor/lines.ts'
import type { Stored } from '../../src/cli/doctor/finding.ts'
import { runSettingList } from '../../src/cli/setting/list.ts'
import { settingParts } from '../../src/cli/setting/parts.ts'
import { runSettingSet } from '../../src/cli/setting/set.ts'
import { SETTINGS } from '../../src/domain/settings/catalogue.ts'
import { dateAt } from '../../src/base/time.ts'
import { openHouse, ZONE } from './house.ts'
import { clock, importText, shippedText } from './import-run.ts'

let house: Awaited<ReturnType<typeof openHouse>>
const today = dateAt(clock.now(), ZONE)
const [YEAR] = partsOf(today)

beforeAll(async () => {
  house = await openHouse()
  const { reads, writer } = house.storage
  await importText({ imports: reads.imports, writer }, 'territories', 'county,township\n吉首市,矮寨镇\n凤凰县,\n')
})
afterAll(() => house.storage.close())

async function set(
  key: string,
  value: string,
  more: { territory?: string; year?: string; source?: string | null } = {},
) {
  let out = ''
  const { reads, writer } = house.storage
  await runSettingSet({
    key,
    value,
    territory: more.territory ?? null,
    year: more.year ?? null,
    source: more.source === undefined ? '湘农发〔2026〕3号' : more.source,
    parts: settingParts(house.rules, shippedText),
    storage: { settings: reads.settings, imports: reads.imports, writer },
    enteredBy: 'cli tester',
    text: shippedText,
    language: 'zh-CN',
    clock,
    zone: ZONE,
    out: { write: (text: string) => void (out += text) },
  })
  return out.trim()
}

async function list() {
  let out = ''
  const { settings, registry } = house.storage.reads
  const write = (text: string) => void (out += text)
  await runSettingList({
    storage: { settings, registry },
    text: shippedText,
    language: 'zh-CN',
    zone: ZONE,
    out: { write },
  })
  return out
}

const doctor = () => checkLines({ reads: house.storage.reads, today } as Stored)

describe('bangfu setting', () => {
  it('ships no yearly line: all is empty until somebody enters it, and doctor names the places', async () => {
    const shown = await list()
    for (const name of Object.keys(SETTINGS)) expect(shown).toContain(name)
    expect(shown.match(/不带任何年度线/g)).toHaveLength(2)
    expect(await house.storage.reads.settings.allSettings()).toEqual([])
    expect(await doctor()).toMatchObject([
      { state: 'warning', params: { year: String(YEAR), places: '凤凰县 吉首市' } },
    ])
  })

  it('enters, changes, and leaves alone; each step is audited with the source', async () => {
    const line = { territory: '吉首市', year: String(YEAR) }
    expect(await set('income_line_monitoring', '8700', line)).toBe(
      `已录入：吉首市 income_line_monitoring:${YEAR} = 8700 元／人·年。依据：湘农发〔2026〕3号`,
    )
    expect(await set('income_line_monitoring', '8,700元', line)).toMatch(/^没有变化/)
    expect(await set('income_line_monitoring', '8800', line)).toMatch(/^已更改：.*由 8700 改为 8800/)
    expect(await set('income_line_warning', '6000', { year: String(YEAR) })).toMatch(/^已录入：全部地方/)
    expect(await list()).toContain(
      `吉首市  income_line_monitoring:${YEAR} = 8800 元／人·年（依据：湘农发〔2026〕3号；cli tester 于 ${today} 录入）`,
    )
    const audit = await house.storage.reads.rows.find('AuditEntry', { where: { action: 'setting_set' }, order: ['id'] })
    expect(audit.map(({ actor, detail }) => [actor, detail])).toEqual([
      ['cli tester', { key: `income_line_monitoring:${YEAR}`, from: null, to: 8700, source: '湘农发〔2026〕3号' }],
      ['cli tester', { key: `income_line_monitoring:${YEAR}`, from: 8700, to: 8800, source: '湘农发〔2026〕3号' }],
      ['cli tester', { key: `income_line_warning:${YEAR}`, from: null, to: 6000, source: '湘农发〔2026〕3号' }],
    ])
    expect(await doctor()).toMatchObject([{ state: 'warning', params: { places: '凤凰县' } }])
    await set('income_line_monitoring', '8000', { territory: '凤凰县', year: String(YEAR) })
    expect(await doctor()).toMatchObject([{ state: 'ok' }])
  })

  it.each([
    ['nonsense', '1', {}, 'KEY', '没有 nonsense 这一项'],
    ['income_line_monitoring', '8700', {}, '--year', '请用 --year 写明年份'],
    ['income_line_monitoring', '八千七', { year: '2026' }, 'VALUE', '不是整数'],
    ['income_line_monitoring', '87000000', { year: '2026' }, 'VALUE', '多写少写'],
    ['income_line_monitoring', '8700', { year: '26' }, '--year', '年份要在'],
    ['income_line_monitoring', '8700', { year: '2026', source: ' ' }, '--source', '要写明依据'],
    ['income_line_monitoring', '8700', { year: '2026', source: null }, '--source', '要写明依据'],
    ['income_line_monitoring', '8700', { year: '2026', territory: '长沙市' }, '--territory', '没有“长沙市”这个地方'],
    ['income_line_monitoring', '8700', { year: '2026', territory: '吉首市/矮寨镇' }, '--territory', '最低只能按县设'],
    ['deadline_stage.water.reported', '3', {}, 'KEY', 'water.fixing'],
    ['cluster_reports.message', '3', {}, 'KEY', 'water'],
  ])('%s %s %o is refused in words, and nothing changes', async (key, value, more, argument, reason) => {
    const before = await house.storage.reads.settings.allSettings()
    await expect(set(key, value, more)).rejects.toMatchObject({
      code: 'ARGUMENT_INVALID',
      details: { argument, reason: expect.stringContaining(reason) as string },
    })
    expect(await house.storage.reads.settings.allSettings()).toEqual(before)
  })
})
