import { describe, expect, it } from 'vitest'
import { instant } from '../../src/base/time.ts'
import { keyOf, mayHave, readSettingKey, readSettingValue, SETTINGS } from '../../src/domain/settings/catalogue.ts'
import type { SettingRecord } from '../../src/domain/settings/ports.ts'
import { clusterAt, deadlineDays, settingAt, siteShareAt, yearlyLine } from '../../src/domain/settings/settings.ts'

const parts = {
  riskCauses: ['illness', 'disaster'],
  caseKinds: ['hardship', 'water'],
  ledgers: new Map([['water', ['open', 'fixing']]]),
}

const row = (key: string, territoryId: string | null, value: number): SettingRecord => ({
  id: `${territoryId ?? ''} ${key}`,
  key,
  territoryId,
  value,
  source: 'a document',
  enteredBy: 'somebody',
  updatedAt: instant(0),
  revision: 0,
})
const village = [{ id: 'v' }, { id: 't' }, { id: 'c' }]

describe('the value at a place', () => {
  const key = keyOf('income_line_monitoring', null, 2026)
  const rows = [
    row(key, null, 7000),
    row(key, 'c', 8000),
    row(key, 't2', 1),
    row('income_line_monitoring:2025', 'v', 6500),
  ]

  it('is its own, else the nearest above, else that of everywhere', () => {
    expect(settingAt(key, village, [...rows, row(key, 't', 9000)])?.value).toBe(9000)
    expect(settingAt(key, village, rows)?.value).toBe(8000)
    expect(settingAt(key, [{ id: 'elsewhere' }], rows)?.value).toBe(7000)
    expect(settingAt(key, village, [])).toBeNull()
  })

  it('is of its year: another year says nothing', () => {
    expect(yearlyLine('income_line_monitoring', 2026, village, rows)).toMatchObject({
      value: 8000,
      source: 'a document',
    })
    expect(yearlyLine('income_line_monitoring', 2027, village, rows)).toBeNull()
    expect(yearlyLine('income_line_warning', 2026, village, rows)).toBeNull()
  })

  it('replaces days of the stage table only where somebody entered them', () => {
    const days = [row('deadline_stage.water.fixing', 'c', 30), row('deadline_total.water', null, 45)]
    expect(deadlineDays('water', 'fixing', village, days)).toBe(30)
    expect(deadlineDays('water', 'open', village, days)).toBeNull()
    expect(deadlineDays('water', null, village, days)).toBe(45)
    expect(deadlineDays('water', 'fixing', [{ id: 'x' }], days)).toBeNull()
  })
})

it('numbers of an alert and the share of a site are replaced one by one', () => {
  const rule = { kind: 'water', reports: 3, withinDays: 7, department: 'water' }
  expect(clusterAt(rule, village, [row('cluster_reports.water', 't', 5)])).toEqual({ ...rule, reports: 5 })
  expect(clusterAt(rule, village, [row('cluster_days.water', 'c', 14), row('cluster_days.housing', 'c', 1)])).toEqual({
    ...rule,
    withinDays: 14,
  })
  expect(siteShareAt(village, [row('site_change_share', 'c', 15)])).toBe(0.15)
  expect(siteShareAt(village, [])).toBeNull()
})

describe('keys', () => {
  it.each([
    ['income_line_warning', 2026, 'income_line_warning:2026'],
    ['income_line_warning:2026', null, 'income_line_warning:2026'],
    [' ｉncome_line_warning:2026', 2026, 'income_line_warning:2026'],
    ['comparison_threshold.illness', null, 'comparison_threshold.illness'],
    ['deadline_stage.water.fixing', null, 'deadline_stage.water.fixing'],
    ['site_change_share', null, 'site_change_share'],
  ])('%s %s', (text, year, key) => {
    expect(readSettingKey(text, year, parts)).toMatchObject({ key: { key } })
  })

  it.each([
    ['income_line', null, 'KEY', 'unknown_key'],
    ['__proto__', null, 'KEY', 'unknown_key'],
    ['toString', null, 'KEY', 'unknown_key'],
    ['comparison_threshold', null, 'KEY', 'part_missing'],
    ['comparison_threshold.gambling', null, 'KEY', 'part_unknown'],
    ['deadline_stage.water.closed', null, 'KEY', 'part_unknown'],
    ['site_change_share.illness', null, 'KEY', 'no_part'],
    ['income_line_warning', null, '--year', 'year_missing'],
    ['income_line_warning:2025', 2026, '--year', 'two_years'],
    ['income_line_warning', 1926, '--year', 'year_range'],
    ['income_line_warning', Number.NaN, '--year', 'year_range'],
    ['site_change_share', 2026, '--year', 'no_year'],
  ])('%s %s is refused: %s %s', (text, year, argument, reason) => {
    expect(readSettingKey(text, year, parts)).toMatchObject({ refused: { argument, reason } })
  })
})

describe('values', () => {
  const key = (text: string) => {
    const reading = readSettingKey(text, null, parts)
    if ('refused' in reading) throw new Error(text)
    return reading.key
  }
  it.each([
    ['income_line_monitoring:2026', '8,700', 8700],
    ['income_line_monitoring:2026', '８７００元', 8700],
    ['site_change_share', '20%', 20],
    ['deadline_total.water', ' 15 天', 15],
  ])('%s %s', (name, text, value) => {
    expect(readSettingValue(text, key(name))).toEqual({ value })
  })
  it.each([
    ['income_line_monitoring:2026', '87', 'out_of_range'],
    ['income_line_monitoring:2026', '870000', 'out_of_range'],
    ['income_line_monitoring:2026', 'about 8700', 'not_whole'],
    ['income_line_monitoring:2026', '8700.5', 'not_whole'],
    ['income_line_monitoring:2026', '', 'not_whole'],
    ['site_change_share', '0', 'out_of_range'],
  ])('%s %s is refused: %s', (name, text, reason) => {
    expect(readSettingValue(text, key(name))).toMatchObject({ refused: { argument: 'VALUE', reason } })
  })
})

it('lines are for counties and above, never for a village or a resettlement site', () => {
  const levels = ['province', 'prefecture', 'county', 'township', 'village', 'resettlement_site', 'nonsense']
  expect(levels.filter((level) => mayHave(SETTINGS.income_line_warning, level))).toEqual(levels.slice(0, 3))
  expect(levels.filter((level) => mayHave(SETTINGS.cluster_reports, level))).toEqual(levels.slice(0, 4))
})
