/** `bangfu reminders preview --on DATE`: sends nothing and writes nothing. */
import type { Writable } from 'node:stream'
import { AppError } from '../../base/errors.ts'
import { daysBetween, dateAt, parsePlainDate, timeAt, type Instant, type PlainDate } from '../../base/time.ts'
import type { Config } from '../../config.ts'
import type { Outgoing } from '../../messaging/channel.ts'
import { outgoingOf, type PayloadRow } from '../../messaging/outbox/payload.ts'
import { markSent, markSettled, markWaiting } from '../../messaging/outbox/row.ts'
import { reminderJobs } from '../../reminders/jobs.ts'
import { previewDay, type PreviewedMessage, type PreviewParts, type WaitingMessage } from '../../reminders/preview.ts'
import { recheckWith } from '../../reminders/recheck.ts'
import { digestSentence, rungSentence } from '../../reminders/sentences.ts'
import { nextFire } from '../../schedule.ts'
import type { Phrase } from '../../text/phrase.ts'
import type { RegistryReads } from '../../domain/registry/ports.ts'
import type { RowSource } from '../../storage/row-source.ts'
import { withStorage } from '../open-command.ts'
import { reminderHouse, type ReminderHouse } from './house.ts'

/** Days that the clock is run ahead at most. */
const MOST_DAYS = 400

/** @returns exit code 0. @throws AppError ARGUMENT_INVALID */
export const previewReminders = (config: Config, typed: string, out: Writable = process.stdout): Promise<number> =>
  withStorage(config, async (house) => {
    const { text } = house
    const language = config.defaultLocale
    const say = (phrase: Phrase) => text.say(phrase, language)
    const wrong = (key: string, params = {}) =>
      new AppError('ARGUMENT_INVALID', { argument: '--on', reason: say({ key: `explain:preview.${key}`, params }) })
    const on = parsePlainDate(typed)
    if (on === null) throw wrong('not_a_day')
    const reminders = await reminderHouse(house, config)
    const from = startOf(reminders, on, config.timezone)
    if (from === null) throw wrong('past', { on })
    if (daysBetween(dateAt(from, config.timezone), on) > MOST_DAYS) throw wrong('too_far', { days: MOST_DAYS })

    const messages = await previewDay(previewParts(reminders, config.timezone), from, on)
    const { calendar } = reminders.parts.place
    const lines = [
      messages.length === 0
        ? say({ key: 'explain:preview.none', params: { on } })
        : say({ key: 'explain:preview.title', params: { on, count: messages.length } }),
      ...(calendar.isWorkingDay(on) ? [] : [say({ key: 'explain:preview.day_off' })]),
      ...(calendar.isProvisional(on) ? [say({ key: 'explain:preview.provisional' })] : []),
    ]
    for (const message of messages) lines.push('', ...(await linesOf(message, reminders, say)))
    out.write(`${lines.join('\n')}\n`)
    return 0
  })

/** Now; the beginning of a day that a moved clock has not reached yet; null for what is past. */
function startOf({ now, latest }: ReminderHouse, on: PlainDate, zone: string): Instant | null {
  if (on >= dateAt(now, zone)) return now
  if (latest === null) return null
  return on >= dateAt(latest, zone) ? latest : null
}

const PENDING = { kind: 'reminder', state: 'pending', dueAt: { not: null } } as const

function previewParts({ parts, overlay }: ReminderHouse, zone: string): PreviewParts {
  const { rows, writer } = overlay
  const due = async (at: Instant): Promise<readonly WaitingMessage[]> => {
    const found = await rows.find('Outbox', {
      columns: ['id', 'channel', 'chat', 'createdAt', 'dueAt', 'payload'],
      where: { ...PENDING, dueAt: { lte: at } },
      order: ['dueAt', 'id'],
    })
    return found.map((row) => ({
      id: row.id,
      dueAt: row.dueAt as Instant,
      outgoing: outgoingOf(row as PayloadRow),
    }))
  }
  return {
    jobs: reminderJobs(parts),
    recheck: recheckWith(parts),
    zone,
    due,
    nextDue: async () =>
      (await rows.first('Outbox', { columns: ['dueAt'], where: PENDING, order: ['dueAt'] }))?.dueAt ?? null,
    async settle(id, verdict, at) {
      const mark =
        verdict.kind === 'withdrawn'
          ? markSettled(id, 'withdrawn', verdict.reason)
          : verdict.kind === 'later'
            ? markWaiting(id, verdict.until)
            : markSent(id, at)
      await writer.commit([...(verdict.changes ?? []), mark])
    },
    nextFire: (cron, after) => nextFire(cron, after, zone),
  }
}

async function linesOf(
  { at, outgoing }: PreviewedMessage,
  { parts, overlay }: ReminderHouse,
  say: (phrase: Phrase) => string,
): Promise<readonly string[]> {
  const { zone } = parts.place
  const { channel, chat } = outgoing
  const params = { time: timeAt(at, zone), channel, chat }
  const group = await parts.registry.group(channel, chat)
  const [place] = group ? await parts.registry.territories([group.territoryId]) : []
  const person = group ? null : await nameOf(parts.registry, overlay.rows, outgoing)
  const head: Phrase = group
    ? { key: 'explain:preview.to_group', params: { ...params, name: place?.name ?? '' } }
    : person === null
      ? { key: 'explain:preview.to_account', params }
      : { key: 'explain:preview.to_person', params: { ...params, name: person } }
  const digest = group ? parts.policy.digests.find(({ purpose }) => group.purposes.includes(purpose)) : undefined
  return [
    say(head),
    ...outgoing.text.split('\n').map((line) => `    ${line}`),
    ...(outgoing.attachment
      ? [`  · ${say({ key: 'explain:preview.file', params: { name: outgoing.attachment.name } })}`]
      : []),
    ...(digest
      ? [`  · ${say({ key: 'explain:preview.digest', params: { why: digestSentence(digest, parts.text) } })}`]
      : []),
    ...(outgoing.reminder?.items ?? []).flatMap(({ rule: id, rung, matter }) => {
      const rule = parts.policy.rules.get(id)
      if (!rule || digest) return []
      const item = { number: matter, rule: { key: `reminders:rule.${id}` }, rung, why: rungSentence(rule, rung) }
      return [`  · ${say({ key: 'explain:preview.item', params: item })}`]
    }),
  ]
}

/** Of the staff member whose account it is. */
async function nameOf(
  registry: Pick<RegistryReads, 'staff'>,
  rows: RowSource,
  { channel, chat }: Outgoing,
): Promise<string | null> {
  const account = await rows.first('ChatIdentity', { columns: ['staffId'], where: { channel, user: chat } })
  const [person] = account?.staffId ? await registry.staff([account.staffId]) : []
  return person?.name ?? null
}
