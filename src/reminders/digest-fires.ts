/** When a digest is due. Pure. */
import { addDays, dateAt, instantOf, partsOf, weekdayOf, type Instant, type PlainDate } from '../base/time.ts'
import type { Digest } from './policy.ts'
import type { Place } from './times.ts'

/** Longest way back to a fire: a month, and a break. */
const LONGEST = 70

/** The latest fire at that moment or before. */
export function latestFire(digest: Digest, at: Instant, place: Place): Instant | null {
  const today = dateAt(at, place.zone)
  for (let back = 0; back <= LONGEST; back += 1) {
    const on = addDays(today, -back)
    if (!firesOn(digest, on, place)) continue
    const fire = fireAt(digest, on, place)
    if (fire <= at) return fire
  }
  return null
}

/** The moment of a day at which it fires. */
export const fireAt = (digest: Digest, on: PlainDate, { zone }: Place): Instant => instantOf(on, timeOf(digest), zone)

/** A day off moves it to the next working day; several that meet there are one. */
export function firesOn(digest: Digest, on: PlainDate, { calendar }: Place): boolean {
  if (!digest.workingDaysOnly) return matches(digest, on)
  if (!calendar.isWorkingDay(on)) return false
  for (let day = on; ; day = addDays(day, -1)) {
    if (matches(digest, day)) return true
    if (calendar.isWorkingDay(addDays(day, -1))) return false
  }
}

function matches(digest: Digest, on: PlainDate): boolean {
  if (digest.dayOfMonth !== null) return partsOf(on)[2] === digest.dayOfMonth
  return digest.weekday === null || weekdayOf(on) === digest.weekday
}

const timeOf = ({ hour, minute }: Digest): string =>
  `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`

/** Every day at its time: whether it fires on a day is decided then, because a day off moves it. */
export const cronOf = ({ hour, minute }: Digest): string => `${minute} ${hour} * * *`
