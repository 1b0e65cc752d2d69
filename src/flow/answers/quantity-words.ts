/** What stands around a number: fillers, “about”, “a month”, “to”, people who are counted one by one. */

export type SaidWord =
  | { readonly kind: 'noise' }
  | { readonly kind: 'about' }
  /** The number was said for a part of the year: times this it is what the asked sum may be (a day: for a month). */
  | { readonly kind: 'per'; readonly times: number }
  | { readonly kind: 'to' }
  | { readonly kind: 'and' }
  | { readonly kind: 'minus' }
  | { readonly kind: 'half' }
  /** Money that was owed or lost: whether it is the sum that was asked is asked back. */
  | { readonly kind: 'owed' }
  | { readonly kind: 'self' }
  | { readonly kind: 'kin' }

const as = (word: SaidWord, words: string): (readonly [string, SaidWord])[] => words.split(' ').map((w) => [w, word])

const ENTRIES: readonly (readonly [string, SaidWord])[] = [
  ...as(
    { kind: 'noise' },
    '嗯 呃 额 哦 噢 啊 呀 嘛 吧 呢 哈 咯 哟 哩 嘞 唉 诶 哎 喔 了 的 就 是 就是 那个 这个 那 这 就我们 只有我们 我家 我们家 俺家 咱家 我屋 我屋里 我屋头 我们 ' +
      '屋里 屋头 家里 家头 屋 全家 全家人 我们一家 我们全家 总共 一共 统共 拢共 合共 总的 加起来 算起来 合起来 共 有 只有 就有 还有 才有 现有 现在 目前 今年 ' +
      '这一年 一起 一起过日子 过日子 吃饭 住 才 只 也就 也 都 说 我说 回 回答 答案 花了 花 用了 用 掏了 掏 挣了 挣 挣钱 赚了 赚 收入 收 得了 得 要 想要 停了 停水 ' +
      '卖 种了 种 养了 养 喂了 喂 交了 交 自己 自费 剩 剩下 给 拿 能挣钱 在挣钱 打工 整 正好 刚好 刚刚 足足 谁 算 活 今年多大 虚 满 快满 工资 钱数 ' +
      '养老金 养老 低保 低保金 退休金 补助 补贴 看病 住院 上学 读书 学费 修房 报销完 报销后 医药费 药费 租金 纯收入 务工 卖菜 掏钱 总收入 全年收入 花费 之家 老小 老老小小 大大小小 老少 在 在家 在外 在外面 外面 外出 在挣 在干 虚岁 周岁 来回 往返 要走 走路 停了有 已经 ' +
      '撒 噻 咧 呗 哒 啵 哎呀 实岁 足岁 刚满 还能放 能放 放得 可以放 放 花掉 花掉了 用掉 用掉了 花脱 用脱 自己出了 自己出 出了 报了以后还花 报了还花 净赚 净挣 净收入 毛收入 搞了 搞得 弄了 弄得 ' +
      '卖得 卖了 得到 屋里头 屋头里 堂屋里 家屋里 常住 家庭人口 人口 全部 租了 流转了 荒了 包了 承包了 单边 单程 骑车 坐车 开车 走 走路要 落 落得 进账 到手 手头 人民币 毛重 净重 可以 ' +
      'he she they is.about am a.family family children.and now old spent.about it.is it.was for live.here ' +
      'i we are is there of us have has had in my our family household the it s and just only its about.it were was earn spent spend think got total altogether',
  ),
  ...as({ kind: 'to' }, '到 至 - ~ — – 或 或者 还是 to or'),
  ...as({ kind: 'and' }, '和 跟 与 同 加 加上 还有 以及 带 and with plus'),
  ...as(
    { kind: 'about' },
    '怕 怕有 怕是 大概 大约 大致 差不多 约 约莫 可能 好像 估计 应该 应该是 应该有 左右 上下 将近 接近 近 不到 不足 超过 快 快有 出头 以上 以内 以下 上 打底 起码 至少 最少 最多 顶多 ' +
      '大概有 大概是 差不多有 多 多点 多一点 一点 样子 的样子 边边 估摸 估摸着 差不离 + about around approximately roughly maybe nearly almost over more.than less.than at.least up.to some or.so ~',
  ),
  ...as(
    { kind: 'per', times: 12 },
    '一个月 每个月 每月 一月 个月 月 /月 月薪 月入 月工资 月收入 按月 月月 一个月大概 per.month a.month monthly /month every.month',
  ),
  ...as(
    { kind: 'per', times: 1 },
    '一年 每年 一年到头 一年下来 全年 年收入 年入 年薪 /年 每一年 年年 per.year a.year yearly /year every.year annually',
  ),
  ...as({ kind: 'per', times: 30 }, '一天 每天 一日 每日 日薪 日工资 日结 /天 天天 per.day a.day daily /day every.day'),
  ...as(
    { kind: 'per', times: 52 },
    '一周 每周 一星期 一个星期 每星期 每个星期 一礼拜 一个礼拜 每个礼拜 /周 per.week a.week weekly /week',
  ),
  ...as({ kind: 'per', times: 4 }, '一季度 一个季度 每季度 每个季度 按季度 per.quarter quarterly'),
  ...as({ kind: 'per', times: 2 }, '半年 每半年 一学期 一个学期 每学期 每个学期 per.term a.term half.a.year'),
  ...as({ kind: 'minus' }, '负 − - minus'),
  ...as({ kind: 'half' }, '半'),
  ...as(
    { kind: 'owed' },
    '欠 欠了 欠着 还欠 还欠着 欠债 欠账 欠人家 欠别人 欠银行 欠信用社 倒欠 倒贴 倒贴了 负债 借 借了 借着 贷 贷了 贷款 贷了款 亏 亏了 亏本 亏损 亏掉 亏掉了 蚀本 蚀了 赔 赔了 赔了钱 赔本 owe debt lost in.debt',
  ),
  ...as({ kind: 'self' }, '我 本人 俺 咱 就我 只有我 me myself and.i'),
  ...as(
    { kind: 'kin' },
    '老伴 老伴儿 老婆子 婆姨 老爹 老娘 老母 老父亲 老母亲 娭毑 嗲嗲 满崽 满女 幺儿 幺女 重孙 孙崽 孙孙 侄儿 侄子 侄女 弟媳 嫂子 老弟 老妹 爷 奶 叔 伯 姑 舅 老婆 老公 爱人 婆娘 堂客 媳妇 丈夫 妻子 老头 老头子 老太婆 老太 爸 妈 爸爸 妈妈 父亲 母亲 爹 娘 老爸 老妈 爷爷 奶奶 公公 婆婆 外公 外婆 岳父 岳母 ' +
      '儿子 女儿 姑娘 闺女 崽 女 媳妇儿 儿媳 儿媳妇 孙子 孙女 孙儿 外孙 外孙女 哥哥 弟弟 姐姐 妹妹 哥 弟 姐 妹 兄弟 姊妹 ' +
      'wife husband son daughter mother father grandson granddaughter grandchild',
  ),
]

/** First character → words and their meanings, longest word first. A word may have several: 还有, -, 约. */
const BY_FIRST: ReadonlyMap<string, readonly (readonly [string, SaidWord])[]> = (() => {
  const map = new Map<string, (readonly [string, SaidWord])[]>()
  for (const [spelling, word] of ENTRIES) {
    const text = spelling.replaceAll('.', ' ')
    const first = text[0] as string
    map.set(first, [...(map.get(first) ?? []), [text, word]])
  }
  for (const list of map.values()) list.sort((a, b) => b[0].length - a[0].length)
  return map
})()

const isLetter = (char: string | undefined): boolean => char !== undefined && char >= 'a' && char <= 'z'

/** All words that begin at `at`, longest first. English words end where a word ends. */
export function* saidWordsAt(text: string, at: number): Generator<readonly [length: number, word: SaidWord]> {
  for (const [word, meaning] of BY_FIRST.get(text[at] as string) ?? []) {
    if (!text.startsWith(word, at)) continue
    if (isLetter(word.at(-1)) && isLetter(text[at + word.length])) continue
    yield [word.length, meaning]
  }
}
