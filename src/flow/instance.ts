import type { Place } from './place.ts'
import { record } from './record.ts'
import type { Run } from './run.ts'
import { walkInto, walkPast } from './walk.ts'

/** “Is there another?” answered. */
export function takeInstance(run: Run, place: Place, isThere: boolean, raw: string): void {
  record(run, place, 'answered', { raw, value: isThere ? 'yes' : 'no' })
  run.attempts = 0
  if (isThere) walkInto(run, place)
  else walkPast(run, place)
}
