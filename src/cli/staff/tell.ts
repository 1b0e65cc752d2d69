/** Whoever was given work is told at once, in a private chat, after the quiet hours; a running program sends it. */
import { instant, type Instant } from '../../base/time.ts'
import type { HandedOver, HandOverParts } from '../../domain/registry/hand-over.ts'
import type { ChannelName, Outgoing } from '../../messaging/channel.ts'
import { pendingRow } from '../../messaging/outbox/row.ts'
import type { Text } from '../../text/text.ts'
import { shown } from './lines.ts'

export async function tellOwners(
  { registry, watching, writer, ids }: HandOverParts,
  done: HandedOver,
  fromId: string,
  at: Instant,
  text: Text,
): Promise<void> {
  const [from] = await registry.staff([fromId])
  const accounts = await registry.accounts([...done.given.keys()])
  const leave = instant(Math.max(at, watching.mayLeave('case_new', at)))
  const rows = [...done.given].flatMap(([staffId, counts]) => {
    const account = accounts.find((one) => one.staffId === staffId)
    if (!account) return []
    const params = { name: from?.name ?? '', ...shown(counts) }
    const outgoing: Outgoing = {
      id: ids.next(),
      channel: account.channel as ChannelName,
      chat: account.user,
      text: text.say({ key: 'registry:handed_over', params }, text.languageFor(account.language)),
      ...{ choices: [], mentions: [], cause: null, reminder: null, matter: null, question: null, progress: null },
      createdAt: at,
      again: false,
    }
    return [pendingRow(outgoing, 'notice', leave, true)]
  })
  if (rows.length > 0) await writer.commit(rows)
}
