/**
 * A household told in parts: 6口人，在外打工2个; 五口，其中两个读书; 户口上六个，实际住四个. Whether the parts are in the whole or
 * on top of it is asked, never guessed.
 */
import { readNumeral } from './numeral.ts'

const NUMBER = /(?!一(?:共|起|家|直|般))[零一二两三四五六七八九十百俩仨廿\d]+(?:个|口|名|位)?(?:半大)?(?:人|子)?/g
const MOST_PARTS = 4

/** Words that may stand around the numbers; anything else tells a story. The longer of two that begin alike comes first. */
const AROUND = new RegExp(
  '#|[,，、。;； ]|我们|我|俺们|俺|咱们|咱|家里|家|屋里|屋头|全家|一家|一共|一起|总共|共|就|只|还|都|也|的|了|是|有病|有|那个|另外|再加|加上|其中|里面|里头|' +
    '包括|除了|除开|除去|不算|没算|不包括|在外面|在外|外面|外出|外头|外地|打工|务工|上班|做工|挣钱|读书|上学|上面|念书|读大学|在校|当兵|出嫁|嫁出去|嫁|分出去|分家|' +
    '死|走|老人家|老人|老的|大人|小孩子|小孩|孩子|细伢子|娃娃|娃儿|娃|学生|小的|劳力|劳动力|能做事|能干活|残疾|生病|病人|户口本|户口簿|户口|户籍|实际|真正|' +
    '常年|常住|在家|住起|住|不在家|在一起|过|吃饭|现在|目前|平时|上',
  'y',
)

/** Word for word, never going back: the time it takes grows with the text only. */
function isPlain(skeleton: string): boolean {
  AROUND.lastIndex = 0
  while (AROUND.lastIndex < skeleton.length) if (!AROUND.test(skeleton)) return false
  return true
}

const WITHIN = /其中|里面|里头|包括#?$|#包括/
const WITHOUT = /除了|除开|除去|不算|没算|不包括/
const KINDS = /老人|老的|大人|小孩|孩子|细伢|娃|学生|小的|劳力|劳动力|能做事|能干活|残疾|有病|生病|病人/
const RECORDED = /户口|户籍|实际|真正/

export interface Household {
  readonly values: readonly number[]
  /** Even a single value is asked back. */
  readonly unsure: boolean
}

/** @param text normalised, short @returns null when it is not told in parts */
export function householdInParts(text: string): Household | null {
  const numbers: number[] = []
  let counted = false
  const skeleton = text.replace(NUMBER, (run) => {
    const read = readNumeral(run)
    counted ||= /[个口名位人]/.test(run)
    numbers.push(read?.values.length === 1 && !read.vague ? (read.values[0] as number) : Number.NaN)
    return '#'
  })
  const [total, ...parts] = numbers
  if (total === undefined || numbers.length > MOST_PARTS || numbers.some((n) => Number.isNaN(n))) return null
  if (!counted || !isPlain(skeleton)) return null
  if (WITHOUT.test(skeleton)) return { values: [total], unsure: true }
  if (parts.length === 0) return { values: [total], unsure: false }
  const sum = parts.reduce((all, part) => all + part, 0)
  if (WITHIN.test(skeleton)) return sum <= total ? { values: [total], unsure: false } : null
  if (sum === total) return { values: [total], unsure: false }
  if (RECORDED.test(skeleton)) return { values: [total, ...parts], unsure: true }
  const apart = KINDS.test(skeleton) && sum <= total ? [] : [total + sum]
  return { values: [...new Set([total, ...apart, sum])], unsure: true }
}
