/** Which of the accounts of one person is written to: one that can be reached, among them the one that was heard last. */
import { HOUR, type Instant } from '../../base/time.ts'
import type { Abilities, ChannelName } from '../channel.ts'
import type { AddressReads, IdentityRecord } from '../ports.ts'

export interface AccountChoice {
  /** Null for a channel that is not configured. */
  readonly abilitiesOf: (channel: ChannelName) => Abilities | null
  /** Best first, where nothing else decides. */
  readonly preferred: readonly ChannelName[]
}

type Choosable = Pick<IdentityRecord, 'channel' | 'speakerAt'>

/** @param at when the message would leave @returns null for an empty list */
export function bestAccount<One extends Choosable>(
  accounts: readonly One[],
  { abilitiesOf, preferred }: AccountChoice,
  at: Instant,
): One | null {
  const reach = ({ channel, speakerAt }: One): number => {
    const abilities = abilitiesOf(channel)
    if (!abilities) return 2
    const { replyWindowHours } = abilities
    return replyWindowHours !== null && at - (speakerAt ?? 0) > replyWindowHours * HOUR ? 1 : 0
  }
  const rank = ({ channel }: One): number => {
    const place = preferred.indexOf(channel)
    return place < 0 ? preferred.length : place
  }
  const sorted = [...accounts].sort(
    (a, b) => reach(a) - reach(b) || (b.speakerAt ?? 0) - (a.speakerAt ?? 0) || rank(a) - rank(b),
  )
  return sorted[0] ?? null
}

/** @param id of the person's first account. One that is bound to staff meanwhile is no way to a villager, unless it is the only one. */
export async function accountOfPerson(
  reads: Pick<AddressReads, 'accountsOf'>,
  choice: AccountChoice,
  id: string,
  at: Instant,
): Promise<IdentityRecord | null> {
  const accounts = await reads.accountsOf(id)
  const theirs = accounts.filter(({ staff }) => staff === null)
  return bestAccount(theirs.length > 0 ? theirs : accounts, choice, at)
}
