/** date: a day, in either calendar, by name, by number or counted from today. */
import type { PlainDate } from '../../base/time.ts'
import { dateAt, parsePlainDate } from '../../base/time.ts'
import type { DateOption, DateReading } from './date-reading.ts'
import { dateText } from './date-text.ts'
import { englishDay } from './english-date.ts'
import { aroundNewYear, lunarDay } from './lunar-day.ts'
import { REASONS } from './reasons.ts'
import { relativeDay } from './relative-day.ts'
import { solarDay } from './solar-day.ts'
import type { Asked, Said, Understanding } from './understanding.ts'

const LONGEST = 60

/** The time of day after a day: 昨天上午10点. */
const CLOCK =
  /(?<=.) ?(?:[零一二两三四五六七八九十]{1,3}|\d{1,2})(?:点(?:钟|半|[一二三]刻|[零一二三四五六七八九十\d]{1,3}分?)?|:\d\d)(?:左右|的样子)?$/

/** @param text normalised @returns null for what is no date */
export function readDate(text: string, today: PlainDate): { reading: DateReading; approximate: boolean } | null {
  if (text.length > LONGEST) return null
  return dayIn(text, today) ?? (CLOCK.test(text) ? dayIn(text.replace(CLOCK, ''), today) : null)
}

function dayIn(text: string, today: PlainDate): { reading: DateReading; approximate: boolean } | null {
  const said = dateText(text)
  const reading =
    relativeDay(said.spoken, today) ??
    relativeDay(said.text, today) ??
    lunarDay(said, today) ??
    solarDay(said.text, today) ??
    aroundNewYear(said.spoken, today) ??
    englishDay(text, today)
  return reading && { reading, approximate: said.approximate || /^(?:about|around|maybe) /.test(text) }
}

/** Years that a form about living people may hold. */
const plausible = ({ date }: DateOption): boolean => date >= '1900-01-01' && date <= '2100-12-31'

const shown = (option: DateOption): string =>
  option.precision === 'month'
    ? option.date.slice(0, 7)
    : option.precision === 'year'
      ? option.date.slice(0, 4)
      : option.date

/** `YYYY-MM-DD`. @returns null for anything else or a day that does not exist. */
export function literalDate(text: string): Understanding | null {
  const date = text.length === 10 && text[4] === '-' ? parsePlainDate(text) : null
  return date && { result: 'understood', value: date, literal: true, echo: date }
}

/** @param text normalised */
export function parseDate(text: string, asked: Asked, said: Said): Understanding {
  const read = readDate(text, dateAt(said.at, said.zone))
  if (!read) return { result: 'not_understood' }
  if (read.reading.kind === 'impossible') return { result: 'not_allowed', why: REASONS.day }
  const likely = read.reading.options.filter(plausible)
  const allowed = likely.filter(({ date }) => asked.allows?.(date) ?? true)
  const list = allowed.length > 0 ? allowed : likely
  const [first] = list
  if (!first) return { result: 'not_allowed', why: REASONS.day }
  if (read.reading.kind === 'ask' && list.length > 1)
    return { result: 'ambiguous', candidates: list.map(({ date }) => ({ value: date, echo: date })) }
  return {
    result: 'understood',
    value: first.date,
    literal: false,
    echo: shown(first),
    ...((read.approximate || first.approximate) && { approximate: true as const }),
    ...(first.precision && { precision: first.precision }),
  }
}
