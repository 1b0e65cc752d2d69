/** The last look before a report to a group leaves. */
import { dateAt, type Instant } from '../base/time.ts'
import type { GroupRecord } from '../domain/registry/ports.ts'
import type { Outgoing, ReminderMark } from '../messaging/channel.ts'
import type { Verdict } from '../messaging/outbox/recheck.ts'
import { latestFire } from './digest-fires.ts'
import { isShown } from './digest-items.ts'
import { writeDigest } from './digest.ts'
import type { ReminderParts } from './parts.ts'
import type { Digest } from './policy.ts'
import { itemsOf } from './recheck-items.ts'
import { isForStaff } from './recipients.ts'
import { allowedFrom, isAllowed, placeAt } from './times.ts'

export async function recheckDigest(
  parts: ReminderParts,
  outgoing: Outgoing,
  mark: ReminderMark,
  group: GroupRecord,
  at: Instant,
): Promise<Verdict> {
  if (!isForStaff(group)) return { kind: 'withdrawn', reason: 'public' }
  const digest = digestOf(parts, group.purposes, mark)
  const latest = digest ? latestFire(digest, at, parts.place) : null
  if (latest !== null && latest > outgoing.createdAt) return { kind: 'withdrawn', reason: 'superseded' }
  const rule = parts.policy.rules.get(mark.rule)
  const place = placeAt(parts.place, group.territoryId)
  if (rule && !isAllowed(rule, at, place)) return { kind: 'later', until: allowedFrom(rule, at, place) }
  if (mark.items.length === 0) return { kind: 'keep' }

  const on = dateAt(at, parts.place.zone)
  const items = await itemsOf(parts, mark, [])
  const open = items.filter((item) => isShown(item.rule, item.subject, on))
  if (open.length === mark.items.length && on === dateAt(outgoing.createdAt, parts.place.zone)) return { kind: 'keep' }
  const anew = digest ? await writeDigest(parts, digest, group, at) : null
  if (!anew) return { kind: 'withdrawn', reason: 'settled' }
  return {
    kind: 'rewritten',
    outgoing: { ...outgoing, text: anew.text, reminder: anew.mark },
    changes: anew.changes,
  }
}

/** The group's digest that this mark belongs to. */
function digestOf(parts: ReminderParts, purposes: readonly string[], mark: ReminderMark): Digest | null {
  const rules = new Set([mark.rule, ...mark.items.map((item) => item.rule)])
  return (
    parts.policy.digests.find(
      (digest) => purposes.includes(digest.purpose) && [...rules].every((rule) => digest.items.includes(rule)),
    ) ?? null
  )
}
