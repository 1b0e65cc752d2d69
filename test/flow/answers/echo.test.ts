import { expect, test } from 'vitest'
import type { Asked } from '../../../src/flow/answers/understanding.ts'
import { hear, SAID } from './ask.ts'

const ECHOES: readonly (readonly [asked: Asked, text: string, zh: string, en: string])[] = [
  [{ type: 'integer', unit: 'yuan' }, '三千五', '3,500 元', '3,500 yuan'],
  [{ type: 'integer', unit: 'yuan' }, '一万二千多', '12,000 元', '12,000 yuan'],
  [{ type: 'integer', unit: 'person' }, '三口人', '3 人', '3 people'],
  [{ type: 'integer', unit: 'person' }, '就我一个', '1 人', '1 person'],
  [{ type: 'decimal', unit: 'mu' }, '两亩半地', '2.5 亩', '2.5 mu'],
  [{ type: 'decimal', unit: 'jin' }, '5公斤', '10 斤', '10 jin'],
  [{ type: 'decimal', unit: 'kg' }, '半斤', '0.25 公斤', '0.25 kg'],
  [{ type: 'decimal', unit: 'day' }, '一天一夜', '1 天', '1 day'],
  [{ type: 'decimal', unit: 'day' }, '两个星期', '14 天', '14 days'],
  [{ type: 'decimal', unit: 'month' }, '年半', '18 个月', '18 months'],
  [{ type: 'integer', unit: 'year' }, '四十五岁', '45 年', '45 years'],
  [{ type: 'integer', unit: 'minute' }, '一个半小时', '90 分钟', '90 minutes'],
  [{ type: 'decimal', unit: 'hour' }, '60分钟', '1 小时', '1 hour'],
  [{ type: 'integer', unit: 'head' }, '三头猪', '3 头', '3 head'],
  [{ type: 'integer', unit: 'bird' }, '一百只鸡', '100 只', '100 birds'],
  [{ type: 'integer', unit: 'piece' }, '一打', '12 件', '12 pieces'],
  [{ type: 'decimal' }, '三点五', '3.5', '3.5'],
  [{ type: 'date' }, '腊月二十三', '2027-01-30', '2027-01-30'],
  [{ type: 'date' }, '前年冬天', '2024-12', '2024-12'],
  [{ type: 'time' }, '后晌三点', '15:00', '15:00'],
]

test.each(ECHOES)('%j %s → %s, %s', (asked, text, zh, en) => {
  expect(hear(asked, text)).toMatchObject({ result: 'understood', literal: false, echo: zh })
  expect(hear(asked, text, { ...SAID, language: 'en' })).toMatchObject({ result: 'understood', echo: en })
})

test('a day that may be either calendar’s is offered with its lunar name', () => {
  const echoes = (language: string) => {
    const heard = hear({ type: 'date' }, '八月十五', { ...SAID, language })
    return heard.result === 'ambiguous' ? heard.candidates.map(({ echo }) => echo) : []
  }
  expect(echoes('zh-CN')).toEqual(['2026-09-25（农历八月十五）', '2026-08-15'])
  expect(echoes('en')).toEqual(['2026-09-25 (lunar 8/15)', '2026-08-15'])
})

test('a constraint narrows what is asked back, and refuses what it leaves nothing of', () => {
  const most = (largest: number): Asked => ({
    type: 'integer',
    unit: 'person',
    allows: (stored) => Number(stored) <= largest,
    why: 'flows/x:members.constraint',
  })
  expect(hear(most(7), '6口人，在外打工2个')).toMatchObject({ candidates: [{ value: 6 }, { value: 2 }] })
  expect(hear(most(1), '6口人，在外打工2个')).toEqual({ result: 'not_allowed', why: 'flows/x:members.constraint' })
  const past: Asked = { type: 'date', allows: (day) => day <= '2026-11-23' }
  expect(hear(past, '冬至')).toMatchObject({ value: '2025-12-21' })
  expect(hear(past, '前年冬天')).toMatchObject({ value: '2024-12-01', precision: 'month', approximate: true })
  const age: Asked = { type: 'integer', allows: (stored) => Number(stored) >= 16 && Number(stored) <= 80 }
  expect(hear(age, '1976年的')).toMatchObject({ candidates: [{ value: 50 }, { value: 49 }] })
  const born: Asked = { type: 'integer', allows: (stored) => Number(stored) >= 1940 && Number(stored) <= 2010 }
  expect(hear(born, '七六年')).toMatchObject({ result: 'understood', value: 1976 })
})
