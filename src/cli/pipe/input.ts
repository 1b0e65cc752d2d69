/** One line of `bangfu pipe`: what it may say, and how it becomes a message. */
import { z } from 'zod'
import { AppError } from '../../base/errors.ts'
import { instant, parseInstant, type Instant } from '../../base/time.ts'
import { CHANNEL_NAMES } from '../../messaging/channel.ts'
import { parseDuration } from './duration.ts'

const file = z.object({ file: z.string() })

const LINE = z.object({
  id: z.union([z.string(), z.number()]).transform(String),
  channel: z.enum(CHANNEL_NAMES).default('pipe'),
  chat: z.string().min(1).optional(),
  from: z.string().min(1).optional(),
  group: z.boolean().default(false),
  message: z.union([z.string(), z.number()]).transform(String).optional(),
  lang: z.string().optional(),
  text: z.string().optional(),
  choice: z.string().optional(),
  start: z.string().optional(),
  location: z.object({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) }).optional(),
  photo: file.optional(),
  voice: file.extend({ transcript: z.string().nullish(), seconds: z.number().optional() }).optional(),
  video: file.optional(),
  file: file.optional(),
  sticker: z.unknown().optional(),
  now: z.string().optional(),
  advance: z.string().optional(),
})

export type PipeLine = z.infer<typeof LINE>

const BODIES = ['text', 'choice', 'start', 'location', 'photo', 'voice', 'video', 'file', 'sticker'] as const
const MOVES = ['now', 'advance'] as const

export type PipeInput =
  | { readonly kind: 'message'; readonly line: PipeLine & { chat: string; from: string } }
  | { readonly kind: 'clock'; readonly id: string; readonly to: Instant }

/** The id of a line that may be broken otherwise, for `re` of the error. */
export function idOf(text: string): string | null {
  try {
    const id: unknown = (JSON.parse(text) as { id?: unknown } | null)?.id
    return typeof id === 'string' || typeof id === 'number' ? String(id) : null
  } catch {
    return null
  }
}

/** @throws AppError PIPE_BAD_JSON, PIPE_BAD_INPUT, PIPE_CLOCK_BACKWARDS */
export function readLine(text: string, now: Instant): PipeInput {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (cause) {
    throw new AppError('PIPE_BAD_JSON', {}, { cause })
  }
  const parsed = LINE.safeParse(json)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw new AppError('PIPE_BAD_INPUT', { field: issue?.path.join('.') ?? '', reason: issue?.message ?? '' })
  }
  const line = parsed.data
  const bodies = BODIES.filter((name) => line[name] !== undefined)
  const moves = MOVES.filter((name) => line[name] !== undefined)
  if (moves.length === 1 && bodies.length === 0) return { kind: 'clock', id: line.id, to: target(line, now) }
  if (moves.length > 0) throw new AppError('PIPE_BAD_INPUT', { field: moves.join('|'), reason: 'alone in its line' })
  if (bodies.length !== 1) throw new AppError('PIPE_BAD_INPUT', { field: BODIES.join('|'), reason: 'one of these' })
  const { chat, from } = { chat: line.chat ?? line.from, from: line.from ?? line.chat }
  if (chat === undefined || from === undefined)
    throw new AppError('PIPE_BAD_INPUT', { field: 'chat', reason: 'required' })
  return { kind: 'message', line: { ...line, chat, from } }
}

function target(line: PipeLine, now: Instant): Instant {
  if (line.now !== undefined) {
    const to = parseInstant(line.now)
    if (to === null) throw new AppError('PIPE_BAD_INPUT', { field: 'now', reason: 'an instant with its offset' })
    if (to < now) throw new AppError('PIPE_CLOCK_BACKWARDS', {})
    return to
  }
  const by = parseDuration(line.advance ?? '')
  if (by === null) throw new AppError('PIPE_BAD_INPUT', { field: 'advance', reason: 'a duration such as P1D' })
  return instant(now + by)
}
