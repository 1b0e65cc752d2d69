/** Group chats as the platforms tell of them: how to write to them, that one moved, that the bot was taken out. */
import { update, type Writer } from '../base/change.ts'
import type { Clock } from '../base/time.ts'
import type { RowSource } from './row-source.ts'

export interface GroupChats {
  /** Webhook and secret of a group that is written to through a platform's robot; null = it has none. */
  hookOf(channel: string, chat: string): Promise<{ readonly webhook: string; readonly secret: string | null } | null>
  /** Chats with a robot that the bot has not left. */
  hooked(channel: string): Promise<readonly string[]>
  moved(channel: string, from: string, to: string): Promise<void>
  left(channel: string, chat: string, hasLeft: boolean): Promise<void>
}

export function groupChats(rows: RowSource, writer: Writer, clock: Clock): GroupChats {
  const find = (channel: string, chat: string) =>
    rows.first('GroupChat', { columns: ['id', 'revision', 'leftAt'], where: { channel, chat } })
  return {
    async hookOf(channel, chat) {
      const group = await rows.first('GroupChat', { columns: ['webhook', 'secret'], where: { channel, chat } })
      return group && group.webhook !== null ? { webhook: group.webhook, secret: group.secret } : null
    },
    async hooked(channel) {
      const groups = await rows.find('GroupChat', {
        columns: ['chat', 'webhook'],
        where: { channel, leftAt: null },
        order: ['chat'],
      })
      return groups.flatMap(({ chat, webhook }) => (webhook === null ? [] : [chat]))
    },
    async moved(channel, from, to) {
      const group = await find(channel, from)
      // Where the new address is known already the old one is left as it is.
      if (group && !(await find(channel, to)))
        await writer.commit([update('GroupChat', group.id, group.revision, { chat: to })])
    },
    async left(channel, chat, hasLeft) {
      const group = await find(channel, chat)
      if (!group || (group.leftAt !== null) === hasLeft) return
      await writer.commit([update('GroupChat', group.id, group.revision, { leftAt: hasLeft ? clock.now() : null })])
    },
  }
}
