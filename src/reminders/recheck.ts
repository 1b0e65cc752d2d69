/** The last look before a reminder leaves: what is settled is not said any more. */
import { dateAt } from '../base/time.ts'
import type { WatchKind } from '../domain/watching.ts'
import type { Outgoing, ReminderMark } from '../messaging/channel.ts'
import type { Recheck, Verdict } from '../messaging/outbox/recheck.ts'
import { latestFire } from './digest-fires.ts'
import { isShown } from './digest-items.ts'
import { choicesFor, markOf } from './mark.ts'
import type { ReminderParts } from './parts.ts'
import type { Digest } from './policy.ts'
import { describeSubjects, isSettled, type Subject } from './subjects.ts'
import { digestText, privateText, type Item } from './words.ts'

const SETTLED: Verdict = { kind: 'withdrawn', reason: 'settled' }
const STALE: Verdict = { kind: 'withdrawn', reason: 'stale' }
const SUPERSEDED: Verdict = { kind: 'withdrawn', reason: 'superseded' }
const KEEP: Verdict = { kind: 'keep' }

export function recheckWith(parts: ReminderParts): Recheck {
  return async (outgoing, at) => {
    const { reminder } = outgoing
    if (!reminder) return KEEP
    const rule = parts.policy.rules.get(reminder.rule)
    if (rule && at - outgoing.createdAt > rule.staleAfterMs) return STALE
    const group = await parts.registry.group(outgoing.channel, outgoing.chat)
    const digest = group ? digestOf(parts, group.purposes, reminder) : null
    const latest = digest ? latestFire(digest, at, parts.place) : null
    if (latest !== null && latest > outgoing.createdAt) return SUPERSEDED
    if (reminder.items.length === 0) return KEEP

    const on = dateAt(at, parts.place.zone)
    const before = await itemsOf(parts, reminder)
    const open = before.filter(
      (item) => !isSettled(item.rule, item.subject) && (!group || isShown(item.rule, item.subject, on)),
    )
    if (open.length === 0) return SETTLED
    if (open.length === reminder.items.length) return KEEP
    return rewritten(parts, outgoing, open, on, group && digest ? { digest, territoryId: group.territoryId } : null)
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

async function itemsOf(parts: ReminderParts, mark: ReminderMark): Promise<readonly Item[]> {
  const found: Item[] = []
  const subjects = new Map<string, Subject | null>()
  for (const { rule: ruleId, rung, matter } of mark.items) {
    const rule = parts.policy.rules.get(ruleId)
    if (!rule) continue
    if (!subjects.has(matter)) subjects.set(matter, await subjectOf(parts, rule.on, matter))
    const subject = subjects.get(matter)
    if (subject) found.push({ rule, step: rung, subject })
  }
  return found
}

async function subjectOf(parts: ReminderParts, on: WatchKind, number: string): Promise<Subject | null> {
  const plan = on === 'visit' ? await parts.visits.planByNumber(number) : null
  const task = on === 'task' ? await parts.tasks.taskByNumber(number) : null
  const matter = on === 'visit' || on === 'task' ? null : await parts.cases.caseByNumber(number)
  const described = await describeSubjects(parts, matter ? [matter] : [], plan ? [plan] : [], task ? [task] : [])
  return [...described.values()][0] ?? null
}

async function rewritten(
  parts: ReminderParts,
  outgoing: Outgoing,
  items: readonly Item[],
  on: ReturnType<typeof dateAt>,
  group: { readonly digest: Digest; readonly territoryId: string } | null,
): Promise<Verdict> {
  const language = parts.text.languageFor(null)
  const territory = group ? ((await parts.registry.territories([group.territoryId]))[0]?.name ?? '') : ''
  const text = group
    ? digestText(group.digest, territory, items, 0, on, parts.text, language)
    : privateText(items, null, on, parts.text, language)
  const choices = group ? [] : choicesFor(items, parts.text, language)
  return { kind: 'rewritten', outgoing: { ...outgoing, text, choices, reminder: markOf(items) } }
}
