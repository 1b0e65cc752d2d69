/**
 * Amounts as villages say them, put into plain words before they are read: 块把钱, 斤半, 千儿八百, 大半年, 十天半月, 三天三夜,
 * and what speech recognition makes of a unit (三母 for three mu). Only rewriting here: what it means is quantity.ts's.
 */
import type { Unit } from './understanding.ts'
import { isTime } from './units.ts'

const N = '零一二两三四五六七八九十百千万亿俩仨廿卅\\d'
type Rule = readonly [pattern: RegExp, plain: string]

const RULES: readonly Rule[] = [
  // ½ and its like come out of normalising as 1⁄2.
  [/(\d?)1⁄2/g, '$1.5'],
  [/(\d?)1⁄4/g, '$1.25'],
  [/(\d?)3⁄4/g, '$1.75'],
  [/^点(?=[零一二三四五六七八九\d])/, '零点'],
  [new RegExp(`(?<![${N}个几半公市])(年|斤|亩|担|天|块|岁|吨|里)半(?![${N}])`, 'g'), '一$1半'],
  [new RegExp(`(?<![${N}几半])个(?=[半多来][月星礼小钟年学])`, 'g'), '一个'],
  [/个来(?=[月星礼小钟年])/g, '来个'],
  [/大约?摸|约摸/g, '大约'],
  [new RegExp(`(?<![${N}])月把`, 'g'), '约一个月'],
  [new RegExp(`(?<![${N}几公市])(斤|亩|担|年|天|块|毛|角|吨|头|只|岁|石|筐|车|挑|钟头|小时|星期)把`, 'g'), '约一$1'],
  [/个把(?=[百千万])/g, '约一'],
  [/半点钟/g, '半小时'],
  [/年过(?=[半一二三四五六七八九])/g, '约'],
  [/半拉(?=[月年])/g, '半个'],
  [/[大小多](?=半(?:年|天|个|月|斤|亩|车|担))/g, '约'],
  [/十天半个?月/g, '十天到半个月'],
  [/三年五载/g, '三年到五年'],
  [/三年两载/g, '两年到三年'],
  [/([七八九]百)(?=一千)/g, '$1到'],
  [/([七八九]千)(?=一万)/g, '$1到'],
  [/百儿八十/g, '八十到一百'],
  [/千儿八百/g, '八百到一千'],
  [/万儿八千/g, '八千到一万'],
  [new RegExp(`(?<![${N}])百八十(?![${N}几])`, 'g'), '一百到一百八'],
  [new RegExp(`(?<![${N}])百十[来多几]?(?![${N}])`, 'g'), '约一百'],
  [new RegExp(`(?<![${N}几])([百千万])数`, 'g'), '约一$1'],
  [/(?<![成上])[成过小](?=[百千万](?![上百千万]))/g, '约一'],
  [/小(?=[一二两三四五六七八九十\d]+[百千万])/g, '约'],
  [/(?<=[一二两三四五六七八九十\d][百千万])半(?=$|[块元斤]|多|左右)/g, '五'],
  [new RegExp(`(?<![${N}])半百`, 'g'), '五十'],
  [new RegExp(`(?<![${N}])半千`, 'g'), '五百'],
  [new RegExp(`(?<![${N}])半万`, 'g'), '五千'],
  [/(?<=十)[好大]几/g, '几'],
  [/(?<=十)郎当/g, '来'],
  [/([一二两三四五六七八九\d])天\1夜/g, '$1天'],
  [/(?<=[一二两三四五六七八九\d])昼夜/g, '天'],
  [/一旬/g, '十天'],
  [/(?<=[一二两三四五六七八九十百千万半\d](?:亩|斤|块|年|天|岁|头|只|担|吨))来(?=[地田长钱]|$)/g, '多'],
  [/(岁|个月|天)大$/, '$1'],
  [/(?:之间|中间|的样子|样子|光景)$/, ''],
  [/(\d) ?h ?(\d{1,2}) ?m(?:ins?)?$/, '$1小时$2分'],
  [/^half an? /, '0.5 '],
  [/^an? (?=hour|week|year|month|day|jin|mu|ton)/, '1 '],
  [/(?<= (?:hour|week|year|month|day|jin|mu|ton)) and a half$/, ' 半'],
  [/(?<=\d) and a half(?= |$)/, '.5'],
]

/** What speech recognition writes for a unit, where that unit was asked. */
const HEARD: Partial<Record<Unit, readonly Rule[]>> = {
  mu: [[new RegExp(`(?<=[${N}])[母目木姆](?=$|[地田半多])`, 'g'), '亩']],
  jin: [[new RegExp(`(?<=[${N}])[金巾筋](?=$|[半多])`, 'g'), '斤']],
  day: [[new RegExp(`(?<=[${N}])[填添](?=$|[半多了])`, 'g'), '天']],
  yuan: [[new RegExp(`(?<=[${N}])快(?=$|钱)`, 'g'), '块']],
  person: [
    [/(?<=[口个])[仁任认](?=$|[吧啊呢,，])/g, '人'],
    [new RegExp(`(?<=[${N}])[扣叩](?=$|人)`, 'g'), '口'],
  ],
}

/** 三千一个月 is three thousand a month and not three thousand one hundred months. */
const PER_AFTER = new RegExp(`(?<=[百千万元块钱\\d])(?=一(?:个?(?:月|星期|礼拜|季度|学期)|天|年|日|周)(?![${N}]))`, 'g')

const plain = (text: string, rules: readonly Rule[]): string =>
  rules.reduce((rest, [pattern, words]) => rest.replace(pattern, words), text)

/** @param text normalised, short: every rule goes over it once */
export function plainWords(text: string, asked: Unit | undefined): string {
  const said = plain(plain(text, RULES), (asked && HEARD[asked]) ?? [])
  return isTime(asked) ? said : said.replace(PER_AFTER, '，')
}

const FEW = /(好|大)?几大?(?=[十百千万])/

/** 几百块: one text for each amount that it may mean, 200 to 900; 好几百 from 300, 大几百 from 500. Null for all else. */
export function eachOfFew(text: string): readonly string[] | null {
  const found = FEW.exec(text)
  if (!found || /[十百千万零]$/.test(text.slice(0, found.index)) || FEW.test(text.slice(found.index + found[0].length)))
    return null
  const from = found[1] === '好' ? 3 : found[1] === '大' ? 5 : 2
  const [before, after] = [text.slice(0, found.index), text.slice(found.index + found[0].length)]
  return [...'二三四五六七八九'].slice(from - 2).map((digit) => `${before}${digit}${after}`)
}
