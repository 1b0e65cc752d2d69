import { leave } from './leave.ts'
import { skip } from './accept.ts'
import type { Place } from './place.ts'
import type { AskRow } from './program.ts'
import type { Run } from './run.ts'
import { sentence } from './spoken.ts'
import { needed } from './trouble.ts'

/** A consent that is not given: the flow ends with nothing kept, or goes on without what the consent was for. */
export function refuse(run: Run, row: AskRow, place: Place, raw: string): void {
  const { refused } = row.sentences
  const words = refused ? sentence(run, refused, place.position) : { key: 'flow:refused' }
  if (row.refusal === 'none') return needed(run, row, place, 'flow:cannot_skip')
  if (row.refusal === 'skip') {
    if (refused) run.effects.push({ kind: 'say', text: words })
    return skip(run, place, raw)
  }
  leave(run, 'ended')
  run.log.length = 0
  run.effects.push({ kind: 'say', text: words }, { kind: 'end', reason: 'refused' })
}
