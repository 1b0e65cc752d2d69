/** The ladders and digests of `flows/policy/reminders.yaml`, checked and ready to calculate with. */
import { z } from 'zod'
import { DAY, HOUR, MINUTE, type PlainTime } from '../base/time.ts'
import { parseQuietSpan, type QuietSpan } from '../domain/calendar/quiet-hours.ts'
import { readPolicy, type PolicyPath, type PolicySource } from '../domain/policy.ts'
import { WATCH_KINDS, type WatchKind } from '../domain/watching.ts'

/** When a rung is due: days from the day a subject is due, milliseconds after it began, or a time of day after it began. */
export type RungTime =
  | { readonly kind: 'days'; readonly days: number }
  | { readonly kind: 'after'; readonly ms: number }
  | { readonly kind: 'clock'; readonly time: PlainTime }

export type Recipient =
  | { readonly kind: 'assignee' }
  | { readonly kind: 'lead'; readonly level: string }
  | { readonly kind: 'group'; readonly purpose: string }

export interface Rung {
  readonly at: RungTime
  readonly to: readonly Recipient[]
  readonly via: 'private' | 'digest'
  /** Only ever proposed. */
  readonly needsPerson: boolean
}

export interface Rule {
  readonly id: string
  readonly on: WatchKind
  readonly ladder: readonly Rung[]
  readonly repeat: { readonly everyMs: number; readonly max: number } | null
  /** Time of day of rungs counted in days, and of what was held back by a day off. */
  readonly sendAt: PlainTime
  readonly workingDaysOnly: boolean
  readonly quiet: readonly QuietSpan[]
  readonly staleAfterMs: number
}

export interface Digest {
  readonly id: string
  readonly minute: number
  readonly hour: number
  readonly dayOfMonth: number | null
  /** 0 = Sunday. */
  readonly weekday: number | null
  readonly workingDaysOnly: boolean
  /** Purpose of the groups that get it. */
  readonly purpose: string
  /** Rules whose open matters it lists. */
  readonly items: readonly string[]
  readonly maxItems: number
  readonly show: 'list' | 'counts'
  /** The month's figures go with it as a workbook. */
  readonly attach: 'xlsx' | null
}

export interface ReminderPolicy {
  readonly rules: ReadonlyMap<string, Rule>
  readonly digests: readonly Digest[]
}

/** Somebody who leads hears of it because it was not settled below. @param step 1-based */
export const isRaised = (rule: Rule, step: number): boolean =>
  rule.ladder[step - 1]?.to.some((to) => to.kind === 'lead') ?? false

const LEVELS = ['village', 'township', 'county']
const text = z.union([z.string(), z.number()]).transform(String)
const SCHEMA = z.strictObject({
  rules: z
    .array(
      z.strictObject({
        rule: z.string().regex(/^[a-z][a-z0-9_]*$/),
        on: z.enum(WATCH_KINDS),
        ladder: z
          .array(
            z.strictObject({
              at: text,
              to: z.union([z.string().transform((one) => [one]), z.array(z.string()).min(1)]),
              via: z.enum(['private', 'digest']),
              needs: z.literal('person').optional(),
            }),
          )
          .min(1),
        repeat: z.strictObject({ every: z.string(), max: z.int().min(1).max(100) }).optional(),
        send_at: z.string().default('08:00'),
        days: z.enum(['work', 'all']),
        quiet: z.array(z.string()),
        stale_after: z.string().default('48h'),
      }),
    )
    .min(1),
  digests: z.array(
    z.strictObject({
      digest: z.string().regex(/^[a-z][a-z0-9_]*$/),
      cron: z.string(),
      days: z.enum(['work', 'all']).default('all'),
      to: z.string(),
      items: z.array(z.string()).min(1),
      max_items: z.int().min(1).max(100).default(10),
      show: z.enum(['list', 'counts']).default('list'),
      attach: z.enum(['xlsx']).optional(),
    }),
  ),
})

/** @throws AppError POLICY_INVALID with file and line */
export function readReminderPolicy(source: PolicySource): ReminderPolicy {
  const { value, refuse } = readPolicy(source, SCHEMA)
  const rules = new Map<string, Rule>()
  for (const [place, row] of value.rules.entries()) {
    const path: PolicyPath = ['rules', place]
    if (rules.has(row.rule)) refuse([...path, 'rule'], `rule ${row.rule} stands twice`)
    const ladder = row.ladder.map((rung, step): Rung => {
      const at = parseRungTime(rung.at) ?? refuse([...path, 'ladder', step, 'at'], `not a time of a rung: ${rung.at}`)
      const to = rung.to.map(
        (name) => parseRecipient(name) ?? refuse([...path, 'ladder', step, 'to'], `not a recipient: ${name}`),
      )
      if (to.some((each) => (each.kind === 'group') !== (rung.via === 'digest')))
        refuse([...path, 'ladder', step, 'to'], 'a group hears by digest, a person privately')
      if (rung.needs && rung.via !== 'digest')
        refuse([...path, 'ladder', step, 'needs'], 'only what a group is told is proposed to a person')
      if (to.length > 1 && row.days === 'work')
        refuse([...path, 'ladder', step, 'to'], 'several recipients: for alarms only')
      return { at, to, via: rung.via, needsPerson: rung.needs === 'person' }
    })
    const late = ladder.findIndex((rung, step) => step > 0 && !isLater(ladder[step - 1] as Rung, rung))
    if (late > 0) refuse([...path, 'ladder', late, 'at'], 'not later than the rung before')
    rules.set(row.rule, {
      id: row.rule,
      on: row.on,
      ladder,
      repeat: row.repeat
        ? { everyMs: parseSpan(row.repeat.every) ?? refuse([...path, 'repeat'], 'not a span'), max: row.repeat.max }
        : null,
      sendAt: parseTime(row.send_at) ?? refuse([...path, 'send_at'], `not a time of day: ${row.send_at}`),
      workingDaysOnly: row.days === 'work',
      quiet: row.quiet.map(
        (span, step) => parseQuietSpan(span) ?? refuse([...path, 'quiet', step], `not a span of hours: ${span}`),
      ),
      staleAfterMs: parseSpan(row.stale_after) ?? refuse([...path, 'stale_after'], 'not a span'),
    })
  }
  const digests = value.digests.map((row, place): Digest => {
    const path: PolicyPath = ['digests', place]
    const fire = parseCron(row.cron) ?? refuse([...path, 'cron'], `not a cron of a digest: ${row.cron}`)
    const to = parseRecipient(row.to)
    if (to?.kind !== 'group') return refuse([...path, 'to'], 'a digest goes to group(village|township|county)')
    const lost = row.items.findIndex((item) => !rules.has(item))
    if (lost >= 0) refuse([...path, 'items', lost], `no rule ${row.items[lost]}`)
    if (row.attach && fire.dayOfMonth === null)
      refuse([...path, 'attach'], 'the figures of a month: only with a cron that has a day of the month')
    return {
      id: row.digest,
      ...fire,
      workingDaysOnly: row.days === 'work',
      purpose: to.purpose,
      items: row.items,
      maxItems: row.max_items,
      show: row.show,
      attach: row.attach ?? null,
    }
  })
  return { rules, digests }
}

function parseRungTime(text: string): RungTime | null {
  const time = parseTime(text)
  if (time) return { kind: 'clock', time }
  const match = /^([+-]?)(\d{1,3})([dhm])$/.exec(text)
  if (!match) return null
  const count = Number(match[2]) * (match[1] === '-' ? -1 : 1)
  if (match[3] === 'd') return { kind: 'days', days: count }
  return count < 0 ? null : { kind: 'after', ms: count * (match[3] === 'h' ? HOUR : MINUTE) }
}

function parseRecipient(text: string): Recipient | null {
  if (text === 'assignee') return { kind: 'assignee' }
  const match = /^(lead|group)\((\w+)\)$/.exec(text)
  if (!match || !LEVELS.includes(match[2] as string)) return null
  return match[1] === 'lead'
    ? { kind: 'lead', level: match[2] as string }
    : { kind: 'group', purpose: match[2] as string }
}

/** Two rungs of one kind must rise; a time of day stands between 0m and whole days; after 0m come days past the day it is due. */
function isLater(before: Rung, after: Rung): boolean {
  if (before.at.kind === 'days' && after.at.kind === 'days') return after.at.days > before.at.days
  if (before.at.kind === 'after' && after.at.kind === 'after') return after.at.ms > before.at.ms
  if (before.at.kind === 'after' && before.at.ms === 0 && after.at.kind === 'days') return after.at.days > 0
  if (before.at.kind === 'clock') return after.at.kind === 'after' && after.at.ms >= DAY
  return before.at.kind === 'after' && after.at.kind === 'clock'
}

const parseTime = (text: string): PlainTime | null =>
  /^([01]\d|2[0-3]):[0-5]\d$/.test(text) ? (text as PlainTime) : null

/** `3d`, `48h`, `30m` in milliseconds. */
function parseSpan(text: string): number | null {
  const match = /^(\d{1,4})([dhm])$/.exec(text)
  if (!match || Number(match[1]) === 0) return null
  return Number(match[1]) * { d: DAY, h: HOUR, m: MINUTE }[match[2] as 'd' | 'h' | 'm']
}

/** Minute, hour, and at most one of day of month and weekday. */
function parseCron(text: string): Pick<Digest, 'minute' | 'hour' | 'dayOfMonth' | 'weekday'> | null {
  const match = /^([0-5]?\d) ([01]?\d|2[0-3]) (\*|[1-9]|[12]\d) \* (\*|[0-6])$/.exec(text.trim())
  if (!match) return null
  const dayOfMonth = match[3] === '*' ? null : Number(match[3])
  const weekday = match[4] === '*' ? null : Number(match[4])
  return dayOfMonth !== null && weekday !== null
    ? null
    : { minute: Number(match[1]), hour: Number(match[2]), dayOfMonth, weekday }
}
