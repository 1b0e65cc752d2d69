import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, formatInstant, instant, plainDate } from '../../../src/base/time.ts'
import { idCheck } from '../../../src/flow/answers/id-number.ts'
import { indexPlaces, searchPlaces } from '../../../src/flow/answers/place.ts'
import { ANSWER_TYPES, UNITS } from '../../../src/flow/answers/understanding.ts'
import type { Asked } from '../../../src/flow/answers/understanding.ts'
import { hear, SAID } from './ask.ts'

const choices = ['因病', '因学', '房子有问题', 'A级', '别的'].map((label, index) => ({
  name: `c${index}`,
  label,
  also: [`同${index}`],
}))
const RESULTS = ['understood', 'ambiguous', 'not_allowed', 'unanswered', 'global', 'not_understood']

/** What villagers type, cut up and thrown together again. */
const PIECES =
  '一 二 三 十 百 千 万 亿 两 半 零 点 几 多 来 0 1 3 12 3500 2026 . , - ~ 到 和 年 月 日 号 正 腊 初 闰 农历 上个月 去年 周 星期 前 后 天 块 毛 分 斤 亩 个 口 人 小时 半个 大概 左右 没有 不知道 是 不 没 有 好 我 老伴 ' +
  '除了 都有 全部 第 最后 改 菜单 停 因病 因 房子 yinbing 13800138000 11010519491231002X 28.31 109.73 ° : am pm march three hundred and a ago about last ( ) / \u0000 \uD800 👍 ﷽ ① ½ é ي अ'
const chatter = fc
  .array(fc.oneof(fc.constantFrom(...PIECES.split(' ')), fc.constant(' ')), { maxLength: 14 })
  .map((pieces) => pieces.join(''))
const anyText = fc.oneof(
  { weight: 4, arbitrary: chatter },
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc
    .tuple(fc.constantFrom(...PIECES.split(' ')), fc.integer({ min: 1, max: 5_000 }))
    .map(([piece, times]) => piece.repeat(times)),
)

const anyQuestion: fc.Arbitrary<Asked> = fc
  .record({
    type: fc.constantFrom(...ANSWER_TYPES),
    unit: fc.option(fc.constantFrom(...UNITS), { nil: undefined }),
    yesNo: fc.boolean(),
    required: fc.boolean(),
  })
  .map(({ type, unit, yesNo, required }) => ({
    type,
    required,
    ...(unit && { unit }),
    ...(type === 'select_one' && yesNo ? { yesNo } : { choices }),
    ...(type === 'range' && { bounds: { start: 0, end: 10, step: 2 } }),
    ...(type === 'territory' && { found: [{ value: 'a', label: '阳孟村', exact: false }] }),
  }))

test('any text at any question has an outcome, the same every time, and no number that is none', () => {
  fc.assert(
    fc.property(anyQuestion, anyText, fc.constantFrom('zh-CN', 'en', 'xx'), (asked, text, language) => {
      const said = { ...SAID, language }
      const outcome = hear(asked, text, said)
      expect(RESULTS).toContain(outcome.result)
      expect(hear(asked, text, said)).toEqual(outcome)
      expect(JSON.stringify(outcome)).not.toMatch(/null|NaN/)
      if (outcome.result === 'ambiguous') expect(outcome.candidates.length).toBeGreaterThan(0)
      if (outcome.result === 'understood' && typeof outcome.value === 'number')
        expect(Number.isFinite(outcome.value)).toBe(true)
    }),
    { numRuns: 1_500 },
  )
})

test('what a constraint refuses is never understood', () => {
  fc.assert(
    fc.property(anyQuestion, chatter, (asked, text) => {
      const outcome = hear({ ...asked, allows: () => false }, text)
      if (asked.type !== 'acknowledge') expect(['understood', 'ambiguous']).not.toContain(outcome.result)
    }),
    { numRuns: 1_000 },
  )
})

const DIGITS = '零一二三四五六七八九'

/** A number below a hundred million as it is written in full. */
function spoken(value: number): string {
  if (value >= 10_000) {
    const rest = value % 10_000
    return `${spoken(Math.floor(value / 10_000))}万${rest === 0 ? '' : `${rest < 1_000 ? '零' : ''}${spoken(rest)}`}`
  }
  let text = ''
  let gap = false
  for (const [size, name] of [
    [1000, '千'],
    [100, '百'],
    [10, '十'],
    [1, ''],
  ] as const) {
    const digit = Math.floor(value / size) % 10
    if (digit > 0) text += `${gap && text !== '' ? '零' : ''}${DIGITS[digit]}${name}`
    gap = digit === 0
  }
  return text || '零'
}

test('a number comes back from its digits, its groups, its words and its echo', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 99_999_999 }), fc.constantFrom(undefined, ...UNITS), (value, unit) => {
      fc.pre(unit !== 'year' || value < 1_900 || value > 2_100)
      const asked: Asked = { type: 'integer', ...(unit && { unit }) }
      const plain = hear(asked, String(value))
      expect(plain).toMatchObject({ result: 'understood', value, literal: true })
      for (const text of [value.toLocaleString('en'), spoken(value), plain.result === 'understood' ? plain.echo : ''])
        expect(hear(asked, text), text).toMatchObject({ result: 'understood', value })
    }),
  )
})

test('a day comes back however it is written', () => {
  const days = fc.integer({ min: 0, max: 58_000 }).map((days) => addDays(plainDate(1940, 1, 1)!, days))
  fc.assert(
    fc.property(days, (day) => {
      const [year, month, date] = day.split('-').map(Number) as [number, number, number]
      const numerals = [...String(year)].map((digit) => DIGITS[Number(digit)]).join('')
      for (const text of [
        day,
        `${year}年${month}月${date}日`,
        `${year}/${month}/${date}`,
        `${numerals}年${spoken(month)}月${spoken(date)}号`,
      ])
        expect(hear({ type: 'date' }, text.replace(/一十/g, '十')), text).toMatchObject({
          result: 'understood',
          value: day,
        })
    }),
  )
})

test('a moment, a time, a phone, an identity number and choices come back from what is stored', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2e9 }), fc.integer({ min: 0, max: 1_439 }), (seconds, minute) => {
      const moment = formatInstant(instant(seconds * 1_000), SAID.zone)
      expect(hear({ type: 'dateTime' }, moment)).toMatchObject({ value: moment })
      const time = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
      expect(hear({ type: 'time' }, time)).toMatchObject({ value: time, literal: true })
      const phone = `1${3 + (seconds % 7)}${String(seconds).padStart(9, '0').slice(0, 9)}`
      const heard = hear({ type: 'phone' }, phone)
      expect(heard).toMatchObject({ value: phone, literal: true })
      expect(hear({ type: 'phone' }, heard.result === 'understood' ? heard.echo : '')).toMatchObject({ value: phone })
      const body = `433101${1950 + (seconds % 70)}0${1 + (minute % 9)}1${minute % 10}${String(seconds % 1000).padStart(3, '0')}`
      const id = body + idCheck(body)
      expect(hear({ type: 'id_number' }, id.toLowerCase())).toMatchObject({ value: id, literal: true })
    }),
  )
  fc.assert(
    fc.property(
      fc.subarray(choices, { minLength: 1 }),
      fc.constantFrom(' ', '、', ',', '和', '；'),
      (some, between) => {
        const value = some.map(({ name }) => name)
        const numbers = some.map((choice) => choices.indexOf(choice) + 1)
        for (const said of [value, some.map(({ label }) => label), numbers])
          expect(hear({ type: 'select_multiple', choices }, said.join(between))).toMatchObject({
            result: 'understood',
            value,
            literal: true,
          })
      },
    ),
  )
})

test('searching places never fails and never finds what is not there', () => {
  const places = ['阳孟村', '团结村', '𠮷野村', 'Old Town'].map((name) => ({ path: `甲县/乙镇/${name}`, name }))
  const index = indexPlaces(places)
  const paths = new Set(places.map(({ path }) => path))
  fc.assert(
    fc.property(
      fc.oneof(
        anyText,
        chatter.map((text) => `阳孟${text}`),
      ),
      (text) => {
        for (const { value, isWide } of searchPlaces(index, text)) expect(isWide ?? paths.has(value)).toBe(true)
      },
    ),
  )
})
