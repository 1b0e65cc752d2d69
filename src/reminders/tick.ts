/** One look of the clock at what is due. Costs by what is due, not by what is open; may be broken off and begun again. */
import { update, type Change } from '../base/change.ts'
import type { Instant } from '../base/time.ts'
import type { DueRung } from './bundles.ts'
import { decider } from './decide.ts'
import { deliver } from './deliver.ts'
import type { ReminderParts } from './parts.ts'
import type { WatchRecord } from './ports.ts'
import { putAside } from './put-aside.ts'
import { readSubjects, type Subject } from './subjects.ts'

/** Watches read at once: many are due at one moment, and each read looks at all of those. */
const PAGE = 10_000

/** What is said at once: memory is bounded by it. Beyond it, one person may hear twice of what is due together. */
const WAVE = 60_000

export async function runTick(parts: ReminderParts, now: Instant): Promise<void> {
  let due: DueRung[] = []
  let after: { nextDueAt: Instant; id: string } | null = null
  for (;;) {
    const watches: readonly WatchRecord[] = await parts.reads.dueWatches(now, after, PAGE)
    for (const rung of await look(parts, watches, now)) due.push(rung)
    const last = watches.at(-1)
    if (!last || last.nextDueAt === null || watches.length < PAGE) break
    after = { nextDueAt: last.nextDueAt, id: last.id }
    if (due.length < WAVE) continue
    await deliver(parts, due, now)
    due = []
  }
  if (due.length > 0) await deliver(parts, due, now)
}

/** Closes and puts off what has nothing to say now. @returns what has. */
async function look(parts: ReminderParts, watches: readonly WatchRecord[], now: Instant): Promise<readonly DueRung[]> {
  const due: DueRung[] = []
  const quiet: Change[] = []
  const decide = decider(now, parts.place)
  const subjects = await subjectsOf(parts, watches, now, quiet)
  for (const watch of watches) {
    try {
      const subject = subjects.get(watch.subjectId)
      if (subject === null) continue
      const rule = parts.policy.rules.get(watch.rule)
      const decision = decide(rule, watch, subject)
      if (decision.kind === 'send' && rule && subject) due.push({ watch, rule, subject, decision })
      else if (decision.kind === 'close')
        quiet.push(update('Watch', watch.id, watch.revision, { closedAt: now, nextDueAt: null }))
      else if (decision.kind === 'wait') {
        const { until, firstSeenAt } = decision
        quiet.push(update('Watch', watch.id, watch.revision, { nextDueAt: until, firstSeenAt }))
      }
    } catch (error) {
      parts.onError(error, watch.id)
      quiet.push(putAside(watch, now))
    }
  }
  // One changeset each: whoever lost against a decision that was taken meanwhile is looked at again.
  await Promise.all(quiet.map((change) => parts.writer.commit([change])))
  return due
}

/** By subject id. Null = it can't be read: its watches are put aside, and those beside it are read without it. */
async function subjectsOf(
  parts: ReminderParts,
  watches: readonly WatchRecord[],
  now: Instant,
  quiet: Change[],
): Promise<ReadonlyMap<string, Subject | null>> {
  if (watches.length === 0) return new Map()
  try {
    return await readSubjects(parts, watches)
  } catch (error) {
    const [only] = watches
    const ids = [...new Set(watches.map((watch) => watch.subjectId))]
    if (ids.length === 1 && only) {
      for (const watch of watches) {
        parts.onError(error, watch.id)
        quiet.push(putAside(watch, now))
      }
      return new Map([[only.subjectId, null]])
    }
    const first = new Set(ids.slice(0, ids.length >> 1))
    const halves = [
      watches.filter((watch) => first.has(watch.subjectId)),
      watches.filter((watch) => !first.has(watch.subjectId)),
    ]
    const found = new Map<string, Subject | null>()
    for (const half of halves)
      for (const [id, subject] of await subjectsOf(parts, half, now, quiet)) found.set(id, subject)
    return found
  }
}
