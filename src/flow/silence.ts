/** What the clock says to a conversation in which nobody speaks. */
import { putOpen } from './command.ts'
import { leave } from './leave.ts'
import type { Run } from './run.ts'

/** Asks once more, friendly, and only once. */
export function nudge(run: Run): void {
  if ((run.phase !== 'asking' && run.phase !== 'review') || run.more.nudged === 1) return
  run.more = { ...run.more, nudged: 1 }
  run.say('flow:nudge', { n: Math.max(run.of - run.done, 1) })
  putOpen(run)
}

/** A silent conversation becomes a draft; a draft that nobody came back to ends. Nothing is said: one nudge was enough. */
export function expire(run: Run): void {
  if (run.phase === 'submitted' || run.phase === 'ended') return
  const isKept = run.phase !== 'draft' && run.program.draft && run.done > 0
  leave(run, isKept ? 'draft' : 'ended')
  run.effects.push({ kind: 'end', reason: 'expired' })
}
