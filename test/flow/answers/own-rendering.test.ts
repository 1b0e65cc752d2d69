/** What the bot shows as an answer, typed back however full or spaced, is that answer: choices, yes and no, phones, identity numbers. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, plainDate } from '../../../src/base/time.ts'
import { idCheck } from '../../../src/flow/answers/id-number.ts'
import { hear } from './ask.ts'

const LABELS = ['家里有人生病', '有人残疾', '供孩子读书', '遭了灾', '房子有问题', '吃水有问题', '别的']
const choices = LABELS.map((label, place) => ({ name: `choice_${place}`, label }))
const place = fc.nat(choices.length - 1)

const fullWidth = (text: string) => text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0))
const spelling = fc.constantFrom(
  (text: string) => text,
  (text: string) => `  ${text} `,
  (text: string) => `${text}。`,
  fullWidth,
)

test('a choice, by its label, its name or its number', () => {
  fc.assert(
    fc.property(place, fc.constantFrom('label', 'name', 'number'), spelling, (at, how, spell) => {
      const choice = choices[at] as (typeof choices)[number]
      const said = { label: choice.label, name: choice.name, number: String(at + 1) }[how] as string
      expect(hear({ type: 'select_one', choices }, spell(said))).toMatchObject({
        result: 'understood',
        value: choice.name,
      })
    }),
  )
})

test('several choices, as they are echoed', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(place, { minLength: 1 }),
      fc.constantFrom('、', '，', ' ', ' 和 '),
      (places, between) => {
        const picked = [...places]
          .sort((one, other) => one - other)
          .map((at) => choices[at] as (typeof choices)[number])
        const heard = hear({ type: 'select_multiple', choices }, picked.map(({ label }) => label).join(between))
        expect(heard).toMatchObject({ result: 'understood', value: picked.map(({ name }) => name) })
      },
    ),
  )
})

test('yes, no and not known', () => {
  const yesNo = ['是', '不是', '说不清'].map((label, at) => ({ name: ['yes', 'no', 'dk'][at] as string, label }))
  fc.assert(
    fc.property(fc.nat(2), spelling, (at, spell) => {
      const choice = yesNo[at] as (typeof yesNo)[number]
      expect(hear({ type: 'select_one', choices: yesNo, yesNo: true }, spell(choice.label))).toMatchObject({
        result: 'understood',
        value: choice.name,
      })
    }),
  )
})

const digits = (count: number) => fc.array(fc.nat(9), { minLength: count, maxLength: count }).map((all) => all.join(''))

test('a mobile number, in groups or in full width', () => {
  const grouped = fc.constantFrom(
    (number: string) => number,
    (number: string) => `${number.slice(0, 3)} ${number.slice(3, 7)} ${number.slice(7)}`,
    (number: string) => `${number.slice(0, 3)}-${number.slice(3, 7)}-${number.slice(7)}`,
    (number: string) => `+86 ${number}`,
    fullWidth,
  )
  fc.assert(
    fc.property(fc.integer({ min: 3, max: 9 }), digits(9), grouped, (second, rest, group) => {
      const number = `1${second}${rest}`
      expect(hear({ type: 'phone' }, group(number))).toMatchObject({ result: 'understood', value: number })
    }),
  )
})

test('an identity number, with a small x and with blanks', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 36_000 }), digits(3), spelling, (days, order, spell) => {
      const born = addDays(plainDate(1925, 1, 1)!, days).replaceAll('-', '')
      const body = `433101${born}${order}`
      const number = `${body}${idCheck(body)}`
      expect(hear({ type: 'id_number' }, spell(number.toLowerCase()))).toMatchObject({
        result: 'understood',
        value: number,
      })
    }),
  )
})
