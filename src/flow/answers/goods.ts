/** What was sold, grown or kept, named before its amount: 茶叶三百斤, 水田两亩, 卖猪五千. */
import type { Unit } from './understanding.ts'

/** Words that change what the amount means. */
const OTHERWISE = '没不无非别多少每各欠差缺除剩几半和跟加到个年月天周日借还送赔亏零一二两三四五六七八九十百千万亿'
const NAME = `(?:(?![${OTHERWISE}])\\p{Script=Han})`
const MEASURED = new RegExp(
  `^${NAME}{1,6}?(?=[零一二两三四五六七八九十百千万\\d]+[多来]?(?:亩|分|斤|公斤|千克|kg|头|只|羽|担|吨|挑|条|匹|件|袋|筐|箱))`,
  'u',
)
const EARNED = new RegExp(
  `^(?:卖|种|养|喂|打|做|摘|采|帮|收|跑)${NAME}{0,5}(?=[零一二两三四五六七八九十百千万\\d])`,
  'u',
)
const SPENT_ON = new RegExp(`^(?:买|交|修|治|看|吃|供|读|上)${NAME}{0,5}(?=[零一二两三四五六七八九十百千万\\d])`, 'u')
const MEASURES: ReadonlySet<Unit> = new Set<Unit>(['mu', 'jin', 'kg', 'head', 'bird', 'piece'])

/** @param text normalised, short @returns the amount alone; null where nothing of the kind stands before it */
export function withoutGoods(text: string, asked: Unit | undefined): string | null {
  const patterns = asked === 'yuan' ? [EARNED, SPENT_ON] : asked !== undefined && MEASURES.has(asked) ? [MEASURED] : []
  for (const pattern of patterns) {
    const found = pattern.exec(text)
    if (found) return text.slice(found[0].length)
  }
  return null
}
