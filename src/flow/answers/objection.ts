/** “That's wrong”, said of what was just read back. */
import { normalise, unspaced } from './normalise.ts'

const WRONG =
  /^(?:搞|弄|记|写|说|听|讲|看)?(?:错了?|错咯|岔了)(?:嘛|啊|呀|哦)?$|^(?:你|您)?(?:记|写|听|搞|弄)(?:的)?(?:不对|错|错了|得不对)$|^不是这个(?:数|意思|人|村)?$|^不是的?[,，]?(?:错了|搞错了|改一下)$|^(?:我)?(?:要|想)改(?:一下|一改)?$|^改(?:一下|一改|改|掉)$|^(?:wrong|that'?s ?wrong|not ?right|mistake|change ?it)$/
/** A clear no at a question that is answered with yes or no. */
const MAY_BE_NO = /^(?:不对|不对头|不对的|不对嘛|不对啊|不正确|不是这样|不是这样的|不是|不是的)$/

const LONGEST = 12

/** @param isYesNo the open question takes a no for an answer */
export function isObjection(text: string, isYesNo: boolean): boolean {
  if (text.length > LONGEST) return false
  const said = unspaced(normalise(text))
  return WRONG.test(said) || (!isYesNo && MAY_BE_NO.test(said))
}
