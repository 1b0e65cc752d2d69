import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { indexPlaces, rankPlaces, searchPlaces } from '../../../src/flow/answers/place.ts'
import { hear } from './ask.ts'

/** The 1,110 villages of the prefecture's plan, as the demo county ships them. */
const places = readFileSync(new URL('../../../prisma/seed/xiangxi-villages.csv', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => line.split(','))
  .map(([county, township, village]) => ({ path: `${county}/${township}/${village}`, name: village as string }))
const index = indexPlaces(places)
const find = (text: string) => searchPlaces(index, text)
const YANGMENG = '吉首市/矮寨镇/阳孟村'

test('the list is the real one', () => expect(places).toHaveLength(1110))

test.each(
  ['阳孟村', '阳孟', YANGMENG, '吉首市矮寨镇阳孟村', '矮寨镇阳孟村', '矮寨阳孟', 'yangmeng', 'Yangmeng', 'yang meng', 'yangmengcun', '阳梦村', '洋孟', '我家在矮寨阳孟', '我家在矮寨镇阳孟村三组', '我是阳孟村的', '阳孟村啊', '阳孟的', '阳孟村。', '吉首市阳孟', '住在阳孟', '矮寨阳梦村', '湖南省湘西州吉首市矮寨镇阳孟村'],
)('%s is understood as the village', (text) => {
  const found = find(text)
  expect(found.filter((candidate) => candidate.exact)).toEqual([{ value: YANGMENG, label: '阳孟村', exact: true }])
  expect(hear({ type: 'territory', found }, text)).toMatchObject({ result: 'understood', value: YANGMENG, echo: '阳孟村' })
}) // prettier-ignore

test('a name that several villages have is asked back with township and county', () => {
  const outcome = hear({ type: 'territory', found: find('团结村') }, '团结村')
  expect(outcome.result === 'ambiguous' && outcome.candidates.map(({ echo }) => echo)).toEqual([
    '团结村(吉首市马颈坳镇)',
    '团结村(永顺县石堤镇)',
    '团结村(永顺县万坪镇)',
    '团结村(永顺县毛坝乡)',
    '团结村(古丈县红石林镇)',
    '团结村(永顺县两岔乡)',
  ])
  expect(find('永顺县团结村').map(({ value }) => value.split('/')[0])).toEqual(['永顺县', '永顺县', '永顺县', '永顺县'])
  expect(find('永顺石堤团结')).toEqual([{ value: '永顺县/石堤镇/团结村', label: '团结村(永顺县石堤镇)', exact: true }])
})

test.each(['矮寨镇', '我家在矮寨镇', '矮寨镇的', '吉首市矮寨镇', '吉首矮寨镇那边'])(
  '%s: a township alone offers all its villages and takes none',
  (text) => {
    const found = find(text)
    const all = places.filter(({ path }) => path.startsWith('吉首市/矮寨镇/'))
    expect(found.map(({ value }) => value)).toEqual(all.map(({ path }) => path))
    expect(found.map(({ label }) => label)).toEqual(all.map(({ name }) => name))
    expect(found.length).toBeGreaterThan(9)
    const outcome = hear({ type: 'territory', found }, text)
    expect(outcome.result === 'ambiguous' && outcome.candidates.length).toBe(found.length)
  },
)

test('the name of a township is not taken for the village that is called like it', () => {
  const found = find('石堤镇')
  expect(found.length).toBeGreaterThan(1)
  expect(found.every(({ value, exact }) => value.startsWith('永顺县/石堤镇/') && !exact)).toBe(true)
})

test('initials find all that fit and choose none', () => {
  const found = find('ym')
  expect(found.map(({ label }) => label)).toContain('阳孟村')
  expect(found.every(({ exact }) => !exact)).toBe(true)
  expect(hear({ type: 'territory', found }, 'ym').result).toBe('ambiguous')
})

test('what somebody begins to type is offered', () => {
  expect(find('十八')).toEqual([expect.objectContaining({ value: '花垣县/双龙镇/十八洞村', exact: false })])
})

test('a village mentioned in passing is offered, not taken', () => {
  expect(find('阳孟来的亲戚住坪坝')).toEqual([{ value: YANGMENG, label: '阳孟村', exact: false }])
})

test.each(['你好', '家里房子漏雨', '', '阳', '。', 'zzzz', '💧', '不知道'])('%s is no village', (text) => {
  expect(find(text)).toEqual([])
})

test('every village is found by its path, its name and its pinyin', () => {
  for (const { path, name } of places) {
    expect(find(path)).toMatchObject([{ value: path, exact: true }])
    expect(find(path.replaceAll('/', '')).map(({ value }) => value)).toContain(path)
    expect(find(name).map(({ value }) => value)).toContain(path)
  }
})

test('numbers pick from what was offered before', () => {
  const choices = [
    { name: 'a', label: '团结村(吉首市马颈坳镇)' },
    { name: 'b', label: '团结村(永顺县石堤镇)' },
  ]
  expect(hear({ type: 'territory', choices, found: [] }, '2')).toMatchObject({
    result: 'understood',
    value: 'b',
    literal: true,
  })
  expect(hear({ type: 'territory', choices, found: [] }, '第一个')).toMatchObject({
    result: 'understood',
    value: 'a',
    literal: false,
  })
  expect(hear({ type: 'territory', choices, found: [] }, '停')).toEqual({ result: 'global', word: 'stop' })
})

describe('other pickers take what the registry found', () => {
  const row = (value: string, exact: boolean) => ({ value, label: `户${value}`, exact })
  test('one exact row', () => {
    expect(hear({ type: 'household', found: [row('1', true), row('2', false)] }, '吴大爷')).toMatchObject({
      value: '1',
      literal: false,
    })
  })
  test('several', () => {
    expect(hear({ type: 'staff', found: [row('1', true), row('2', true)] }, '老吴').result).toBe('ambiguous')
    expect(hear({ type: 'staff', found: [row('1', false)] }, '吴').result).toBe('ambiguous')
  })
  test('none', () => {
    expect(hear({ type: 'course', found: [] }, '电焊')).toEqual({ result: 'not_understood' })
    expect(hear({ type: 'course', found: [] }, '不知道')).toEqual({ result: 'unanswered' })
  })
})

test('pinyin and initials of the registry count as well', () => {
  const found = rankPlaces('dixi', [{ path: '甲/的喜村', name: '的喜村', pinyin: 'dixicun', initials: 'dxc' }])
  expect(found).toEqual([{ value: '甲/的喜村', label: '的喜村', exact: true }])
})
