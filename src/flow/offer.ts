import { MAX_OFFERED } from './limits.ts'
import { lookupKey } from './lookups.ts'
import type { AskRow } from './program.ts'
import type { Run } from './run.ts'

/** A short list that the registry has for a question (courses that are open) is offered to choose from. */
export function offerList(run: Run, row: AskRow): void {
  if (row.type !== 'course' && row.type !== 'posting') return
  const found = run.turn.found.get(lookupKey(row.type, row.level, ''))
  if (found === undefined) return
  if (found.length === 0) return run.say(row.type === 'course' ? 'flow:no_courses' : 'flow:nothing_found')
  run.more = { ...run.more, offered: found.slice(0, MAX_OFFERED).map(({ value, label }) => ({ value, label })) }
}
