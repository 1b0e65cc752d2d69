/** A message about a matter that reaches nobody: the responsible person calls. */
import type { IdSource } from '../../base/ids.ts'
import { hasDied } from '../../domain/cases/death.ts'
import type { CallInstead } from '../outbox/unreached.ts'
import { askToCall, type PhoneParts } from './phone-notice.ts'

export const callInstead =
  (parts: PhoneParts, zone: string, ids: IdSource): CallInstead =>
  async ({ matter: mark, text }, why, at) => {
    const { cases, progress } = parts.casework
    const matter = mark && (await cases.caseByNumber(mark.number))
    // What came after is told by itself.
    if (!matter || matter.stage !== mark.stage || matter.mergedIntoId !== null) return null
    if (hasDied(await progress.timeline(matter.id))) return null
    return askToCall(parts, { matter, what: { literal: text }, why, about: matter.stage, at, zone, ids })
  }
