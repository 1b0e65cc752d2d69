import { DAY, HOUR, MINUTE, SECOND } from '../base/time.ts'

const TWO_DIGITS = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'))

/**
 * Instants as texts, `2026-11-23T01:00:00.000` and the suffix. Prisma 7 writes `+00:00` to SQLite, where filters compare
 * texts, so the form is exact. The day's text and the last one are kept: instants that are written together mostly share them.
 */
export function createIsoWriter(suffix: string): (instant: number) => string {
  let day = Number.NaN
  let date = ''
  let last = Number.NaN
  let text = ''
  return (instant) => {
    if (instant === last) return text
    const today = Math.floor(instant / DAY)
    if (today !== day) {
      day = today
      date = new Date(today * DAY).toISOString().slice(0, 11)
    }
    const rest = Math.floor(instant) - today * DAY
    const hours = TWO_DIGITS[Math.floor(rest / HOUR)] as string
    const minutes = TWO_DIGITS[Math.floor(rest / MINUTE) % 60] as string
    const seconds = TWO_DIGITS[Math.floor(rest / SECOND) % 60] as string
    const thousandths = rest % SECOND
    const zeros = thousandths < 10 ? '00' : thousandths < 100 ? '0' : ''
    last = instant
    text = `${date}${hours}:${minutes}:${seconds}.${zeros}${thousandths}${suffix}`
    return text
  }
}
