import { DAY, HOUR, MINUTE, SECOND } from '../../base/time.ts'

/** ISO 8601 durations of weeks, days, hours, minutes and seconds (`P1D`, `PT36H`, `P2W`). @returns milliseconds, null for anything else. */
export function parseDuration(text: string): number | null {
  const match = /^P(?=.)(?:(\d+)W)?(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(text)
  if (!match) return null
  const part = (index: number) => Number(match[index] ?? 0)
  return part(1) * 7 * DAY + part(2) * DAY + part(3) * HOUR + part(4) * MINUTE + part(5) * SECOND
}
