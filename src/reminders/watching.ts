/** Begins, restarts and ends what the clock watches. */
import { insert, update, type Change } from '../base/change.ts'
import type { Instant } from '../base/time.ts'
import type { TaskReads } from '../domain/tasks/ports.ts'
import { taskKey } from '../domain/tasks/tasks.ts'
import type { Watching, WatchKind, WatchSubject } from '../domain/watching.ts'
import type { ReminderPolicy, Rule } from './policy.ts'
import type { ReminderReads } from './ports.ts'
import { allowedFrom, type Place } from './times.ts'

/** @param tasks without them a proposal to list what is settled stays open */
export function watchingBy(
  policy: ReminderPolicy,
  reads: Pick<ReminderReads, 'watchesOf' | 'allWatchesOf'>,
  place: Place,
  tasks: Pick<TaskReads, 'taskByOpenKey'> | null = null,
): Watching {
  const rulesOn = (kind: WatchKind): readonly Rule[] => [...policy.rules.values()].filter((rule) => rule.on === kind)
  const closing = async (subjectId: string, at: Instant): Promise<readonly Change[]> =>
    (await reads.watchesOf([subjectId])).map((watch) =>
      update('Watch', watch.id, watch.revision, { closedAt: at, nextDueAt: null }),
    )
  /** What was proposed about it, and nobody has answered yet, is not to be answered any more. */
  const dropped = async (subjectId: string, at: Instant): Promise<readonly Change[]> => {
    const task = await tasks?.taskByOpenKey(taskKey('listing', subjectId))
    if (!task) return []
    const set = { closedAt: at, outcome: 'dropped', closedById: null, openKey: null }
    return [update('Task', task.id, task.revision, set), ...(await closing(task.id, at))]
  }
  return {
    begin: (kind, subject, at, told) => rulesOn(kind).map((rule) => beginning(rule, subject, at, told ?? null)),
    async restart(kind, subjectId, at) {
      const rules = rulesOn(kind)
      const watches = (await reads.allWatchesOf([subjectId])).filter((watch) =>
        rules.some((rule) => rule.id === watch.rule),
      )
      return [
        ...watches.map((watch) =>
          update('Watch', watch.id, watch.revision, {
            rung: 0,
            repeats: 0,
            nextDueAt: at,
            firstSeenAt: null,
            lastSentAt: null,
            closedAt: null,
          }),
        ),
        ...(rules.some((rule) => rule.ladder.some((rung) => rung.needsPerson)) ? await dropped(subjectId, at) : []),
      ]
    },
    resume: async (subjectId, at) =>
      (await reads.allWatchesOf([subjectId]))
        .filter(({ closedAt }) => closedAt !== null)
        .map((watch) => update('Watch', watch.id, watch.revision, { closedAt: null, nextDueAt: at })),
    end: async (subjectId, at) => [...(await closing(subjectId, at)), ...(await dropped(subjectId, at))],
    mayLeave: (kind, at) => rulesOn(kind).reduce((latest, rule) => later(latest, allowedFrom(rule, at, place)), at),
    markOf(kind) {
      const [rule] = rulesOn(kind)
      return rule ? { rule: rule.id, rung: 1 } : null
    },
  }
}

const later = (a: Instant, b: Instant): Instant => (a > b ? a : b)

/** Due at once: the tick plans it by its own clock when it first sees it. One watch for each rule and subject. */
function beginning(rule: Rule, subject: WatchSubject, at: Instant, told: Instant | null): Change {
  return insert('Watch', {
    id: `${rule.id} ${subject.id}`,
    rule: rule.id,
    subjectKind: subject.kind,
    subjectId: subject.id,
    territoryId: subject.territoryId,
    rung: told === null ? 0 : 1,
    repeats: 0,
    nextDueAt: at,
    firstSeenAt: told === null ? null : at,
    lastSentAt: told,
    closedAt: null,
  })
}
