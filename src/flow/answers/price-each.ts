/** A price for one of them: 两块五一斤, 每头三千, 2块/斤. What it is counted in is known from elsewhere; the money is the answer. */
const ONE_OF = '(?:一|每|1)?(?:市斤|公斤|千克|斤|头|只|个|件|亩|箱|袋|筐|条|匹|瓶|包|枚|盒|吨)'
const BEHIND = new RegExp(`(?<=[元块角毛钱分\\d一二三四五六七八九十百千万]) ?(?:/ ?|(?=[一每1]))${ONE_OF}$`)
const BEFORE = new RegExp(`^(?=[一每1])${ONE_OF} ?(?:卖|要|是)?(?=[\\d零一二两三四五六七八九十百千万])`)

/** @param text normalised @returns the money alone; the text itself when no price for one was said */
export function withoutEach(text: string): string {
  const money = text.replace(BEHIND, '')
  return money === text ? text.replace(BEFORE, '') : money
}
