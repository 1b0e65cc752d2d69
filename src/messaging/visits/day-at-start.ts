/** A day that a text begins with, and what follows it: `12月3日 大雪封路`. */
import type { PlainDate } from '../../base/time.ts'
import { dayIn, type SaidDay } from './read-line.ts'

/** No day is written longer. */
const LONGEST = 16

/** The longest piece at the start that is a day; a blank or a mark ends it, or what is no day any more. */
export function dayAtStart(text: string, today: PlainDate): { readonly day: SaidDay; readonly rest: string } | null {
  const said = text.trim()
  for (let length = Math.min(LONGEST, said.length); length >= 2; length -= 1) {
    const piece = said.slice(0, length)
    if (/[\s,;:、]$/u.test(piece)) continue
    const day = dayIn(piece, today)
    if (day !== null) return { day, rest: said.slice(length).replace(/^[\s,;:、。]+/u, '') }
  }
  return null
}
