/**
 * What a said day may be when it may be several: 三四天前, 三月五六号, 前几天, 上个月十五 (of which calendar?). Each is given as the
 * text that would say it alone.
 */
import { readNumeral } from './numeral.ts'

const D = '[零一二三四五六七八九十廿卅两]'
const digits = '[一二三四五六七八九]'

/** 前几天 is three to seven days ago, 前两天 one to three. */
const FEW: readonly (readonly [pattern: RegExp, days: readonly number[], direction: string])[] = [
  [/^(?:就是?)?(?:前|上)(?:几|些)(?:天|日)(?:子)?$|^(?:好)?几天(?:前|以前|之前)$/, [3, 4, 5, 6, 7], '前'],
  [/^前(?:两|一两|天把|一二)天$/, [1, 2, 3], '前'],
  [/^(?:再)?(?:过|等)(?:两|一两|一二)天$/, [1, 2, 3], '后'],
  [/^(?:再)?(?:过|等)几天$|^几天(?:后|以后|之后)$/, [3, 4, 5, 6, 7], '后'],
  [/^十天半个?月(?:前|以前|之前)$/, [10, 15], '前'],
]
const AGO = new RegExp(`^(${D}{2,3})(个)?(天|日|周|星期|礼拜|月|年)(前|以前|之前|后|以后|之后)$`)
const SPOKEN_DAYS = new RegExp(`^(.*月)?(初)?(${D}{2,3})([号日])?$`)
const TWO_DAYS = new RegExp(
  `^(?<month>.*月)?(?<first>初)?(?<a>${D}{1,3}|\\d{1,2})[号日]?(?:[、,~到至和或-]|或者|还是)初?(?<b>${D}{1,3}|\\d{1,2})(?<mark>[号日])?$`,
)
/** 三月三, 五月五: as likely a feast of the lunar calendar as a civil date. */
const EITHER = /^(?:二月二|三月三|四月八|五月五|六月六|七月七|九月九)$/
/** From the eleventh on nobody says 初: without 号 it may be either calendar's day. */
const UNMARKED = new RegExp(`^((?:.*年)?)(${D}{1,2})月(十${digits}|二?十${digits}?|三十|廿${digits}?)$`)
const OF_MONTH = new RegExp(`^(上上个?|上个?|前个?|这个?|本|下个?)月的?(十${digits}|二十${digits}?|三十|廿${digits}?)$`)
const ALONE = new RegExp(`^(?:十[二三四五六七八九]|二十${digits}?|三十|廿${digits}?)$`)

/** The two or three that 五六, 三四五 names; null for one number. */
function several(run: string): readonly number[] | null {
  const read = readNumeral(run)
  return read && read.end === run.length && read.values.length > 1 ? read.values : null
}

/**
 * @param spoken without blanks and fillers
 * @param civil that calendar was named
 * @returns null where the text can mean one day only
 */
export function dayChoices(spoken: string, civil: boolean): readonly string[] | null {
  for (const [pattern, days, direction] of FEW)
    if (pattern.test(spoken)) return days.map((day) => `${day}天${direction}`)
  if (/^前[两几]年$/.test(spoken)) return spoken === '前两年' ? ['去年', '前年'] : null
  const ago = AGO.exec(spoken)
  const amounts = ago && several(ago[1] as string)
  if (amounts) return amounts.map((amount) => `${amount}${ago[2] ?? ''}${ago[3]}${ago[4]}`)
  if (!civil) {
    if (EITHER.test(spoken) || UNMARKED.test(spoken)) return [`农历${spoken}`, `${spoken}号`]
    const ofMonth = OF_MONTH.exec(spoken)
    if (ofMonth) return [`${ofMonth[1]}月农历${ofMonth[2]}`, `${spoken}号`]
    if (ALONE.test(spoken)) return [`农历${spoken}`, `${spoken}号`]
  }
  const list = SPOKEN_DAYS.exec(spoken)
  const days = list && (list[2] || list[4]) ? several(list[3] as string) : null
  if (days) return days.map((day) => `${list?.[1] ?? ''}${list?.[2] ?? ''}${day}${list?.[4] ?? ''}`)
  const two = TWO_DAYS.exec(spoken)?.groups
  if (!two || (two['mark'] === undefined && two['first'] === undefined)) return null
  const [month = '', lunar = '', mark = ''] = [two['month'], two['first'], two['mark']]
  return [two['a'], two['b']].map((day) => `${month}${lunar}${day}${mark}`)
}
