import { SECOND } from '../base/time.ts'

/**
 * Instants as Prisma 7 writes them to SQLite: `2026-11-23T01:00:00.000+00:00`. Filters compare texts, so the form is exact.
 * Consecutive instants mostly share their second: the last one's text is kept.
 */
export function createIsoWriter(suffix: string): (instant: number) => string {
  let second = Number.NaN
  let head = ''
  return (instant) => {
    const floor = Math.floor(instant / SECOND)
    if (floor !== second) {
      second = floor
      head = new Date(floor * SECOND).toISOString().slice(0, 20)
    }
    const rest = Math.floor(instant) - floor * SECOND
    return `${head}${rest < 10 ? '00' : rest < 100 ? '0' : ''}${rest}${suffix}`
  }
}
