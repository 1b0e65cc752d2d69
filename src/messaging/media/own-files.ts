/**
 * Files that a page may name in a message: what it brought itself. Whoever knows what a file is called would otherwise make it
 * theirs by sending it, or learn that somebody else has sent it.
 */
import type { Instant } from '../../base/time.ts'
import type { ChannelName } from '../channel.ts'
import type { FileDoor } from './may-open.ts'

export interface OwnFiles {
  /** That account brought its bytes. */
  brought(user: string, mediaId: string): void
  mayName(channel: ChannelName, user: string, mediaId: string, at: Instant): Promise<boolean>
}

/**
 * Kept in memory: after a restart, a file that nobody has sent for anything yet is as good as one's own.
 * @param most of what is remembered, the oldest goes first
 */
export function ownFiles(door: FileDoor, most = 20_000): OwnFiles {
  const known = new Set<string>()
  return {
    brought(user, mediaId) {
      const key = `${user} ${mediaId}`
      known.delete(key)
      known.add(key)
      if (known.size <= most) return
      for (const oldest of known) {
        known.delete(oldest)
        return
      }
    },
    async mayName(channel, user, mediaId, at) {
      if (known.has(`${user} ${mediaId}`) || !(await door.isSent(mediaId))) return true
      return (await door.open(channel, user, mediaId, at)) !== null
    },
  }
}
