/** The last look before a reminder leaves: what is settled is not said any more, and only who is asked now is told. */
import { dateAt, MINUTE, type Instant } from '../base/time.ts'
import type { Outgoing, ReminderMark } from '../messaging/channel.ts'
import type { Recheck, Verdict } from '../messaging/outbox/recheck.ts'
import { recheckDigest } from './recheck-digest.ts'
import { guardsOf, itemsOf, type CheckedItem } from './recheck-items.ts'
import { readdressed } from './readdress.ts'
import { choicesFor, markOf } from './mark.ts'
import type { ReminderParts } from './parts.ts'
import { isSettled, territoryOf } from './subjects.ts'
import { allowedFrom, isAllowed, placeAt } from './times.ts'
import { privateText } from './words.ts'

const KEEP: Verdict = { kind: 'keep' }

export function recheckWith(parts: ReminderParts): Recheck {
  return async (outgoing, at) => {
    const { reminder } = outgoing
    if (!reminder) return KEEP
    const rule = parts.policy.rules.get(reminder.rule)
    if (rule && at - outgoing.createdAt > rule.staleAfterMs) return { kind: 'withdrawn', reason: 'stale' }
    const group = await parts.registry.group(outgoing.channel, outgoing.chat)
    if (group) return recheckDigest(parts, outgoing, reminder, group, at)
    return reminder.items.length === 0 ? KEEP : recheckPrivate(parts, outgoing, reminder, at)
  }
}

async function recheckPrivate(
  parts: ReminderParts,
  outgoing: Outgoing,
  mark: ReminderMark,
  at: Instant,
): Promise<Verdict> {
  const planned = await parts.reads.remindersIn(outgoing.id)
  const items = await itemsOf(parts, mark, planned)
  const open = items.filter(({ rule, subject }) => !isSettled(rule, subject))
  if (open.length === 0) return { kind: 'withdrawn', reason: 'settled' }
  const until = heldUntil(parts, open, at)
  if (until !== null) return { kind: 'later', until }

  const latest = at - outgoing.createdAt > LATE_MS ? await withoutOvertaken(parts, open) : open
  if (latest.length === 0) return { kind: 'withdrawn', reason: 'superseded', changes: guardsOf(open) }

  const { stays, account, name, changes: moved } = await readdressed(parts, outgoing, latest, at)
  const changes = [...guardsOf(open), ...moved]
  if (stays.length === 0) return { kind: 'withdrawn', reason: 'reassigned', changes }
  // A notice that says more than a reminder would stays as it was written.
  if (planned.length === 0 && stays.length === mark.items.length) return { kind: 'keep', changes }
  const { text } = parts
  const language = text.languageFor(account?.language ?? null)
  const written = {
    text: privateText(stays, name, dateAt(at, parts.place.zone), text, language),
    choices: choicesFor(stays, text, language),
  }
  const isSame =
    stays.length === mark.items.length &&
    written.text === outgoing.text &&
    JSON.stringify(written.choices) === JSON.stringify(outgoing.choices)
  if (isSame) return { kind: 'keep', changes }
  return { kind: 'rewritten', outgoing: { ...outgoing, ...written, reminder: markOf(stays) }, changes }
}

/** Later than this something newer may have been planned for the same person. */
const LATE_MS = 10 * MINUTE

/** After an outage the latest word is enough: what the same person is told anew of the same matter is said once. */
async function withoutOvertaken(parts: ReminderParts, items: readonly CheckedItem[]): Promise<readonly CheckedItem[]> {
  const kept: CheckedItem[] = []
  for (const item of items) {
    const { planned } = item
    const others = planned ? await parts.reads.remindersOf([planned.number], planned.subjectId) : []
    const isOvertaken = others.some(
      (other) =>
        planned !== null &&
        other.rule === planned.rule &&
        other.recipient === planned.recipient &&
        other.outboxId !== null &&
        other.plannedAt > planned.plannedAt,
    )
    if (!isOvertaken) kept.push(item)
  }
  return kept
}

/** Night, or a day off that has come meanwhile; null when all of it may leave. */
function heldUntil(parts: ReminderParts, open: readonly CheckedItem[], at: Instant): Instant | null {
  let until: Instant | null = null
  for (const { rule, subject } of open) {
    const place = placeAt(parts.place, territoryOf(subject))
    if (isAllowed(rule, at, place)) continue
    const from = allowedFrom(rule, at, place)
    if (until === null || from > until) until = from
  }
  return until
}
