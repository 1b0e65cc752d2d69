/** Villages as people name theirs, over the 1,110 villages of the demo county's prefecture. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readingsOf } from '../../../src/flow/answers/pinyin.ts'
import { indexPlaces, searchPlaces } from '../../../src/flow/answers/place.ts'
import { hear, shortly } from './ask.ts'

const places = readFileSync(new URL('../../../prisma/seed/xiangxi-villages.csv', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => line.split(','))
  .map(([county, township, village]) => ({ path: `${county}/${township}/${village}`, name: village as string }))
const index = indexPlaces(places)
const said = (text: string) =>
  shortly(hear({ type: 'territory', required: true, found: searchPlaces(index, text) }, text))

const YANGMENG = '吉首市/矮寨镇/阳孟村'
test.each(
  '阳孟村|阳孟|阳孟寨|阳孟屯|阳孟组|阳孟三组|阳孟村三组|阳孟村第3组|阳孟村3组|阳孟村委会|阳孟村村委|阳孟自然村|阳孟大队|阳孟的|我是阳孟的|我是阳孟村的|俺是阳孟村人|家在阳孟|我家住阳孟|呃，我是那个阳孟村的|嗯，阳孟村|阳孟村阳孟村|那个，就是阳孟|矮寨阳孟|矮寨镇 阳孟村|吉首阳孟|吉首市矮寨镇阳孟村|湖南省湘西州吉首市阳孟村|yangmeng|yang meng cun|YangMeng|阳梦|羊孟|洋孟村|杨孟村|阳盟村'.split('|'),
)('%s', (text) => expect(said(text)).toBe(YANGMENG)) // prettier-ignore

test.each(
  '十八洞|十八洞村|18洞|18洞村|花垣十八洞|双龙镇18洞村|shibadong|十八动|我是十八洞的'.split('|'),
)('%s', (text) => expect(said(text)).toBe('花垣县/双龙镇/十八洞村')) // prettier-ignore

describe('a county alone', () => {
  test.each('吉首|吉首市|我是吉首的|花垣县|凤凰|凤凰县的|古丈|泸溪|保靖|永顺|龙山|我家在龙山'.split('|'))(
    '%s: which village in it is asked',
    (text) => expect(said(text)).toEqual({ refused: 'which_place' }),
  )

  test('is named in the sentence', () => {
    const outcome = hear({ type: 'territory', found: searchPlaces(index, '我是吉首的') }, '我是吉首的')
    expect(outcome).toMatchObject({ result: 'not_allowed', params: { area: '吉首市' } })
  })
})

test.each('团结|团结村|tuanjie|永顺团结村|ym|坪坝|石堤镇|阳孟村来的亲戚住坪年'.split('|'))('%s is asked back', (text) =>
  expect(said(text)).toHaveProperty('ask'),
)

test.each('长沙|坪爬村|镇子里|我们村|本村|1|村里|没有|阳|你好|🏠|a'.split('|'))('%s finds nothing', (text) =>
  expect(said(text)).toBe('NOT UNDERSTOOD'),
)

describe('every village', () => {
  const names = new Map<string, number>()
  const stems = new Map<string, number>()
  const stemOf = (name: string) => name.replace(/(?:村|社区)$/, '')
  for (const { name } of places) {
    names.set(name, (names.get(name) ?? 0) + 1)
    stems.set(stemOf(name), (stems.get(stemOf(name)) ?? 0) + 1)
  }

  test('is found by its path, by township and name, and by its name where it is the only one', () => {
    for (const { path, name } of places) {
      expect(said(path), path).toBe(path)
      expect(said(path.replaceAll('/', '')), path).toBe(path)
      expect(said(`我是${path.replaceAll('/', '')}的`), path).toBe(path)
      if (stems.get(stemOf(name)) === 1) expect(said(name), name).toBe(path)
      else if (names.get(name) !== 1) expect(said(name), name).toHaveProperty('ask')
    }
  })

  test('is found by its pinyin, or asked back among those that sound so', () => {
    for (const { path, name } of places) {
      if (!/^\p{Script=Han}+$/u.test(name)) continue
      const spelled = (readingsOf(name)[0] as string[]).join('')
      const found = searchPlaces(index, spelled)
      expect(found.length > 8 || found.some(({ value }) => value === path), `${name} ${spelled}`).toBe(true)
    }
  })

  test('what several are called in one county is asked back with the townships', () => {
    const byCounty = new Map<string, number>()
    for (const { path, name } of places) {
      const key = `${path.split('/')[0]}${name}`
      byCounty.set(key, (byCounty.get(key) ?? 0) + 1)
    }
    const repeated = [...byCounty].filter(([, count]) => count > 1).map(([key]) => key)
    expect(repeated.length).toBeGreaterThan(5)
    for (const key of repeated) expect(said(key), key).toHaveProperty('ask')
  })
})
