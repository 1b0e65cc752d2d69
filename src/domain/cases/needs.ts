/** What must be there before a matter may come to a stage. */
import type { PlainDate } from '../../base/time.ts'
import { refused, type Move, type MoveFacts, type Refused } from './move-terms.ts'
import { latestFinding, signedOff } from './past.ts'
import type { CaseRecord } from './ports.ts'
import type { Stage } from './stages.ts'
import type { Need } from './stages-schema.ts'

/** Measures that count as the end of what is wrong with a house. */
const REMEDIES = ['house_repair']

type Known = Pick<MoveFacts, 'timeline' | 'verifications' | 'confirmations' | 'measures' | 'isWithoutLabour'>

export function missingNeed(matter: CaseRecord, stage: Stage, move: Move, facts: Known, on: PlainDate): Refused | null {
  for (const need of stage.needs) {
    if (move.fulfilled.includes(need)) continue
    const found = lookAt(need, matter, stage, move, facts, on)
    if (found) return found
  }
  return null
}

function lookAt(need: Need, matter: CaseRecord, stage: Stage, move: Move, facts: Known, on: PlainDate) {
  const finding = latestFinding(facts)
  const missing = refused(`${need}_missing`, { stage: stage.id })
  switch (need) {
    case 'verification':
      if (finding === null) return missing
      return finding.result === 'more' ? refused('more_needed', { stage: stage.id }) : null
    case 'second_person':
      return isConfirmed(facts) ? null : missing
    case 'authorisation':
      return finding !== null && finding.authorisation !== 'not_yet' ? null : missing
    case 'sign_off':
      return signedOff(facts.timeline, matter.stage) === 'passed' ? null : missing
    case 'reason':
      // Nobody who asked for something must say why not any more.
      return move.by.kind !== 'staff' || isSaid(move.reason) ? null : missing
    case 'late_reason': {
      const isLate = matter.decideBy !== null && on > matter.decideBy && matter.decidedOn === null
      if (!isLate || isSaid(matter.lateReason) || isSaid(move.lateReason)) return null
      return refused('late_reason_missing', { stage: stage.id, by: matter.decideBy ?? '' })
    }
    case 'plan':
      return facts.measures.length > 0 ? null : missing
    case 'measure_done':
      return facts.measures.some((measure) => measure.state === 'done') ? null : missing
    case 'labour':
      return facts.isWithoutLabour ? missing : null
    case 'remedy':
      return isRemedied(facts) ? null : missing
    case 'other_matter':
      return move.otherId !== null && move.otherId !== matter.id ? null : missing
  }
}

const isSaid = (text: string | null): boolean => (text ?? '').trim() !== ''

/** What was found last was confirmed by the other one who came. */
function isConfirmed(facts: Known): boolean {
  const finding = latestFinding(facts)
  if (finding === null) return false
  return facts.confirmations.some(
    ({ about, refId, state }) => about === 'verification' && refId === finding.id && state === 'given',
  )
}

/** What staff said at the end of it, or a measure that is done. */
const isRemedied = ({ timeline, measures }: Known): boolean =>
  timeline.some(({ what }) => what === 'remedied') ||
  measures.some(({ kind, state }) => REMEDIES.includes(kind) && state === 'done')
