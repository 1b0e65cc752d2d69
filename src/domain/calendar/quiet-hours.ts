/** Hours in which nobody is disturbed. */
import { addDays, dateAt, instantOf, timeAt, type Instant, type PlainTime } from '../../base/time.ts'

/** From `from` until just before `to` on the wall clock; `from` later than `to` spans midnight. */
export interface QuietSpan {
  readonly from: PlainTime
  readonly to: PlainTime
}

/** @returns null unless the text is `HH:MM-HH:MM`, two different times of day. */
export function parseQuietSpan(text: string): QuietSpan | null {
  const match = /^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)$/.exec(text)
  if (!match) return null
  const from = `${match[1]}:${match[2]}` as PlainTime
  const to = `${match[3]}:${match[4]}` as PlainTime
  return from === to ? null : { from, to }
}

const covers = (span: QuietSpan, time: PlainTime): boolean =>
  span.from < span.to ? time >= span.from && time < span.to : time >= span.from || time < span.to

/** That moment itself, or the end of the quiet hours it falls into. */
export function afterQuiet(at: Instant, quiet: readonly QuietSpan[], zone: string): Instant {
  let moment = at
  for (let turns = 0; turns <= quiet.length; turns += 1) {
    const time = timeAt(moment, zone)
    const span = quiet.find((each) => covers(each, time))
    if (!span) return moment
    const today = dateAt(moment, zone)
    moment = instantOf(time < span.to ? today : addDays(today, 1), span.to, zone)
  }
  return moment
}

export const isQuiet = (at: Instant, quiet: readonly QuietSpan[], zone: string): boolean =>
  quiet.some((span) => covers(span, timeAt(at, zone)))
