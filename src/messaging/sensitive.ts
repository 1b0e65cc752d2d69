/** Where data of the sensitive class may not be told: an app that keeps it abroad. What can't be told here can be told elsewhere. */
import type { Flow } from '../flow/flow.ts'
import { homeOf, type Account } from './account.ts'
import type { Parts } from './parts.ts'
import { say } from './work.ts'
import type { Work } from './work.ts'

export const refusesSensitive = (parts: Pick<Parts, 'channels'>, account: Account): boolean =>
  parts.channels.get(account.record.channel)?.abilities.refusesSensitive === true

/** Nobody gets through this flow without telling what may not be told on this channel. */
export const isRefusedHere = (parts: Parts, work: Work, flow: Flow): boolean =>
  flow.needsSensitive && refusesSensitive(parts, work.account)

/** The village's own page, where both are known; its phone; else only that there are people to ask. */
export async function sayElsewhere(parts: Parts, work: Work): Promise<void> {
  const { record } = work.account
  const pages = parts.channels.get(record.channel)?.abilities.pages
  const home = homeOf(record)
  const village = home && (await parts.reads.territoryById(home.id))
  const code = home && pages !== undefined ? await parts.reads.chatCodeOf(home.id) : null
  say(work, 'channels:telegram.refused.why')
  if (code !== null) say(work, 'channels:telegram.refused.link', { link: `${pages}/chat/${code}` })
  if (village?.publicPhone) {
    say(work, 'channels:telegram.refused.phone', { village: village.name, phone: village.publicPhone })
  } else if (code === null) say(work, 'channels:telegram.refused.no_phone')
}
