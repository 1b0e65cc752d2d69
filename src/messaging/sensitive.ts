/** Where data of the sensitive class may not be told: an app that keeps it abroad. See elsewhere.ts for what is said then. */
import type { Flow } from '../flow/flow.ts'
import type { Account } from './account.ts'
import type { Parts } from './parts.ts'
import type { Work } from './work.ts'

export const refusesSensitive = (parts: Pick<Parts, 'channels'>, account: Account): boolean =>
  parts.channels.get(account.record.channel)?.abilities.refusesSensitive === true

/** Nobody gets through this flow without telling what may not be told on this channel. */
export const isRefusedHere = (parts: Parts, work: Work, flow: Flow): boolean =>
  flow.needsSensitive && refusesSensitive(parts, work.account)
