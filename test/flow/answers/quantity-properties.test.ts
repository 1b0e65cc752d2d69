import fc from 'fast-check'
import { expect, test } from 'vitest'
import { UNITS } from '../../../src/flow/answers/understanding.ts'
import type { Asked, Unit } from '../../../src/flow/answers/understanding.ts'
import { echoOf } from '../../../src/flow/answers/units.ts'
import { hear, SAID } from './ask.ts'
import { fullWidth, spoken, spokenDecimal } from './spoken-number.ts'

const LANGUAGES = ['zh-CN', 'en'] as const
const anyUnit = fc.constantFrom<Unit | undefined>(undefined, ...UNITS)
const asking = (type: 'integer' | 'decimal', unit: Unit | undefined): Asked => ({ type, ...(unit && { unit }) })
/** Where years are asked, these are years of birth. */
const isBirth = (unit: Unit | undefined, value: number): boolean => unit === 'year' && value >= 1_900 && value <= 2_100

const counts = fc.oneof(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: 99_999_999 }))
const measures = fc
  .oneof(fc.integer({ min: 0, max: 50_000 }), fc.integer({ min: 0, max: 99_999_999 }))
  .map((n) => n / 100)

test('what is read back is understood as the same value, in both languages', () => {
  fc.assert(
    fc.property(fc.oneof(counts, measures), anyUnit, (value, unit) => {
      const type = Number.isInteger(value) ? 'integer' : 'decimal'
      fc.pre(!isBirth(unit, value))
      for (const asked of LANGUAGES)
        for (const language of LANGUAGES) {
          const echo = echoOf(value, unit, asked)
          const heard = hear(asking(type, unit), echo, { ...SAID, language })
          expect(heard, echo).toMatchObject({ result: 'understood', value, echo: echoOf(value, unit, language) })
        }
    }),
    { numRuns: 400 },
  )
})

test('a number in Chinese numerals or in full width is the same number', () => {
  fc.assert(
    fc.property(fc.oneof(counts, measures), anyUnit, (value, unit) => {
      fc.pre(!isBirth(unit, value))
      const type = Number.isInteger(value) ? 'integer' : 'decimal'
      const said = spokenDecimal(value)
      const texts = [said, said.replace(/^一十/, '十'), fullWidth(String(value)), fullWidth(value.toLocaleString('en'))]
      for (const text of texts)
        expect(hear(asking(type, unit), text), text).toMatchObject({ result: 'understood', value })
    }),
    { numRuns: 400 },
  )
})

test('“about” is kept beside the value', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 9_999_999 }), fc.constantFrom(...UNITS), (value, unit) => {
      fc.pre(!isBirth(unit, value))
      const asked = asking('integer', unit)
      for (const text of [
        `大约 ${echoOf(value, unit, 'zh-CN')}`,
        `about ${echoOf(value, unit, 'en')}`,
        `大概${spoken(value)}左右`,
      ])
        expect(hear(asked, text), text).toMatchObject({ result: 'understood', value, approximate: true })
    }),
    { numRuns: 200 },
  )
})

/** What each unit is called in a village, beside the one that is read back. */
const SAID_AS: Readonly<Record<Unit, readonly string[]>> = {
  yuan: ['块', '块钱', '元钱'],
  person: ['口人', '个人', '个', '口'],
  mu: ['亩', '亩地', '亩田', '畝'],
  jin: ['斤', '市斤', '斤茶叶'],
  kg: ['公斤', '千克', 'kg'],
  day: ['天', '日', '天了'],
  month: ['个月'],
  year: ['岁', '年了'],
  hour: ['个小时', '小时', '个钟头'],
  minute: ['分钟', '分'],
  head: ['头', '头猪', '只'],
  bird: ['只', '只鸡', '羽'],
  piece: ['件', '个', '袋'],
}

test('a number with any name of its unit is the number', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9_999 }), fc.constantFrom(...UNITS), (value, unit) => {
      for (const name of SAID_AS[unit])
        for (const number of [String(value), spoken(value).replace(/^一十/, '十')])
          expect(hear(asking('integer', unit), `${number}${name}`), `${number}${name}`).toMatchObject({ value })
    }),
    { numRuns: 300 },
  )
})

const UNSURE = ['三四', '五六', '两三', '三五', '七八']
test('each candidate that is offered is understood as itself', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...UNSURE),
      fc.constantFrom('', '十', '百', '千', '万'),
      fc.constantFrom(...UNITS),
      fc.constantFrom(...LANGUAGES),
      (pair, times, unit, language) => {
        const asked = asking('integer', unit)
        const said = { ...SAID, language }
        const heard = hear(asked, `${pair}${times}`, said)
        expect(heard.result).toBe('ambiguous')
        if (heard.result !== 'ambiguous') return
        for (const { value, echo } of heard.candidates)
          if (!isBirth(unit, Number(value))) expect(hear(asked, echo, said), echo).toMatchObject({ value })
      },
    ),
  )
})
