import { DAY, HOUR, MINUTE, SECOND, formatInstant, instant, instantOf, offsetAt } from '../../base/time.ts'
import type { Instant, PlainDate } from '../../base/time.ts'

/** What a wall calendar and clock show: whole days since 1970-01-01, and milliseconds since midnight. */
export interface Wall {
  readonly day: number
  readonly ms: number
}

const DATE = /^([0-9]{4})-([0-9]{2})-([0-9]{2})/
const TIME = /^([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]{1,9}))?)?(Z|[+-][0-9]{2}(?::?[0-9]{2})?)?$/
const LAST_DAY = 2932896 // 9999-12-31

/** Day number of an ISO date or date-time (with the part of the day as its fraction) in local time, else NaN. */
export function dayNumber(text: string, zone: string): number {
  // Most answers are no dates: a digit first and a hyphen in the fifth place are cheap to look for.
  if (text.length < 10 || text.charCodeAt(4) !== 45) return NaN
  const wall = wallOf(text, zone)
  return wall === null ? NaN : wall.day + wall.ms / DAY
}

/** Reads `2026-03-05`, `2026-03-05T10:00:00.000+08:00`, `…Z`; without an offset it is local time. */
export function wallOf(text: string, zone: string): Wall | null {
  const match = DATE.exec(text)
  if (!match) return null
  const day = dayOf(Number(match[1]), Number(match[2]), Number(match[3]))
  if (Number.isNaN(day)) return null
  if (text.length === 10) return { day, ms: 0 }
  if (text[10] !== 'T') return null
  const time = timeOf(text.slice(11))
  if (time === null) return null
  if (time.offset === null) return { day, ms: time.ms }
  return wallAt(instant(day * DAY + time.ms - time.offset), zone)
}

export function wallAt(at: Instant, zone: string): Wall {
  const local = at + offsetAt(at, zone)
  const day = Math.floor(local / DAY)
  return { day, ms: local - day * DAY }
}

/** A day number with its fraction, to the nearest millisecond. @returns null outside the years 100 to 9999. */
export function wallOfDays(days: number): Wall | null {
  if (!(days >= -683003 && days < LAST_DAY + 1)) return null
  const ms = Math.round(days * DAY)
  const day = Math.floor(ms / DAY)
  return { day, ms: ms - day * DAY }
}

/** Milliseconds since midnight of `HH:MM[:SS[.sss]]`; an offset moves it to the zone's wall as of `at`. */
export function timeOfDay(text: string, at: Instant, zone: string): number | null {
  const time = timeOf(text)
  if (time === null) return null
  if (time.offset === null) return time.ms
  const ms = time.ms - time.offset + offsetAt(at, zone)
  return ((ms % DAY) + DAY) % DAY
}

function timeOf(text: string): { ms: number; offset: number | null } | null {
  const match = TIME.exec(text)
  if (!match) return null
  const [hours, minutes, seconds] = [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)]
  if (hours > 23 || minutes > 59 || seconds > 59) return null
  const fraction = Math.trunc(Number(`0.${match[4] ?? 0}`) * SECOND)
  const offset = match[5] === undefined ? null : offsetOf(match[5])
  if (offset !== null && Number.isNaN(offset)) return null
  return { ms: hours * HOUR + minutes * MINUTE + seconds * SECOND + fraction, offset }
}

function offsetOf(text: string): number {
  if (text === 'Z') return 0
  const digits = text.slice(1).replace(':', '')
  const [hours, minutes] = [Number(digits.slice(0, 2)), Number(digits.slice(2) || 0)]
  if (hours > 14 || minutes > 59) return NaN
  return (text[0] === '-' ? -1 : 1) * (hours * HOUR + minutes * MINUTE)
}

/** @returns NaN for a day that does not exist; years before 100 are none of ours. */
function dayOf(year: number, month: number, day: number): number {
  if (year < 100 || month < 1 || month > 12 || day < 1) return NaN
  if (day > 28 && day > daysIn(year, month)) return NaN
  return Date.UTC(year, month - 1, day) / DAY
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/** `YYYY-MM-DD` */
export const dateText = (wall: Wall): PlainDate => new Date(wall.day * DAY).toISOString().slice(0, 10) as PlainDate

/** ISO date-time with the zone's offset. */
export function dateTimeText(wall: Wall, zone: string): string {
  const time = new Date(wall.ms).toISOString().slice(11, 23)
  return formatInstant(instantOf(dateText(wall), time, zone), zone)
}

/** Whole calendar months from `from` to `to`, toward zero. */
export function monthsBetween(from: Wall, to: Wall): number {
  if (to.day < from.day || (to.day === from.day && to.ms < from.ms)) return -monthsBetween(to, from) + 0
  const [a, b] = [new Date(from.day * DAY), new Date(to.day * DAY)]
  const months = (b.getUTCFullYear() - a.getUTCFullYear()) * 12 + b.getUTCMonth() - a.getUTCMonth()
  // The last day of a shorter month completes a month begun on the 31st.
  const anniversary = Math.min(a.getUTCDate(), daysIn(b.getUTCFullYear(), b.getUTCMonth() + 1))
  const early = b.getUTCDate() < anniversary || (b.getUTCDate() === anniversary && to.ms < from.ms)
  return early ? months - 1 : months
}
