/** Begins, restarts and ends what the clock watches. */
import { insert, update, type Change } from '../base/change.ts'
import type { Instant } from '../base/time.ts'
import type { Watching, WatchKind, WatchSubject } from '../domain/watching.ts'
import type { ReminderPolicy, Rule } from './policy.ts'
import type { ReminderReads } from './ports.ts'
import { allowedFrom, type Place } from './times.ts'

export function watchingBy(policy: ReminderPolicy, reads: Pick<ReminderReads, 'watchesOf'>, place: Place): Watching {
  const rulesOn = (kind: WatchKind): readonly Rule[] => [...policy.rules.values()].filter((rule) => rule.on === kind)
  return {
    begin: (kind, subject, at, told) => rulesOn(kind).map((rule) => beginning(rule, subject, at, told ?? null)),
    async restart(kind, subjectId, at) {
      const rules = new Set(rulesOn(kind).map((rule) => rule.id))
      return (await reads.watchesOf([subjectId]))
        .filter((watch) => rules.has(watch.rule))
        .map((watch) =>
          update('Watch', watch.id, watch.revision, {
            rung: 0,
            repeats: 0,
            nextDueAt: at,
            firstSeenAt: null,
            lastSentAt: null,
            closedAt: null,
          }),
        )
    },
    end: async (subjectId, at) =>
      (await reads.watchesOf([subjectId])).map((watch) =>
        update('Watch', watch.id, watch.revision, { closedAt: at, nextDueAt: null }),
      ),
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
