/** Several messages in one answer, as far as they fit. */
import type { Outgoing } from '../../messaging/channel.ts'
import { bytesOf, contentOf } from './passive-reply.ts'

const BETWEEN = '\n\n'

export interface Joined {
  readonly content: string
  /** Those that are in it. */
  readonly ids: ReadonlySet<string>
}

/**
 * In their order, up to the first that does not fit; the first always goes.
 * @param more said at the end where something is left over; null = not said
 */
export function joinedWithin(messages: readonly Outgoing[], maxBytes: number, more: string | null): Joined {
  const all = upTo(messages, maxBytes)
  if (more === null || messages.every(({ id }) => all.ids.has(id))) return all
  const tail = BETWEEN + more
  const some = upTo(messages, maxBytes - bytesOf(tail))
  return bytesOf(some.content + tail) <= maxBytes ? { ids: some.ids, content: some.content + tail } : all
}

function upTo(messages: readonly Outgoing[], maxBytes: number): Joined {
  const ids = new Set<string>()
  let content = ''
  for (const { id, text } of messages) {
    if (ids.has(id)) continue
    const next = ids.size === 0 ? firstOf(text, maxBytes) : content + BETWEEN + contentOf(text)
    if (bytesOf(next) > maxBytes) break
    content = next
    ids.add(id)
  }
  return { content, ids }
}

/** Marks that have to be broken make a text longer: without room for that they are left out. */
function firstOf(text: string, maxBytes: number): string {
  const content = contentOf(text)
  return bytesOf(content) <= maxBytes ? content : text.replace(/[<>&]/g, '')
}
