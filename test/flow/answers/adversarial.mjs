/** What makes a careless pattern go back and forth: pieces of answers, said over and over, with an ending that fits none. */
export const ADVERSARIAL_PIECES = [
  ...'生的 去的 来的 的时候 自从 从自从 那会儿 了吧 出生的 一 十 百 千 万 亿 三千 一万 零 点 三点 两 半 个 个半 多 来 几 到 年 3年 月 3月 初 农历 上个月 前 天 块 钱 斤 亩 口 人'.split(' '),
  ...'我 老伴 和 和老伴 加 嗯 那个 没 没有 一分没有 没钱 钱没有 属 属龙 大概 大约 都 也都 停了 停水 就是 在从 早上晚上 在家 出嫁的 死了的 一起 六口人， 三个， 打工三万， 水田两亩 是不是 第一 全部 除了 村 县 阳孟村'.split(' '),
  ...'- 1 1, 1,000, .5 0. 3- : :30 10:30 13800138000 1380 +86 11010519491231002X 28.31 109.73, a and half hundred three of march last day ago'.split(' '),
  ...'， 、 ; 。 ( ） ? ～ \u202e \u200f \u0000 \u0007 😀 👨‍👩‍👧 ﷽ é ॐ ﾊﾟ ٣ ½ م א ཨ ꀀ \ud800 \ufeff'.split(' '),
  ' ',
  '\n',
  '\t ',
] // prettier-ignore

export const ADVERSARIAL_ENDS = ['', 'x']
