/** One look of the clock at what is due. Costs by what is due, not by what is open; may be broken off and begun again. */
import { update, type Change } from '../base/change.ts'
import { dateAt, HOUR, instant, type Instant } from '../base/time.ts'
import { decideWatch } from './decide.ts'
import { deliver, type DueRung } from './deliver.ts'
import type { ReminderParts } from './parts.ts'
import type { WatchRecord } from './ports.ts'
import { directory } from './recipients.ts'
import { readSubjects } from './subjects.ts'

/** Watches read at once. */
const PAGE = 500

/** A row that can't be decided is looked at again after this time, and stands in nobody's way until then. */
const PUT_ASIDE_MS = HOUR

export async function runTick(parts: ReminderParts, now: Instant): Promise<void> {
  const due: DueRung[] = []
  let after: { nextDueAt: Instant; id: string } | null = null
  for (;;) {
    const watches: readonly WatchRecord[] = await parts.reads.dueWatches(now, after, PAGE)
    due.push(...(await look(parts, watches, now)))
    const last = watches.at(-1)
    if (!last || last.nextDueAt === null || watches.length < PAGE) break
    after = { nextDueAt: last.nextDueAt, id: last.id }
  }
  if (due.length > 0) await deliver(parts, due, directory(parts.registry, dateAt(now, parts.place.zone)), now)
}

/** Closes and puts off what has nothing to say now. @returns what has. */
async function look(parts: ReminderParts, watches: readonly WatchRecord[], now: Instant): Promise<readonly DueRung[]> {
  if (watches.length === 0) return []
  const subjects = await readSubjects(parts, watches)
  const due: DueRung[] = []
  const quiet: Change[] = []
  for (const watch of watches) {
    try {
      const rule = parts.policy.rules.get(watch.rule)
      const subject = subjects.get(watch.subjectId)
      const decision = decideWatch(rule, watch, subject, now, parts.place)
      if (decision.kind === 'send' && rule && subject) due.push({ watch, rule, subject, decision })
      else if (decision.kind === 'close')
        quiet.push(update('Watch', watch.id, watch.revision, { closedAt: now, nextDueAt: null }))
      else if (decision.kind === 'wait') {
        const { until, firstSeenAt } = decision
        quiet.push(update('Watch', watch.id, watch.revision, { nextDueAt: until, firstSeenAt }))
      }
    } catch (error) {
      parts.onError(error, watch.id)
      quiet.push(update('Watch', watch.id, watch.revision, { nextDueAt: instant(now + PUT_ASIDE_MS) }))
    }
  }
  // One changeset each: whoever lost against a decision that was taken meanwhile is looked at again.
  await Promise.all(quiet.map((change) => parts.writer.commit([change])))
  return due
}
