/** The unit that an amount was said in: 三百斤, 五头猪, 500个鸡蛋. */
import { normalise } from './normalise.ts'
import type { Unit } from './understanding.ts'

/** Longer texts tell a story and are no amount. */
const LONGEST = 60
const AFTER_A_NUMBER = '(?<=[\\d零一二两三四五六七八九十百千万半几多来] ?)'
const WORDS: readonly (readonly [Unit, string])[] = [
  ['kg', '公斤|千克|kgs?|kilos?|kilograms?'],
  ['jin', '市?斤|吨|担|挑|jin|catty|catties|tons?'],
  ['mu', '亩|mu'],
  ['head', '头|匹|head'],
  ['bird', '只|羽|birds?'],
  ['piece', '个|件|箱|袋|筐|瓶|包|套|双|张|条|盒|枚|把|捆|坛|篓|pieces?|boxes|bags|eggs'],
]
const SAID = new RegExp(
  AFTER_A_NUMBER + WORDS.map(([unit, words]) => `(?<${unit}>${words})`).join('|' + AFTER_A_NUMBER),
)

/** The first one that stands behind a number; 吨 and 担 count in jin. Null where none does. */
export function unitSaid(text: string): Unit | null {
  if (text.length > LONGEST) return null
  const groups = SAID.exec(normalise(text))?.groups
  return WORDS.find(([unit]) => groups?.[unit] !== undefined)?.[0] ?? null
}
