/** The lines that `bangfu pipe` writes. */
import { formatInstant, type Instant } from '../../base/time.ts'
import type { Outgoing } from '../../messaging/channel.ts'

export function messageLine(outgoing: Outgoing, re: string | null, at: Instant, zone: string): object {
  return {
    re,
    channel: outgoing.channel,
    chat: outgoing.chat,
    text: outgoing.text,
    choices: outgoing.choices,
    mentions: outgoing.mentions,
    ...(outgoing.reminder && { reminder: outgoing.reminder }),
    ...(outgoing.matter && { matter: outgoing.matter }),
    ...(outgoing.progress && { progress: outgoing.progress }),
    ...(outgoing.attachment && { attachment: { name: outgoing.attachment.name } }),
    ...(outgoing.voice !== undefined && { voice: outgoing.voice }),
    at: formatInstant(at, zone),
  }
}

export const doneLine = (id: string, at: Instant, zone: string): object => ({ done: id, at: formatInstant(at, zone) })

export const errorLine = (error: string, re: string | null, message: string, at: Instant, zone: string): object => ({
  error,
  re,
  message,
  at: formatInstant(at, zone),
})
