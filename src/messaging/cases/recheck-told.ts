/** The last look before a villager, or who acts next, hears of a matter: what it has left behind meanwhile is not told any more. */
import { expectRevision } from '../../base/change.ts'
import { dateAt } from '../../base/time.ts'
import type { CaseReads, CaseRecord } from '../../domain/cases/ports.ts'
import type { Recheck, Verdict } from '../outbox/recheck.ts'
import type { HandlerReads } from '../ports.ts'
import { DEEPEST } from './on-kept-moved.ts'
import { reachOf, type ReachParts } from './reach.ts'
import { isTurnOver, type TurnParts } from './recheck-turn.ts'

export interface RecheckParts extends ReachParts, TurnParts {
  readonly cases: Pick<CaseReads, 'caseByNumber' | 'cases'>
  readonly reads: ReachParts['reads'] & TurnParts['reads'] & Pick<HandlerReads, 'lastFeedback'>
}

/** @param next looks at everything else */
export const recheckTold =
  (parts: RecheckParts, zone: string, next: Recheck): Recheck =>
  async (outgoing, at) => {
    const { about, matter: mark, createdAt } = outgoing
    if (about === undefined || !mark) return next(outgoing, at)
    const matter = await parts.cases.caseByNumber(mark.number)
    // Gone on (what it was merged with, under its number), or come back here another time.
    const kept = matter && (await keptOf(parts, matter))
    const isPast = !kept || kept.stage !== mark.stage || kept.stageEnteredOn > dateAt(createdAt, zone)
    if (!matter || isPast) return withdrawn('superseded')
    const unchanged = { kind: 'keep', changes: [expectRevision('Case', matter.id, matter.revision)] } as const
    if (about === 'turn') return (await isTurnOver(parts, matter, outgoing)) ? withdrawn('superseded') : unchanged
    const { call } = await reachOf(parts, matter, at)
    if (call === 'muted' || call === 'window') return withdrawn(call)
    const answeredAt = about === 'solved' ? await parts.reads.lastFeedback(matter.id) : null
    if (answeredAt !== null && answeredAt >= createdAt) return withdrawn('answered')
    return unchanged
  }

/** What it goes on in: merges of merges are followed to the end. */
async function keptOf({ cases }: RecheckParts, matter: CaseRecord): Promise<CaseRecord | null> {
  let kept: CaseRecord | undefined = matter
  for (let depth = 0; kept?.mergedIntoId && depth < DEEPEST; depth += 1) [kept] = await cases.cases([kept.mergedIntoId])
  return kept ?? null
}

const withdrawn = (reason: string): Verdict => ({ kind: 'withdrawn', reason })
