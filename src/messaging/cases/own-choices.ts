/** What can still be done with a matter of one's own, by its state: the choices of `more` in the flow that tells how far it is. */
import type { CaseRecord } from '../../domain/cases/ports.ts'
import type { CaseStages } from '../../domain/cases/stages.ts'

/** Called done: only the villager's word is waited for. */
const DONE = 'done'
/** A decision, or another one's work: whoever disagrees complains, whose life has changed reports again. */
const NOT_TAKEN_UP: ReadonlySet<string> = new Set(['not_included', 'referred', 'merged', 'duplicate'])

/**
 * @param isOpen whether it, or what it was merged with, is still being worked at
 * @returns names of choices; none where it is over for good
 */
export function ownChoices(
  matter: Pick<CaseRecord, 'kind' | 'stage' | 'closedAt'>,
  isOpen: boolean,
  stages: CaseStages,
): readonly string[] {
  if (matter.closedAt === null) return matter.stage === DONE ? ['add', 'call', 'end'] : WHOLE
  if (isOpen) return WHOLE.filter((choice) => choice !== 'stop')
  const { reopen } = stages.ledgerOf(matter.kind)
  const may = reopen?.by.includes('villager') === true && !NOT_TAKEN_UP.has(matter.stage)
  return may ? ['again', 'end'] : []
}

const WHOLE: readonly string[] = ['add', 'urge', 'call', 'stop', 'end']
