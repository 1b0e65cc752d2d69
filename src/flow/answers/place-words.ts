/** How people name the place they live in: the words around a name, and what a name is without the word for its kind. */
import { normalise, unspaced } from './normalise.ts'

const SUFFIX =
  /(?:行政村|自然村|居委会|村委会|居民委员会|村民委员会|社区|村|街道办事处|街道|镇|乡|土家族苗族自治州|苗族土家族自治州|土家族自治县|苗族自治县|自治县|自治州|县|市|区|省|寨|组)$/
const LATIN_SUFFIX = /(?:cun|shequ|zhen|xiang|jiedao|xian|shi)$/

/** Without the word for its kind; a name of one character keeps it (大村). */
export function stem(name: string): string {
  const short = name.replace(SUFFIX, '')
  return short.length >= 2 ? short : name
}

/** Names in the registry are mostly plain characters: no need to look twice. */
export const shape = (text: string): string => (/^[\u4E00-\u9FFF/]+$/.test(text) ? text : unspaced(normalise(text)))

export const latinStem = (pinyin: string): string => {
  const short = pinyin.replace(LATIN_SUFFIX, '')
  return short.length >= 2 ? short : pinyin
}

const HOME = /^(?:我们?家?|俺|咱)?(?:家)?(?:住|在|是)*(?:住?在)?/
const AROUND = /(?:的|人|这边|那边|这里|那里|里头|里面)+$/

/** 我家在矮寨镇那边 → 矮寨镇. */
export const withoutHome = (text: string): string => text.replace(HOME, '')
export const withoutFrame = (text: string): string => text.replace(HOME, '').replace(AROUND, '')

const FRAME =
  /^(?:我们?|俺们?|咱们?|家|屋|老家|里|头|住|在|是|的|人|这边|那边|来自|于|属于|就|嗯|呃|额|哎|那个|这个|啊|吧|呢|哦|嘛|嘞|了|第|一|二|三|四|五|六|七|八|九|十|\d|小?组|号|生产队|大队|队|屯|寨|自然|委会?|支部|部|[,，、。./ -]|湖南省?|贵州省?|湘西州?|土家族苗族自治州)*$/

/**
 * Nothing of weight is left beside the name and its upper levels: 我家在矮寨阳孟, and not 阳孟来的亲戚住坪坝.
 * @param levels of the place's path, the name last
 */
export function coversAll(text: string, levels: readonly string[]): boolean {
  let rest = text
  for (const level of [...levels].reverse()) {
    const full = shape(level)
    rest = rest.includes(full) ? rest.replaceAll(full, ' ') : rest.replaceAll(stem(full), ' ')
  }
  return FRAME.test(rest.replace(/村|社区|镇|乡|县|市|街道/g, ''))
}

const DIGITS = '零一二三四五六七八九'

/** 18洞村 → 十八洞村; only numbers below a hundred are written so in names. */
export const spelledDigits = (text: string): string =>
  text.replace(/\d+/g, (digits) => {
    const value = Number(digits)
    if (digits.length > 2 || value === 0) return digits
    const [tens, ones] = [Math.floor(value / 10), value % 10]
    const ten = tens === 0 ? '' : tens === 1 ? '十' : `${DIGITS[tens]}十`
    return ten + (ones === 0 ? '' : (DIGITS[ones] as string))
  })
