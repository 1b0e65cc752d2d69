import { expect, test } from 'vitest'
import { cases, hear, SAID } from './ask.ts'

cases('yuan', { type: 'integer', unit: 'yuan' }, [
  ['3500', 3500], ['３５００', 3500], ['3,500', 3500], ['3500元', 3500], ['¥3500', 3500], ['￥3,500', 3500], ['三千五', 3500], ['三千五百', 3500], ['三千五百块', 3500],
  ['三千五百块钱', 3500], ['三万二', 32000], ['一百六', 160], ['二百五', 250], ['1万2', 12000], ['1万2千', 12000], ['1.2万', 12000], ['1.2w', 12000], ['3.5k', 3500], ['3千5', 3500],
  ['3千500', 3500], ['两千', 2000], ['两万', 20000], ['一万零五十', 10050], ['三千零五', 3005], ['一百二十块', 120], ['叁仟伍佰', 3500], ['壹万元整', 10000], ['十万', 100000],
  ['一百零五万', 1050000], ['花了三千五', 3500], ['挣了两万', 20000], ['收入三千', 3000], ['一年两万', 20000], ['一年下来3万块', 30000], ['三点五万', 35000],
  ['一万二千多', { about: 12000 }], ['大概三千左右', { about: 3000 }], ['3000多', { about: 3000 }], ['万把块', { about: 10000 }], ['千把块钱', { about: 1000 }], ['上千', { about: 1000 }],
  ['不到三千', { about: 3000 }], ['三百来块', { about: 300 }], ['十几万', { about: 100000 }], ['两万出头', { about: 20000 }], ['5000上下', { about: 5000 }], ['将近两万', { about: 20000 }],
  ['三四千', { ask: [3000, 4000] }], ['两三万', { ask: [20000, 30000] }], ['一两百', { ask: [100, 200] }], ['三千五六', { ask: [3500, 3600] }], ['七八百块', { ask: [700, 800] }],
  ['3-4千', { ask: [3000, 4000] }], ['三到四千', { ask: [3000, 4000] }], ['3000到4000', { ask: [3000, 4000] }], ['三千或者四千', { ask: [3000, 4000] }],
  ['一个月一百六', { ask: [160, 1920] }], ['每月160', { ask: [160, 1920] }], ['3000一个月', { ask: [3000, 36000] }], ['3500块/月', { ask: [3500, 42000] }], ['养老金一个月一百六', { ask: [160, 1920] }],
  ['一天80', { ask: [80, 2400] }], ['没有', 0], ['一分没有', 0], ['一分钱都没有', 0], ['冇', 0], ['莫得', 0], ['没收入', 0], ['没得钱', 0], ['没花钱', 0],
  ['不知道', 'UNANSWERED'], ['不晓得', 'UNANSWERED'], ['算不清', 'UNANSWERED'], ['几千', 'NOT UNDERSTOOD'], ['好几千', 'NOT UNDERSTOOD'], ['三千斤', 'NOT UNDERSTOOD'], ['三块腊肉', 'NOT UNDERSTOOD'],
  ['很多钱', 'NOT UNDERSTOOD'], ['半', 'NOT UNDERSTOOD'], ['三块五', { refused: 'whole' }], ['-500', { refused: 'negative' }],
  ['three thousand five hundred', 3500], ['twelve hundred', 1200], ['3.5k yuan', 3500], ['about 3,500 yuan', { about: 3500 }], ['nothing', 0], ['3000 per month', { ask: [3000, 36000] }],
]) // prettier-ignore

cases('yuan and fen', { type: 'decimal', unit: 'yuan' }, [
  ['三块五', 3.5], ['三块五毛', 3.5], ['五毛', 0.5], ['5元5角', 5.5], ['3.5', 3.5], ['三块五毛五分', 3.55], ['两块半', 2.5], ['.5', 0.5], ['12.50', 12.5],
]) // prettier-ignore

test('a sum is read back with its unit, in the language that is spoken', () => {
  expect(hear({ type: 'integer', unit: 'yuan' }, '三千五')).toMatchObject({ echo: '3,500 元', literal: false })
  expect(hear({ type: 'integer', unit: 'yuan' }, '三百二十一万')).toMatchObject({ echo: '3,210,000 元' })
  expect(hear({ type: 'integer', unit: 'yuan' }, 'twelve hundred', { ...SAID, language: 'en' })).toMatchObject({
    echo: '1,200 yuan',
  })
  expect(hear({ type: 'decimal', unit: 'yuan' }, '五毛')).toMatchObject({ echo: '0.5 元' })
})
