import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AppError } from '../../../src/base/errors.ts'
import { seededRandom } from '../../../src/base/random.ts'
import { instant } from '../../../src/base/time.ts'
import { compileExpression } from '../../../src/flow/expression/compile.ts'
import type { Environment, Field, Scope } from '../../../src/flow/expression/environment.ts'
import { findings } from '../../../src/flow/expression/findings.ts'
import { FUNCTIONS } from '../../../src/flow/expression/functions/all.ts'
import { numberOf, numberText, roundTo } from '../../../src/flow/expression/numbers.ts'

const ZONE = 'Asia/Shanghai'
const FIELDS: readonly Field[] = [
  { name: 'a', repeats: [], kind: 'question' },
  { name: 'b', repeats: [], kind: 'question' },
  { name: 'rep', repeats: [], kind: 'repeat' },
  { name: 'in', repeats: ['rep'], kind: 'question' },
]
const scope: Scope = {
  field: (name) => FIELDS.find((field) => field.name === name) ?? null,
  children: (repeat) => (repeat === 'rep' ? ['in'] : []),
  hasInstance: () => true,
  columns: ['col'],
}

const text = fc.oneof(
  fc.constantFrom(
    '',
    '0',
    '1',
    '-3.5',
    'yes',
    'a b c',
    '2026-03-05',
    '2026-03-05T10:00:00+08:00',
    '10:00',
    '𠀀',
    'NaN',
  ),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
)

const environment = fc
  .record({ values: fc.array(text, { minLength: 4, maxLength: 4 }), self: text })
  .map(({ values, self }): Environment => ({
    at: instant(Date.UTC(2026, 10, 23)),
    zone: ZONE,
    language: 'en',
    random: seededRandom(1),
    self,
    position: [],
    value: (field, position) => values[(field.name.length + (position[0] ?? 0)) % 4] ?? '',
    instances: () => 3,
    label: (_field, choice) => choice,
    choice: { col: values[0] ?? '' },
    instance: () => values.map((name) => ({ name, label: self })),
  }))

/** Source that is nearly an expression. */
const noise = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...'( ) [ ] , + - * = != < <= > >= | / . .. div mod and or ${a} ${b} ${rep} ${in} ${zz} in col 1 2.5 .5 1.'.split(
          ' ',
        ),
        ..."'x' \"y\" ' \" ${ } $ ! && == ， （ ） ＝ instance('l') /root /item current() ::".split(' '),
        ...[...FUNCTIONS.keys()].flatMap((name) => [name, `${name}(`]),
      ),
      fc.string({ maxLength: 3 }),
    ),
    { maxLength: 14 },
  )
  .map((pieces) => pieces.join(' '))

/** Source that mostly is one: calls with as many arguments as the function takes. */
const expression: fc.Arbitrary<string> = fc.letrec<{ tree: string }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(
      '1',
      '-2.5',
      "'a b'",
      "'2026-03-05'",
      '${a}',
      '${b}',
      '${in}',
      '${rep}',
      '.',
      'col',
      "''",
      '(${in})[2]',
    ),
    fc
      .tuple(tie('tree'), fc.constantFrom('+', '-', '*', 'div', 'mod', '=', '!=', '<', '>=', 'and', 'or'), tie('tree'))
      .map(([left, operator, right]) => `(${left} ${operator} ${right})`),
    tie('tree').map((inner) => `- ${inner}`),
    tie('tree').map((inner) => `\${rep}[${inner}]/in`),
    tie('tree').map((inner) => `instance('l')/root/item[name = ${inner}]/label`),
    fc
      .tuple(fc.constantFrom(...FUNCTIONS.keys()), fc.array(tie('tree'), { minLength: 7, maxLength: 7 }), fc.nat(6))
      .map(([name, args, extra]) => {
        const { least, most } = FUNCTIONS.get(name) ?? { least: 0, most: 0 }
        return `${name}(${args.slice(0, Math.min(most, least + (extra % 3))).join(', ')})`
      }),
  ),
})).tree

function compiled(source: string) {
  try {
    return compileExpression(source, scope, [])
  } catch (error) {
    if (error instanceof AppError && error.code === 'EXPRESSION_INVALID') return null
    throw error
  }
}

describe('the parser', () => {
  it('throws nothing but a refusal with a reason and a position in the source', () => {
    fc.assert(
      fc.property(fc.oneof(noise, fc.string({ unit: 'binary', maxLength: 40 })), (source) => {
        try {
          compileExpression(source, scope, [])
        } catch (error) {
          expect(error).toBeInstanceOf(AppError)
          const { code, details } = error as AppError
          expect(code).toBe('EXPRESSION_INVALID')
          expect(details['reason']).toMatch(/^[a-z_]+$/)
          expect(details['position']).toBeGreaterThanOrEqual(0)
          expect(details['position']).toBeLessThanOrEqual(source.length)
        }
      }),
      { numRuns: 1500 },
    )
  })

  it('lints whatever it can compile', () => {
    fc.assert(fc.property(expression, (source) => compiled(source) === null || Array.isArray(findings(source))))
  })

  it('does not mind brackets around the whole or blanks between tokens', () => {
    fc.assert(
      fc.property(expression, environment, (source, turn) => {
        const plain = compiled(source)
        const wrapped = compiled(` ( ${source} ) `)
        expect(wrapped === null).toBe(plain === null)
        if (plain && wrapped && !plain.volatile) expect(wrapped.value(turn)).toStrictEqual(plain.value(turn))
      }),
    )
  })
})

describe('evaluation', () => {
  it('is total, gives each type, and the conversions agree with the value', () => {
    let evaluated = 0
    fc.assert(
      fc.property(expression, environment, (source, turn) => {
        const code = compiled(source)
        if (!code) return
        evaluated++
        const value = code.value(turn)
        expect(typeof code.string(turn)).toBe('string')
        expect(typeof code.number(turn)).toBe('number')
        expect(typeof code.boolean(turn)).toBe('boolean')
        if (code.volatile) return
        if (typeof value === 'number') expect(code.string(turn)).toBe(numberText(value))
        if (typeof value === 'boolean') expect(code.string(turn)).toBe(String(value))
        if (typeof value === 'string') expect(code.string(turn)).toBe(value)
        if (typeof value === 'object') expect(code.string(turn)).toBe(value[0] ?? '')
        const number =
          typeof value === 'string' || typeof value === 'object' ? numberOf(code.string(turn), ZONE) : Number(value)
        expect(code.number(turn) + 0).toBe(number + 0)
      }),
      { numRuns: 1200 },
    )
    expect(evaluated).toBeGreaterThan(300)
  })

  it('compares as logic wants', () => {
    fc.assert(
      fc.property(environment, (turn) => {
        const holds = (source: string) => compileExpression(source, scope, []).boolean(turn)
        expect(holds('${a} = ${b}')).toBe(!holds('${a} != ${b}'))
        expect(holds('${a} < ${b}')).toBe(holds('${b} > ${a}'))
        expect(holds('${a} <= ${b}')).toBe(holds('${a} < ${b} or number(${a}) = number(${b})'))
        expect(holds('not(${a})')).toBe(!holds('${a}'))
      }),
    )
  })
})

describe('numbers', () => {
  it('come back from their text, which has no exponent', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const shown = numberText(value)
        expect(shown).toMatch(/^-?[0-9]+(\.[0-9]*[1-9])?$/)
        expect(numberOf(shown, ZONE)).toBe(value === 0 ? numberOf(shown, ZONE) : value)
      }),
    )
  })

  it('round half away from zero, the same on both sides', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), fc.integer({ min: 0, max: 4 }), (units, places) => {
        const half = Number(`${units}5e-${places + 1}`)
        const expected = Number(`${units < 0 || Object.is(units, -0) ? units - 1 : units + 1}e-${places}`)
        expect(roundTo(half, places)).toBe(expected)
        expect(roundTo(-half, places)).toBe(-expected + 0)
      }),
    )
  })
})
