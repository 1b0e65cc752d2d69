/** “I don't know”, “none” and the sounds between words, for every typed answer. */
import { unspaced } from './normalise.ts'

const UNKNOWN = new Set(
  (
    '不知道 不晓得 不清楚 说不清 说不清楚 讲不清 讲不清楚 搞不清 搞不清楚 弄不清 不记得 不记得了 记不得 记不得了 记不清 记不清了 ' +
    '忘了 忘记了 不太清楚 不大清楚 不太知道 不确定 说不准 说不好 讲不好 不好说 不好讲 难说 难讲 没数 心里没数 晓不得 晓不得了 认不到 ' +
    '不晓得了 不知道了 不懂 没算过 没记 算不清 算不清楚 不详 未知 哪晓得 哪个晓得 谁知道 我不知道 我不晓得 我也不知道 我也不晓得 也不知道 ' +
    '真不知道 确实不知道 不知 唔知 弗晓得 勿晓得 说不来 讲不来 认不得 认不倒 晓求不得 晓毬不得 弄不懂 搞不懂 说不上 说不上来 讲不上来 谁晓得 哪个知道 鬼晓得 天晓得 记不起 记不起来 忘记咯 忘咯 没算 没算过账 不记数 没记数 想不起来 想不起 想不起来了 ? ?? ??? ' +
    "idontknow don'tknow idon'tknow dontknow dunno idunno notsure i'mnotsure noidea unknown idk cantsay can'tsay donotknow idonotknow"
  ).split(' '),
)

const TAIL = /(?:[呀啊哦呢嘛吧哟咯哩嘞诶哎]|了)+$/
const LEAD = /^(?:[嗯呃额哦啊哎诶唉喔欸]+|那个|这个|就是|其实|真的?|我们?|俺|咱|这)[,，、。.…~ ]*/

/** Longer texts tell something: what surrounds it does not matter, and looking for it would take time. */
const LONGEST_BARE = 80

/** Without the sounds people make before and after. Never empties a text. */
export function bare(text: string): string {
  if (text.length > LONGEST_BARE) return text
  let rest = text
  for (let turn = 0; turn < 6; turn++) {
    const next = rest.replace(LEAD, '').replace(TAIL, '')
    if (next === '' || next === rest) break
    rest = next
  }
  return rest
}

/** 不知道, 不晓得, 记不清 … as the whole of a normalised text. */
export function isUnknown(text: string): boolean {
  if (text.length > 30) return false
  const tight = unspaced(text)
  return UNKNOWN.has(tight) || UNKNOWN.has(tight.replace(TAIL, '')) || UNKNOWN.has(bare(tight))
}

const NONE =
  /^(?:(?:目前|现在|今年|家里|屋里|屋头|一直|暂时|确实|真的?|还|啥|什么|哪个|谁|根本|基本上?|一?[分毛块个点样角文斤亩天头只人口户次]|半[分毛个斤亩]|一分一毛|一点点|一个子儿?|[钱都也]))*(?:没有?|冇有?|莫有|没得|莫得|冇得|无得|无|莫|零|空白|冒得|冇得有)(?:什么|啥|人|钱|收入|花费?|用|挣到?|赚|掏|得|去|哪个|一个|任何|过|地|田|土|存款|养|种|欠|借|停|有|到)*(?:了|的|过|呢|啊|呀|哦|嘛)*$/

const NONE_ENGLISH =
  /^(?:none|nothing|nobody|no ?one|nil|no|zero|not? any|no money|no income|nothing at all|none at all)$/

/** 没有, 一分没有, 莫得 … as the whole of a normalised text: zero of whatever was counted. */
export function isNone(text: string): boolean {
  if (text.length > 24) return false
  return NONE.test(bare(unspaced(text))) || NONE.test(unspaced(text)) || NONE_ENGLISH.test(text)
}
