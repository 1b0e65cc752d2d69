/** One fetched batch: chats side by side, each in order; how far it may be confirmed. */
import type { Update } from 'grammy/types'

/** Chats whose messages are taken at the same time; files are held in memory while they are. */
const WIDTH = 8

export interface Batch {
  readonly updates: readonly Update[]
  chatOf(update: Update): string
  take(update: Update): Promise<void>
  /** Ids of what was taken but could not be confirmed yet, because something before it failed: not taken twice. */
  readonly taken: Set<number>
}

/**
 * What follows a failed update in its own chat waits for it.
 * @returns the first update that must come again; null = all are durable
 */
export async function takeBatch({ updates, chatOf, take, taken }: Batch): Promise<number | null> {
  const lines = new Map<string, Update[]>()
  for (const update of updates) {
    if (taken.has(update.update_id)) continue
    const chat = chatOf(update)
    const line = lines.get(chat)
    if (line) line.push(update)
    else lines.set(chat, [update])
  }
  let failed: number | null = null
  const waiting = [...lines.values()]
  const work = async () => {
    for (let line = waiting.shift(); line; line = waiting.shift()) {
      for (const update of line) {
        try {
          await take(update)
          taken.add(update.update_id)
        } catch {
          failed = Math.min(failed ?? Infinity, update.update_id)
          break
        }
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(WIDTH, lines.size) }, work))
  return failed
}
