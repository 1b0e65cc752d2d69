/**
 * Time as the program speaks it: an Instant is a moment, a PlainDate a day on somebody's wall.
 * Zones are IANA names; only this file asks Intl for an offset.
 */

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number & { readonly __instant: unique symbol }

/** A civil day, `YYYY-MM-DD`. Sorts as text. */
export type PlainDate = string & { readonly __plainDate: unique symbol }

/** A civil time of day, `HH:MM`. */
export type PlainTime = string & { readonly __plainTime: unique symbol }

export interface Clock {
  now(): Instant
}

export const SECOND = 1_000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

export const instant = (milliseconds: number): Instant => milliseconds as Instant

/** Reads `2026-11-23T09:00:00+08:00` or `…Z`. @returns null for anything without an offset or that is no date. */
export function parseInstant(text: string): Instant | null {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/.test(text)) return null
  const value = Date.parse(text)
  return Number.isNaN(value) ? null : instant(value)
}

/** @returns null unless `text` names a day that exists. */
export function parsePlainDate(text: string): PlainDate | null {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text)
  if (!match) return null
  const value = Date.parse(`${text}T00:00:00Z`)
  if (Number.isNaN(value) || new Date(value).toISOString().slice(0, 10) !== text) return null
  return text as PlainDate
}

export function plainDate(year: number, month: number, day: number): PlainDate | null {
  const pad = (n: number, width: number) => String(n).padStart(width, '0')
  return parsePlainDate(`${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`)
}

export const addDays = (date: PlainDate, days: number): PlainDate =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10) as PlainDate

/** Months later on the same day, or on the month's last day where that day does not exist (31 January + 1 = 28 February). */
export function addMonths(date: PlainDate, months: number): PlainDate {
  const [year, month, day] = partsOf(date)
  const index = year * 12 + month - 1 + months
  const lastDay = new Date(Date.UTC(Math.floor(index / 12), (index % 12) + 1, 0)).getUTCDate()
  return plainDate(Math.floor(index / 12), (index % 12) + 1, Math.min(day, lastDay)) as PlainDate
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export const daysBetween = (from: PlainDate, to: PlainDate): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY)

/** 0 = Sunday … 6 = Saturday. */
export const weekdayOf = (date: PlainDate): number => new Date(`${date}T00:00:00Z`).getUTCDay()

export function partsOf(date: PlainDate): [year: number, month: number, day: number] {
  return [Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8, 10))]
}

const formatters = new Map<string, Intl.DateTimeFormat>()

function formatterOf(zone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(zone)
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    })
    formatters.set(zone, formatter)
  }
  return formatter
}

/** Milliseconds by which the zone's wall clock is ahead of UTC at that moment. */
export function offsetAt(at: Instant, zone: string): number {
  if (zone === 'Asia/Shanghai' && at > CHINA_WITHOUT_SUMMER_TIME) return 8 * HOUR
  const part = Object.fromEntries(
    formatterOf(zone)
      .formatToParts(at)
      .map((p) => [p.type, p.value]),
  )
  const wall = Date.UTC(
    Number(part['year']),
    Number(part['month']) - 1,
    Number(part['day']),
    Number(part['hour']),
    Number(part['minute']),
    Number(part['second']),
  )
  return wall - Math.floor(at / SECOND) * SECOND
}

/** China ended summer time in September 1991; since then Asia/Shanghai is UTC+8 (IANA tz, asia). */
const CHINA_WITHOUT_SUMMER_TIME = Date.UTC(1992, 0, 1)

export const dateAt = (at: Instant, zone: string): PlainDate =>
  new Date(at + offsetAt(at, zone)).toISOString().slice(0, 10) as PlainDate

/** `HH:MM` on the zone's wall clock. */
export const timeAt = (at: Instant, zone: string): PlainTime =>
  new Date(at + offsetAt(at, zone)).toISOString().slice(11, 16) as PlainTime

/** The moment when the zone's wall shows this day and time; in a gap of summer time, the moment just after it. */
export function instantOf(date: PlainDate, time: PlainTime | string, zone: string): Instant {
  const wall = Date.parse(`${date}T${time.length === 5 ? `${time}:00` : time}Z`)
  const guess = instant(wall - offsetAt(instant(wall), zone))
  return instant(wall - offsetAt(guess, zone))
}

/** ISO 8601 with the zone's offset: `2026-11-25T08:30:00+08:00`; milliseconds are shown only where there are some. */
export function formatInstant(at: Instant, zone: string): string {
  const offset = offsetAt(at, zone)
  const wall = new Date(at + offset).toISOString()
  const minutes = Math.abs(offset) / MINUTE
  const pad = (n: number) => String(Math.floor(n)).padStart(2, '0')
  const fraction = wall.slice(19, 23) === '.000' ? '' : wall.slice(19, 23)
  return `${wall.slice(0, 19)}${fraction}${offset < 0 ? '-' : '+'}${pad(minutes / 60)}:${pad(minutes % 60)}`
}
