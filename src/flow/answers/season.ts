/** 前年冬天, 去年夏天, 暑假, 开学: a part of the year without a day; its first month stands for it. */
import type { PlainDate } from '../../base/time.ts'
import { partsOf, plainDate } from '../../base/time.ts'
import type { DateReading } from './date-reading.ts'
import { aroundToday, options } from './date-reading.ts'
import { YEAR_PATTERN, yearNamed } from './date-text.ts'
import { feastDay, lunarYear } from './feasts.ts'

/** March, June, September, December: as the weather service divides the year. */
const SEASONS: Readonly<Record<string, number>> = {
  春: 3, 夏: 6, 秋: 9, 冬: 12, spring: 3, summer: 6, autumn: 9, fall: 9, winter: 12,
} // prettier-ignore
const SEASON = new RegExp(`^${YEAR_PATTERN}?的?(?<season>[春夏秋冬])(?:天|季|里|上|天家)$`)
const ENGLISH =
  /^(?:(?:in|since) )?(?:(?<which>last|this|next) |the )?(?<season>spring|summer|autumn|fall|winter)(?: of)?(?: (?<year>\d{4}))?$/
const HOLIDAY = new RegExp(`^${YEAR_PATTERN}?的?(?:放)?暑假(?:期间|里)?$`)
const TERM = /^(?:9月)?(?:开学|报名|报到)(?:那天|当天|的时候|时)?$/

function monthIn(today: PlainDate, year: number | null, month: number, latest: boolean): DateReading {
  const [thisYear] = partsOf(today)
  const start = (each: number): PlainDate | null => plainDate(each, month, 1)
  const near = aroundToday(today, thisYear, start)
  const starts = year !== null ? [start(year)] : latest ? near.filter((day) => day <= today) : near
  return options(
    starts.flatMap((date) => (date ? [{ date, precision: 'month' as const, approximate: true as const }] : [])),
  )
}

/** @param text as spoken, or English @returns null for what is no part of the year */
export function seasonOf(text: string, today: PlainDate): DateReading | null {
  const [thisYear] = partsOf(today)
  const groups = SEASON.exec(text)?.groups
  if (groups) return monthIn(today, yearNamed(groups, thisYear), SEASONS[groups['season'] as string] as number, false)
  const english = ENGLISH.exec(text)?.groups
  if (english) {
    const year =
      english['year'] === undefined ? (english['which'] === 'next' ? thisYear + 1 : null) : Number(english['year'])
    return monthIn(today, year, SEASONS[english['season'] as string] as number, english['which'] === 'last')
  }
  const holiday = HOLIDAY.exec(text)?.groups
  if (holiday) return monthIn(today, yearNamed(holiday, thisYear), 7, false)
  return TERM.test(text) ? schoolBegins(text, today) : null
}

/** School begins twice a year, and in spring on a day that differs: asked. */
function schoolBegins(text: string, today: PlainDate): DateReading | null {
  const autumn = plainDate(partsOf(today)[0], 9, 1)
  const spring = feastDay(lunarYear(today), [1, 16])
  if (!autumn || !spring) return null
  const days = text.startsWith('9月') ? [autumn] : [autumn, spring]
  return days.length === 1
    ? options([{ date: autumn, approximate: true }])
    : { kind: 'ask', options: days.map((date) => ({ date })) }
}
