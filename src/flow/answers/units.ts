/**
 * Units as people say them. A quantity is asked in one unit; what is said in another of the same dimension is
 * converted: 1 公斤 = 2 斤, 1 担 = 100 斤, 1 公顷 = 15 亩, 1 亩 = 10 分 = 666.67 m².
 */
import type { Unit } from './understanding.ts'

export type Dimension = 'money' | 'person' | 'area' | 'weight' | 'time' | 'calendar' | 'animal' | 'piece' | 'thing'

export interface SpokenUnit {
  readonly dimension: Dimension
  /** In the dimension's base: yuan, person, mu, jin, minute (time), month (calendar), one. */
  readonly factor: number
  /** A kind of person (老人, 小孩) rather than a count of all: several kinds add up. */
  readonly kind?: true
  /** It has no fixed size: 一挑 is about 100 斤. */
  readonly rough?: true
}

const DOZEN = 12

const of = (dimension: Dimension, factor: number, words: string): (readonly [string, SpokenUnit])[] =>
  words.split(' ').map((word) => [word, { dimension, factor }] as const)

const kinds = (words: string): (readonly [string, SpokenUnit])[] =>
  words.split(' ').map((word) => [word, { dimension: 'person', factor: 1, kind: true }] as const)

const rough = (dimension: Dimension, factor: number, words: string): (readonly [string, SpokenUnit])[] =>
  words.split(' ').map((word) => [word, { dimension, factor, rough: true }] as const)

const ENTRIES: readonly (readonly [string, SpokenUnit])[] = [
  ...of('money', 1, '元 块 块钱 元钱 圆 元整 块整 钱 大洋 ¥ 人民币 rmb cny yuan kuai 块大洋'),
  ...of('money', 0.1, '角 毛 角钱 毛钱 jiao mao'),
  ...of('money', 0.01, '分 分钱'),
  ...of('person', 1, '人 口 口人 个人 位 名 口子 个 口子人 people persons person heads members member'),
  ...kinds('大人 小孩 小孩子 老人 老人家 孩子 娃 娃娃 娃儿 崽 崽崽 细伢 细伢子 细伢崽 细人 伢 伢子 伢崽 妹崽 妹子 女崽 男娃 女娃 男娃儿 女娃儿 小娃 小娃儿 小的 大的 老的 后生 学生 劳力 劳动力 病人 女人 男人 adults adult children child kids kid'),
  ...of('area', 1, '亩 亩地 亩田 亩土 亩山 亩林 mu'),
  ...of('area', 0.1, '分 分地 分田'),
  ...of('area', 15, '公顷 hectare hectares ha'),
  ...of('area', 100, '顷'),
  ...of('area', 0.01, '厘'),
  ...of('area', 0.0015, '平方米 平方 平米 平 m2 sqm'),
  ...of('weight', 1, '斤 市斤 jin catty catties'),
  ...of('weight', 2, '公斤 千克 kg kgs kilo kilos kilogram kilograms'),
  ...of('weight', 0.1, '两 liang'),
  ...of('weight', 0.01, '钱'),
  ...of('weight', 0.002, '克 g grams gram'),
  ...of('weight', 2_000, '吨 t ton tons tonne tonnes'),
  ...of('weight', 100, '担 dan'),
  ...of('weight', 200, '公担'),
  ...rough('weight', 100, '挑 石'),
  ...of('time', 1, '分钟 分 min mins minute minutes'),
  ...of('time', 15, '刻钟'),
  ...of('time', 60, '小时 钟头 个小时 个钟头 个钟 h hr hrs hour hours'),
  ...of('time', 1_440, '天 日 天时间 day days'),
  ...of('time', 10_080, '周 星期 个星期 礼拜 个礼拜 week weeks'),
  ...of('calendar', 1, '月 个月 month months'),
  ...of('calendar', 3, '个季度 季度'),
  ...of('calendar', 12, '年 岁 周岁 虚岁 years.old year years'),
  ...of('animal', 1, '头 只 匹 羽 条 个 口 猪 牛 羊 马 驴 鸡 鸭 鹅 兔 兔子 鱼 狗 蜂 母猪 小猪 黄牛 水牛 山羊 土鸡 head birds bird pigs cows chickens'),
  ...of('animal', 2, '对'),
  ...of('piece', 1, '件 个 袋 箱 筐 包 条 张 把 双 套 台 辆 副 根 块 瓶 桶 捆 车 担 挑 床 篓 背篓 背 piece pieces items boxes bags'),
  ...of('piece', DOZEN, '打'),
  ...of('thing', 1, '户 家 次 回 趟 遍 棵 株 栋 间 处 起 班 门 期 级 分 times households'),
] // prettier-ignore

/** Word → every meaning; 分 is money, land or time according to what was asked. */
export const SPOKEN_UNITS: ReadonlyMap<string, readonly SpokenUnit[]> = (() => {
  const map = new Map<string, SpokenUnit[]>()
  for (const [spelling, unit] of ENTRIES) {
    const word = spelling.replaceAll('.', ' ')
    map.set(word, [...(map.get(word) ?? []), unit])
  }
  return map
})()

interface AskedUnit {
  readonly dimensions: readonly Dimension[]
  readonly factor: number
  readonly zh: string
  readonly en: string
  /** English for exactly one, where it differs. */
  readonly one?: string
}

export const ASKED_UNITS: Readonly<Record<Unit, AskedUnit>> = {
  yuan: { dimensions: ['money'], factor: 1, zh: '元', en: 'yuan' },
  person: { dimensions: ['person'], factor: 1, zh: '人', en: 'people', one: 'person' },
  mu: { dimensions: ['area'], factor: 1, zh: '亩', en: 'mu' },
  jin: { dimensions: ['weight'], factor: 1, zh: '斤', en: 'jin' },
  kg: { dimensions: ['weight'], factor: 2, zh: '公斤', en: 'kg' },
  minute: { dimensions: ['time', 'calendar'], factor: 1, zh: '分钟', en: 'minutes', one: 'minute' },
  hour: { dimensions: ['time', 'calendar'], factor: 60, zh: '小时', en: 'hours', one: 'hour' },
  day: { dimensions: ['time', 'calendar'], factor: 1_440, zh: '天', en: 'days', one: 'day' },
  month: { dimensions: ['calendar', 'time'], factor: 1, zh: '个月', en: 'months', one: 'month' },
  year: { dimensions: ['calendar', 'time'], factor: 12, zh: '年', en: 'years', one: 'year' },
  head: { dimensions: ['animal'], factor: 1, zh: '头', en: 'head' },
  bird: { dimensions: ['animal'], factor: 1, zh: '只', en: 'birds', one: 'bird' },
  piece: { dimensions: ['piece', 'thing'], factor: 1, zh: '件', en: 'pieces', one: 'piece' },
}

/** A month is taken as 30 days and a year as 365 where days are asked or said. */
const MINUTES_OF = { month: 30 * 1_440, year: 365 * 1_440 }

export const isTime = (unit: Unit | undefined): boolean =>
  unit === 'minute' || unit === 'hour' || unit === 'day' || unit === 'month' || unit === 'year'

/** The meaning of a spoken unit that fits the asked one; the first meaning where none was asked; null if none fits. */
export function fitting(meanings: readonly SpokenUnit[], asked: Unit | undefined): SpokenUnit | null {
  if (asked === undefined) return meanings[0] ?? null
  const { dimensions } = ASKED_UNITS[asked]
  return meanings.find((meaning) => dimensions.includes(meaning.dimension)) ?? null
}

/** `value` spoken in `unit`, in the asked unit. `exact` is false where a month was counted as 30 days. */
export function convert(value: number, unit: SpokenUnit, asked: Unit | undefined): { value: number; exact: boolean } {
  if (asked === undefined)
    return {
      value:
        (unit.dimension === 'money' && unit.factor === 0.1) || (unit.dimension === 'piece' && unit.factor === DOZEN)
          ? round(value * unit.factor)
          : value,
      exact: true,
    }
  const target = ASKED_UNITS[asked]
  const own = target.dimensions[0]
  if (unit.dimension === own) return { value: round((value * unit.factor) / target.factor), exact: unit.rough !== true }
  if (unit.dimension === 'calendar') {
    const minutes = unit.factor === 12 ? MINUTES_OF.year : unit.factor * MINUTES_OF.month
    const inUnit = (value * minutes) / target.factor
    // Half a year is so many days, and not half a day more.
    return { value: asked === 'day' ? Math.round(inUnit) : round(inUnit), exact: false }
  }
  if (unit.dimension === 'time' && own === 'calendar') {
    const minutes = asked === 'year' ? MINUTES_OF.year : MINUTES_OF.month
    return { value: round((value * unit.factor) / minutes), exact: false }
  }
  return { value: round(value), exact: true }
}

const round = (value: number): number => Math.round(value * 1e6) / 1e6

/** `3,500 元`; the bare number where no unit was asked. */
export function echoOf(value: number, asked: Unit | undefined, language: string): string {
  if (asked === undefined) return String(value)
  const { zh, en, one } = ASKED_UNITS[asked]
  const [whole = '', fraction] = String(Math.abs(value)).split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  const unit = language.startsWith('en') ? (value === 1 ? (one ?? en) : en) : zh
  return `${value < 0 ? '-' : ''}${grouped}${fraction === undefined ? '' : `.${fraction}`} ${unit}`
}
