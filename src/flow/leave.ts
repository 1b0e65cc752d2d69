import { forgetOpen } from './keep.ts'
import { pathOf } from './place.ts'
import type { Run } from './run.ts'

/** What `left` says of somebody who went away at the review. */
const AT_REVIEW = ''

/** The conversation ends before it was handed in, or is set aside; where the person was is kept for the funnel. */
export function leave(run: Run, phase: 'draft' | 'ended'): void {
  forgetOpen(run)
  const { cursor } = run
  if (run.phase === 'asking' && cursor !== null)
    run.more = { ...run.more, left: run.openPath ?? pathOf(run.program, cursor) }
  else if (run.phase === 'review') run.more = { ...run.more, left: AT_REVIEW }
  run.phase = phase
  run.cursor = null
}
