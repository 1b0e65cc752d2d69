/** Between planning and sending somebody else may have become the one to ask, or have bound another account. */
import { insertOnce, type Change } from '../base/change.ts'
import { dateAt, type Instant } from '../base/time.ts'
import type { StaffAccount } from '../domain/registry/ports.ts'
import type { ChannelName, Outgoing } from '../messaging/channel.ts'
import { pendingRow } from '../messaging/outbox/row.ts'
import { choicesFor, markOf } from './mark.ts'
import type { ReminderParts } from './parts.ts'
import { directory, type Directory } from './recipients.ts'
import type { CheckedItem } from './recheck-items.ts'
import { privateText } from './words.ts'

export interface Readdressed {
  /** Still for the one that it is addressed to. */
  readonly stays: readonly CheckedItem[]
  /** Whose account it is addressed to. */
  readonly account: StaffAccount | null
  readonly name: string | null
  /** Messages to those who are asked now. */
  readonly changes: readonly Change[]
}

export async function readdressed(
  parts: ReminderParts,
  outgoing: Outgoing,
  items: readonly CheckedItem[],
  at: Instant,
): Promise<Readdressed> {
  const people = directory(parts.registry, dateAt(at, parts.place.zone), parts.turns)
  const stays: CheckedItem[] = []
  const moved = new Map<string, CheckedItem[]>()
  let account: StaffAccount | null = null
  for (const item of items) {
    const wanted = await people.people(item.rule, item.rule.ladder[item.step - 1]?.to ?? [], item.subject)
    const accounts = wanted.length === 0 ? [] : await parts.registry.accounts(wanted)
    const own = accounts.find(({ channel, user }) => channel === outgoing.channel && user === outgoing.chat)
    if (own) {
      account = own
      stays.push(item)
      continue
    }
    for (const staffId of await untold(parts, item, wanted))
      if (await people.account(staffId)) moved.set(staffId, [...(moved.get(staffId) ?? []), item])
  }
  const changes: Change[] = []
  for (const [staffId, theirs] of moved) changes.push(...(await messageTo(parts, people, staffId, theirs, at)))
  return { stays, account, name: account ? ((await people.staff(account.staffId))?.name ?? null) : null, changes }
}

/** Those who have no reminder of this rung yet; with another account the same person is told there. */
async function untold(parts: ReminderParts, item: CheckedItem, wanted: readonly string[]): Promise<readonly string[]> {
  const { planned } = item
  if (!planned) return wanted.slice(0, 1)
  const told = await parts.reads.remindersPlanned(wanted.map((staffId) => idFor(item, staffId)))
  return wanted.filter((staffId) => staffId === planned.recipient || !told.has(idFor(item, staffId)))
}

const idFor = ({ planned }: CheckedItem, staffId: string): string =>
  planned ? planned.id.slice(0, planned.id.lastIndexOf('|') + 1) + staffId : ''

async function messageTo(
  parts: ReminderParts,
  people: Directory,
  staffId: string,
  items: readonly CheckedItem[],
  at: Instant,
): Promise<readonly Change[]> {
  const account = (await people.account(staffId)) as StaffAccount
  const { text, place } = parts
  const language = text.languageFor(account.language)
  const name = (await people.staff(staffId))?.name ?? null
  const [only] = items
  const outgoing: Outgoing = {
    id: parts.ids.next(),
    channel: account.channel as ChannelName,
    chat: account.user,
    text: privateText(items, name, dateAt(at, place.zone), text, language),
    choices: choicesFor(items, text, language),
    mentions: [],
    cause: null,
    reminder: markOf(items),
    matter:
      items.length === 1 && only?.subject.kind === 'case'
        ? { number: only.subject.matter.number, kind: only.subject.matter.kind, stage: only.subject.matter.stage }
        : null,
    question: null,
    progress: null,
    createdAt: at,
    again: false,
  }
  return [
    ...items.flatMap((item) =>
      item.planned && item.planned.recipient !== staffId
        ? [
            insertOnce('Reminder', {
              ...item.planned,
              id: idFor(item, staffId),
              recipient: staffId,
              outboxId: outgoing.id,
              plannedAt: at,
            }),
          ]
        : [],
    ),
    pendingRow(outgoing, 'reminder', at, true),
  ]
}
