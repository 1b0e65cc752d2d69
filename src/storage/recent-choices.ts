/** What could be chosen in the last messages to a chat. */
import { DAY, instant, type Instant } from '../base/time.ts'
import { idsSince } from '../base/ids.ts'
import type { RowSource } from './row-source.ts'

/** Older messages are not looked at: their buttons are answered as stale. */
const RECENT = 3 * DAY
const MESSAGES = 50

/** Ids of the choices, those of the newest message first. */
export async function recentChoices(
  rows: RowSource,
  channel: string,
  chat: string,
  at: Instant,
): Promise<readonly string[]> {
  const found = await rows.find('Outbox', {
    columns: ['payload'],
    where: { channel, chat, id: { gt: idsSince(instant(at - RECENT)) } },
    order: [{ down: 'id' }],
    limit: MESSAGES,
  })
  return found.flatMap(({ payload }) =>
    (JSON.parse(payload) as { choices?: readonly { id: string }[] }).choices?.map(({ id }) => id) ?? [],
  )
}
