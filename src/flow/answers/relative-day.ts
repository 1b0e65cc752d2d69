/** Days counted from today: 昨天, 三天前, 上周三, 半个月前, 刚才. */
import type { PlainDate } from '../../base/time.ts'
import { addDays, addMonths, partsOf, plainDate, weekdayOf } from '../../base/time.ts'
import type { DateReading } from './date-reading.ts'
import { exactly, options } from './date-reading.ts'

const DAYS: Readonly<Record<string, number>> = {
  今天: 0, 今日: 0, 今朝: 0, 今儿: 0, 今儿个: 0, 当天: 0, 今: 0, 现在: 0, 刚才: 0, 刚刚: 0, 刚: 0, 才: 0, 今早: 0, 今晚: 0, 今夜: 0, 马上: 0, 随时: 0, 立刻: 0,
  今个: 0, 今儿早: 0, 今黑: 0, 今朝早: 0, 方才: 0, 将才: 0, 将将: 0, 昨个: -1, 昨朝: -1, 昨黑: -1, 昨晚夕: -1, 夜儿: -1, 夜儿个: -1, 夜个: -1, 夜里个: -1, 夜黑: -1, 先天: -1, 前个: -2, 前儿个: -2, 前朝: -2,
  前天晚: -2, 大前儿: -3, 大前儿个: -3, 大前朝: -3, 上前天: -3, 外前天: -3, 先前天: -3, 大大前天: -4, 明个: 1, 明儿个: 1, 赶明儿: 1, 赶明: 1, 明: 1, 明清早: 1, 后儿个: 2, 后朝: 2, 外后天: 3, 大后儿: 3,
  今早上: 0, 今天早: 0, 昨天: -1, 昨日: -1, 昨儿: -1, 昨儿个: -1, 昨晚: -1, 昨夜: -1, 昨: -1, 头天: -1, 夜来: -1, 前天: -2, 前日: -2, 前儿: -2, 前晚: -2,
  大前天: -3, 大前日: -3, 明天: 1, 明日: 1, 明朝: 1, 明儿: 1, 明早: 1, 明晚: 1, 后天: 2, 后日: 2, 后儿: 2, 大后天: 3, 大后日: 3,
} // prettier-ignore

const WEEKDAYS: Readonly<Record<string, number>> = {
  1: 1, 2: 2, 3: 3, 4: 4, 5: 5, 6: 6, 日: 7, 天: 7, 七: 7, 7: 7, 末: 6,
} // prettier-ignore
const WEEK = /^((?:上上|下下|上|前|这|本|下)个?)?(?:周|星期|礼拜)([1-7日天末七])?$/
const WEEK_SHIFTS: Readonly<Record<string, number>> = { 上上: -2, 前: -2, 上: -1, 这: 0, 本: 0, 下: 1, 下下: 2 }

const COUNTED =
  /^(?:有|再过|还有|还要|过|再等|等)?(半|\d+)(?:来|多|几)?(个)?(?:[来多把])?(半)?(天|日|周|星期|礼拜|月|年)(?:多|半)?(前|以前|之前|了|后|以后|之后|过后)?$/

const AHEAD = /^(?:再过|还有|还要|过|再等|等)/

/** Monday of the week that a day is in. */
const monday = (day: PlainDate): PlainDate => addDays(day, -((weekdayOf(day) + 6) % 7))

function weekday(text: string, today: PlainDate): DateReading | null {
  const found = WEEK.exec(text)
  if (!found) return null
  const [, which, day] = found
  if (which === undefined && day === undefined) return null
  const shift = which === undefined ? 0 : (WEEK_SHIFTS[which.replace('个', '')] as number)
  const start = addDays(monday(today), 7 * shift)
  if (day === undefined) return options([{ date: start, approximate: true }])
  const date = addDays(start, (WEEKDAYS[day] as number) - 1)
  const about = day === '末' ? { approximate: true as const } : {}
  if (which !== undefined) return options([{ date, ...about }])
  return options([date, addDays(date, -7), addDays(date, 7)].map((each) => ({ date: each, ...about })))
}

function dayAway(today: PlainDate, days: number, roughly: boolean): DateReading {
  const date = addDays(today, Math.trunc(days))
  return roughly || days % 1 !== 0 ? options([{ date, approximate: true }]) : exactly(date)
}

/** 三天前 is a day; weeks, months and years ago are meant roughly. */
function counted(text: string, today: PlainDate): DateReading | null {
  const found = COUNTED.exec(text)
  if (!found) return null
  const [, number, piece, half, unit, said] = found
  const direction = said === undefined && AHEAD.test(text) ? '后' : said
  if (direction === undefined || (direction === '了' && unit === '月' && piece === undefined)) return null
  const amount = (number === '半' ? 0.5 : Number(number)) + (half === undefined ? 0 : 0.5)
  const signed = direction.includes('后') ? amount : -amount
  if (amount > 4_000) return null
  if (unit === '天' || unit === '日') return dayAway(today, signed, /[来多几]/.test(text))
  if (unit === '周' || unit === '星期' || unit === '礼拜')
    return options([{ date: addDays(today, Math.round(signed * 7)), approximate: true }])
  const months = unit === '年' ? signed * 12 : signed
  if (Math.abs(months) > 1_400) return null
  const whole = addMonths(today, Math.trunc(months))
  const date = addDays(whole, Math.round((months - Math.trunc(months)) * 30))
  return options([{ date, approximate: true }])
}

export function relativeDay(text: string, today: PlainDate): DateReading | null {
  const plain = text.replace(/(?:早上|早晨|清早|上午|中午|下午|傍晚|晚上|夜里|白天)$/, '')
  const days = DAYS[plain] ?? DAYS[text]
  if (typeof days === 'number') return exactly(addDays(today, days))
  const shifted = weekday(plain, today) ?? counted(plain, today)
  if (shifted) return shifted
  const sameDay = /^(去年|前年|明年|今年)的?(今天|这个?时候|这会儿|这几天)$/.exec(text)
  if (!sameDay) return null
  const [year, month, day] = partsOf(today)
  const date = plainDate(year + ({ 去年: -1, 前年: -2, 明年: 1, 今年: 0 }[sameDay[1] as string] ?? 0), month, day)
  return sameDay[2] === '今天' || !date ? exactly(date) : options([{ date, approximate: true }])
}
