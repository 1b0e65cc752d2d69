/** What villagers have to sell: the unit stands with the amount, the price is for one of them. */
import { describe, expect, test } from 'vitest'
import { understand } from '../../../src/flow/answers/understand.ts'
import { unitSaid } from '../../../src/flow/answers/unit-said.ts'
import { instant } from '../../../src/base/time.ts'

const SAID = { at: instant(Date.UTC(2026, 10, 23, 1)), zone: 'Asia/Shanghai', language: 'zh-CN' }
const NO_WORDS = new Map()

describe('the unit said with an amount', () => {
  test.each([
    ['三百斤', 'jin'],
    ['大概三百来斤吧', 'jin'],
    ['橘子有个三四千斤', 'jin'],
    ['两吨', 'jin'],
    ['五担谷子', 'jin'],
    ['半斤', 'jin'],
    ['50公斤', 'kg'],
    ['一百 kg', 'kg'],
    ['五头猪', 'head'],
    ['两匹马', 'head'],
    ['三十只鸡', 'bird'],
    ['500个鸡蛋', 'piece'],
    ['二十箱', 'piece'],
    ['三箱，一箱二十斤', 'piece'],
    ['两亩萝卜', 'mu'],
    ['300 jin', 'jin'],
    ['三百', null],
    ['很多', null],
    ['斤', null],
    ['我头疼', null],
    ['一二三', null],
  ])('%s → %s', (text, unit) => expect(unitSaid(text)).toBe(unit))
})

describe('the price of one', () => {
  test.each([
    ['两块五', 2.5],
    ['两块五一斤', 2.5],
    ['一块二一斤', 1.2],
    ['嗯，一块二一斤吧', 1.2],
    ['一斤两块五', 2.5],
    ['一斤卖两块五', 2.5],
    ['3块/斤', 3],
    ['2.5元每斤', 2.5],
    ['一头三千', 3000],
    ['三千一头', 3000],
    ['每只八十', 80],
    ['一只要八十块', 80],
    ['一个一块五', 1.5],
    ['八毛一个', 0.8],
  ])('%s → %d', (text, value) => {
    const found = understand({ type: 'decimal', unit: 'yuan' }, text, SAID, NO_WORDS)
    expect(found).toMatchObject({ result: 'understood', value })
  })

  test.each(['三百斤', '一斤', '每只'])('%s is no price', (text) => {
    expect(understand({ type: 'decimal', unit: 'yuan' }, text, SAID, NO_WORDS).result).not.toBe('understood')
  })
})

test.each([
  ['半年', 183],
  ['半个月', 15],
  ['一年', 365],
  ['两个月', 60],
])('%s in days is a whole number: %d', (text, value) => {
  const found = understand({ type: 'integer', unit: 'day' }, text, SAID, NO_WORDS)
  expect(found).toMatchObject({ result: 'understood', value })
})
