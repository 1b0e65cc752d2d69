/** Which of the own matters 解决了 or 没解决 is about, where no number says it. */
import { DAY, instant, type Instant } from '../../base/time.ts'
import type { CaseRecord } from '../../domain/cases/ports.ts'
import type { Casework } from '../casework.ts'
import type { Speaker } from '../handlers.ts'
import type { HandlerReads } from '../ports.ts'
import { isOwn } from '../submit/own-matter.ts'
import { ASKED_SOLVED } from './ask-solved.ts'

/** Without a number it means what was asked, or was over, in these days. */
const LATELY = 30 * DAY
const MOST_LOOKED_AT = 10
/** Nothing was done that could have solved it. */
const NOT_DONE: ReadonlySet<string> = new Set(['withdrawn', 'merged', 'duplicate', 'referred', 'not_included'])

export interface SolvedReads {
  readonly casework: Pick<Casework, 'cases'>
  readonly reads: Pick<HandlerReads, 'lastEvent' | 'lastFeedback'>
}

/** Whether somebody may say of it that it is solved, or isn't. */
export const isOver = ({ stage, closedAt }: Pick<CaseRecord, 'stage' | 'closedAt'>): boolean =>
  (closedAt !== null || stage === 'done') && !NOT_DONE.has(stage)

/**
 * Those that wait for that answer; where none does, those that were over lately.
 * @returns `over` newest first, and the others of one's own that are still open
 */
export async function solvedMatters(
  { casework, reads }: SolvedReads,
  speaker: Speaker,
  at: Instant,
): Promise<{ readonly over: readonly CaseRecord[]; readonly open: readonly CaseRecord[] }> {
  const all = (await casework.cases.casesOfIdentity(speaker.identityId, false)).filter((one) => isOwn(one, speaker))
  const open = all.filter((one) => one.closedAt === null && !isOver(one))
  const over = all.filter(isOver).slice(0, MOST_LOOKED_AT)
  const since = instant(at - LATELY)
  const waiting: CaseRecord[] = []
  for (const matter of over) if (await waits(reads, matter, since)) waiting.push(matter)
  if (waiting.length > 0) return { over: waiting, open }
  return { over: over.filter(({ closedAt }) => closedAt === null || closedAt >= since), open }
}

async function waits(reads: SolvedReads['reads'], matter: CaseRecord, since: Instant): Promise<boolean> {
  if (matter.stage === 'done' && matter.closedAt === null) return true
  const asked = await reads.lastEvent(matter.id, ASKED_SOLVED)
  if (asked === null || asked < since) return false
  const answered = await reads.lastFeedback(matter.id)
  return answered === null || answered < asked
}
