import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, plainDate } from '../../../src/base/time.ts'
import { lunarOf } from '../../../src/flow/answers/lunar.ts'
import { hear, SAID } from './ask.ts'
import { DIGITS, fullWidth, spoken, spokenLunar } from './spoken-number.ts'

const LANGUAGES = ['zh-CN', 'en'] as const
const days = fc.integer({ min: 0, max: 58_000 }).map((count) => addDays(plainDate(1940, 1, 1)!, count))
const numerals = (year: number): string => [...String(year)].map((digit) => DIGITS[Number(digit)]).join('')
const short = (value: number): string => spoken(value).replace(/^一十/, '十')

test('a day of the lunar calendar is that day', () => {
  fc.assert(
    fc.property(days, (day) => {
      const lunar = lunarOf(day)!
      const name = spokenLunar(lunar)
      for (const text of [
        `${lunar.year}年农历${name}`,
        `农历${lunar.year}年${name}`,
        `${numerals(lunar.year)}年阴历${name}`,
      ])
        expect(hear({ type: 'date' }, text), text).toMatchObject({ result: 'understood', value: day })
    }),
    { numRuns: 300 },
  )
})

test('months and years come back from what is read back', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1900, max: 2099 }), fc.integer({ min: 1, max: 12 }), (year, month) => {
      const first = plainDate(year, month, 1)!
      for (const text of [`${year}年${month}月`, `${numerals(year)}年${short(month)}月份`, first.slice(0, 7)])
        expect(hear({ type: 'date' }, text), text).toMatchObject({
          value: first,
          precision: 'month',
          echo: first.slice(0, 7),
        })
      for (const text of [`${year}年`, `${numerals(year)}年`, fullWidth(String(year))])
        expect(hear({ type: 'date' }, text), text).toMatchObject({ precision: 'year', echo: String(year) })
    }),
    { numRuns: 200 },
  )
})

test('each day that is offered is understood as itself, whichever calendar it is shown in', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 11, max: 30 }),
      fc.constantFrom(...LANGUAGES),
      (month, day, language) => {
        const said = { ...SAID, language }
        const heard = hear({ type: 'date' }, `${short(month)}月${short(day)}`, said)
        if (heard.result !== 'ambiguous') return
        for (const { value, echo } of heard.candidates) {
          expect(echo.startsWith(String(value))).toBe(true)
          expect(hear({ type: 'date' }, echo, said), echo).toMatchObject({ result: 'understood', value })
        }
      },
    ),
  )
})

test('so many days ago, in numerals or digits', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 999 }), (count) => {
      const today = plainDate(2026, 11, 23)!
      for (const number of [String(count), short(count)]) {
        expect(hear({ type: 'date' }, `${number}天前`), number).toMatchObject({ value: addDays(today, -count) })
        expect(hear({ type: 'date' }, `${number}天以后`), number).toMatchObject({ value: addDays(today, count) })
      }
    }),
  )
})

test('a time of day comes back from numerals and from what is read back', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1_439 }), (at) => {
      const [hour, minute] = [Math.floor(at / 60), at % 60]
      const time = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
      const part = hour < 6 ? '凌晨' : hour < 12 ? '上午' : hour < 18 ? '下午' : '晚上'
      const told = `${part}${short(hour > 12 ? hour - 12 : hour)}点${minute === 0 ? '整' : `${minute < 10 ? '零' : ''}${short(minute)}分`}`
      for (const text of [time, fullWidth(time), ...(hour === 0 ? [] : [told])])
        expect(hear({ type: 'time' }, text), text).toMatchObject({ result: 'understood', value: time, echo: time })
      const moment = hear({ type: 'dateTime' }, `2026年3月5日${time}`)
      expect(moment).toMatchObject({ value: `2026-03-05T${time}:00+08:00` })
      expect(hear({ type: 'dateTime' }, moment.result === 'understood' ? moment.echo : '')).toMatchObject({
        value: `2026-03-05T${time}:00+08:00`,
      })
    }),
  )
})
