import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { evaluate } from './evaluate.ts'
import type { Request } from './evaluate.ts'

type Case = [expression: string, expected: unknown, request?: Request]

const VILLAGES = [
  { name: 'a', label: '阳孟村', town: 'x', people: '120' },
  { name: 'b', label: '坪朗村', town: 'x', people: '80' },
  { name: 'c', label: '家庭村', town: 'y' },
]
const BASE: Request = {
  values: { town: 'x', village: 'b', many: 'illness housing', cause: 'illness' },
  instances: { villages: VILLAGES, shuffle: ['A', 'B', 'C', 'D', 'E', 'F'].map((name) => ({ name })) },
  choices: {
    causes: [
      { name: 'illness', label: { 'zh-CN': '因病', en: 'Illness' }, group: 'g1' },
      { name: 'housing', label: { 'zh-CN': '住房', en: 'Housing' }, group: 'g2' },
      { name: 'plain', label: 'Plain' },
    ],
  },
  selects: { cause: 'select_one causes', many: 'select_multiple causes' },
}

const GROUPS: Readonly<Record<string, readonly Case[]>> = {
  instance: [
    ["instance('villages')/root/item[name = ${village}]/label", ['坪朗村']],
    ["instance('villages')/root/item[name = ${village}]/label", '坪朗村', { as: 'string' }],
    ["instance('villages')/root/item[${village} = name]/people", 80, { as: 'number' }],
    ["instance('villages')/root/item[name = 'zzz']/label", '', { as: 'string' }],
    ["instance('villages')/root/item[town = ${town}]/name", ['a', 'b']],
    ["instance('villages')/root/item[town = ${town}][2]/name", ['b']],
    ["instance('villages')/root/item[town = 'x' and people > 100]/name", ['a']],
    ["instance('villages')/root/item[people < 100]/name", ['b']],
    ["instance('villages')/root/item[2]/name", ['b']],
    ["instance('villages')/root/item[town = current()/../town]/name", ['a', 'b']],
    ["count(instance('villages')/root/item)", 3],
    ["count(instance('villages')/root/item[nothing = ''])", 3],
    ["sum(instance('villages')/root/item[town = 'x']/people)", 200],
    ["instance('villages')/root/item[people = 80]/name", ['b']],
    ["join(',', instance('villages')/root/item/name)", 'a,b,c'],
    ["instance('villages')/root/item[name = 'c']/people", [''], {}],
    ["boolean(instance('villages')/root/item[name = 'c'])", true],
    ["boolean(instance('villages')/root/item[name = 'd'])", false],
    ["instance('causes')/root/item[name = ${cause}]/label", ['因病'], { lang: 'zh-CN' }],
    ["instance('causes')/root/item[name = ${cause}]/group", ['g1']],
    ["pulldata('villages', 'label', 'name', ${village})", '坪朗村'],
    ["pulldata('villages.csv', 'label', 'name', 'c')", '家庭村'],
    ["pulldata('villages', 'label', 'name', 'zzz')", ''],
    ["pulldata('villages', 'zzz', 'name', 'a')", ''],
    ["pulldata('villages', 'constructor', 'name', 'a')", ''],
  ],
  randomize: [
    ["join('', randomize(instance('shuffle')/root/item/name, 42))", 'AFCBDE'],
    ["join('', randomize(instance('shuffle')/root/item/name, 1))", 'BFEACD'],
    ["join('', randomize(instance('shuffle')/root/item/name, '11111111'))", 'ACDBFE'],
    ["count(randomize(instance('shuffle')/root/item))", 6],
    ["string-length(join('', randomize(instance('shuffle')/root/item/name)))", 6],
    ["string-length(join('', randomize(instance('shuffle')/root/item/name, 'seed')))", 6],
  ],
  'choice names': [
    ["jr:choice-name(${cause}, '${cause}')", '因病', { lang: 'zh-CN' }],
    ["jr:choice-name(${cause}, '${cause}')", 'Illness', { lang: 'en' }],
    ["jr:choice-name(${cause}, '${cause}')", '因病', { lang: 'bo' }],
    ["jr:choice-name(${cause}, '${cause}')", '因病'],
    ["jr:choice-name('zzz', '${cause}')", ''],
    ["jr:choice-name('', '${cause}')", ''],
    ["jr:choice-name('plain', '${cause}')", 'Plain'],
    ["jr:choice-name(selected-at(${many}, 1), '${many}')", 'Housing', { lang: 'en' }],
    ['jr:choice-name(${cause}, ${cause})', 'Illness', { lang: 'en' }],
    ["jr:choice-name(${cause}, '${nothing}')", 'unknown_reference@0'],
    ["jr:choice-name(${cause}, 'cause')", 'wrong_argument@0'],
    ["jr:choice-name(${town}, '${town}')", ''],
  ],
  'choice filters': [
    ['town = ${town}', true, { choice: VILLAGES[0] }],
    ['town = ${town}', false, { choice: VILLAGES[2] }],
    ["selected(${many}, name) or name = 'none'", true, { choice: { name: 'housing' } }],
    ['people > 100', true, { choice: VILLAGES[0] }],
    ['twon = ${town}', 'unknown_reference@0', { choice: VILLAGES[0] }],
    ['town = ${town}', 'unknown_reference@0'],
    ["count(instance('villages')/root/item[town = 'y']) = 1 and town = 'x'", true, { choice: VILLAGES[0] }],
  ],
  checklists: [
    ['checklist(1, 2, true(), false())', true],
    ['checklist(2, 2, 1 = 1, 2 = 3)', false],
    ['checklist(-1, 1, true(), true())', false],
    ['checklist(1, -1, true(), true())', true],
    ["checklist(1, 1, '1', '0', 'no', '')", true],
    ['checklist(2, 2, 3, 0, 1)', true],
    ["checklist(1, 1, if(true(), true(), 'x'), if(true(), 'x', true()))", true],
    ['weighted-checklist(-1, 2, 2 > 1, 2)', true],
    ['weighted-checklist(-1, 2, 2 > 1, 3)', false],
    ['weighted-checklist(2, -1, true(), 999, false(), 5, false(), 6)', true],
    ['weighted-checklist(1, 1, 1 = 1, 0)', false],
    ['weighted-checklist(1, 2, true(), 1, true())', 'wrong_arity@0'],
  ],
  distance: [
    ["distance('28.31 109.73 0 0')", 0],
    ["round(distance('0 0 0 0;0 1 0 0'))", 111319],
    ["round(distance('0 0;0 1;0 0'))", 222638],
    ["round(distance('0 0', '0 1'))", 111319],
    ["round(distance('0 0 ; 90 0 ;'))", 10018696],
    ["distance('0 0;x y')", 'NaN'],
    ["distance('95 0')", 'NaN'],
    ["distance('')", 0],
  ],
  random: [
    ['random() >= 0 and random() < 1', true],
    ["regex(uuid(), '[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}')", true],
    ['uuid() = uuid()', false],
    ['string-length(uuid(12))', 12],
    ["uuid('x')", ''],
    ['string-length(once(uuid()))', 36],
  ],
  digest: [
    ["digest('abc', 'CRC32')", 'wrong_argument@0'],
    ["digest('abc', 'MD5', 'utf8')", 'wrong_argument@0'],
    ["digest('abc', concat('MD', '4'))", ''],
    ["digest('', 'MD5', 'hex')", 'd41d8cd98f00b204e9800998ecf8427e'],
  ],
}

for (const [group, cases] of Object.entries(GROUPS))
  describe(group, () => {
    it.each(cases)('%s → %j', (expression, expected, request) => {
      expect(evaluate(expression, { ...BASE, ...request })).toStrictEqual(expected)
    })
  })

describe('digest agrees with the platform', () => {
  const texts = [
    '',
    'abc',
    '帮扶通𠀀',
    'x'.repeat(55),
    'x'.repeat(56),
    'x'.repeat(64),
    'y'.repeat(111),
    'z'.repeat(300),
  ]
  const algorithms = ['MD5', 'SHA-1', 'SHA-256', 'SHA-384', 'SHA-512'] as const
  const cases = texts.flatMap((text) => algorithms.map((algorithm) => [algorithm, text] as const))
  it.each(cases)('%s of %s', (algorithm, text) => {
    const hash = createHash(algorithm.replace('-', '')).update(text)
    const expected = hash.digest()
    const values = { text }
    expect(evaluate(`digest(\${text}, '${algorithm}', 'hex')`, { values })).toBe(expected.toString('hex'))
    expect(evaluate(`digest(\${text}, '${algorithm}')`, { values })).toBe(expected.toString('base64'))
  })
})
