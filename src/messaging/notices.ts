/** Messages to somebody else than the one who wrote: addressed, put into the reader's words, and owed with the same commit. */
import type { Change } from '../base/change.ts'
import { dateAt, instant } from '../base/time.ts'
import type { Instant } from '../base/time.ts'
import type { ChannelName } from './channel.ts'
import type { Notice } from './handlers.ts'
import { accountOfPerson, bestAccount, type AccountChoice } from './link/best-account.ts'
import { pendingRow, undeliverableRow } from './outbox/row.ts'
import type { Parts } from './parts.ts'
import type { IdentityRecord } from './ports.ts'
import { compose } from './reply.ts'

export interface Address {
  readonly channel: ChannelName
  readonly chat: string
  readonly language: string
}

/**
 * Of several accounts of one person the one that can be reached and was heard last; null when there is none, `muted` for
 * somebody who asked not to be written to.
 * @param isAnswer to what that one asked
 */
export async function addressOf(parts: Parts, to: Notice['to'], isAnswer = false): Promise<Address | 'muted' | null> {
  switch (to.kind) {
    case 'group':
      return { channel: to.channel, chat: to.chat, language: parts.text.languageFor(null) }
    case 'account':
      return { channel: to.channel, chat: to.chat, language: parts.text.languageFor(null) }
    case 'identity': {
      const best = await accountOfPerson(parts.reads, choiceOf(parts), to.identityId, parts.clock.now())
      if (best?.mutedAt && !isAnswer) return 'muted'
      return best ? privateChat(parts, best) : null
    }
    case 'staff': {
      const identities = await parts.reads.staffIdentities(to.staffId, dateAt(parts.clock.now(), parts.zone))
      const best = bestAccount(identities, choiceOf(parts), parts.clock.now())
      return best ? privateChat(parts, best) : null
    }
  }
}

/** What is about work goes to who stands in for somebody who is away; what is about the person waits for that person. */
async function heardBy({ standIn }: Parts, { to, matter, reminder }: Notice, at: Instant): Promise<Notice['to']> {
  if (to.kind !== 'staff' || !standIn || (matter === null && reminder === null)) return to
  return { kind: 'staff', staffId: await standIn(to.staffId, at) }
}

/** A private chat has the name of the account. */
const privateChat = (parts: Parts, identity: IdentityRecord): Address => ({
  channel: identity.channel,
  chat: identity.user,
  language: parts.text.languageFor(identity.language),
})

const choiceOf = ({ channels, preferred }: Parts): AccountChoice => ({
  abilitiesOf: (channel) => channels.get(channel)?.abilities ?? null,
  preferred,
})

/**
 * Pushes one row for each notice. One that has no address is kept as a dead letter, so that it is seen and not lost.
 * @returns whether a worker should look
 */
export async function writeNotices(
  parts: Parts,
  notices: readonly Notice[],
  cause: string | null,
  at: Instant,
  sealed: boolean,
  changes: Change[],
): Promise<boolean> {
  let due = false
  for (const notice of notices) {
    const address = await addressOf(parts, await heardBy(parts, notice, at), notice.isAnswer)
    if (address === 'muted') continue
    const letter = {
      channel: address?.channel ?? 'web',
      chat: address?.chat ?? nowhere(notice.to),
      language: address?.language ?? parts.text.languageFor(null),
      said: notice.say.map((say) => ({ kind: 'say' as const, ...say })),
      mentions: [],
      cause,
      matter: notice.matter,
      reminder: notice.reminder,
      ...(notice.about && { about: notice.about }),
      ...(notice.attachment && { attachment: notice.attachment }),
      sealed,
      at,
    }
    const kind = notice.reminder ? 'reminder' : 'notice'
    for (const outgoing of compose(parts, letter)) {
      if (!address) {
        parts.fault('NOTICE_WITHOUT_ADDRESS', { to: letter.chat })
        changes.push(undeliverableRow(outgoing, kind, 'no_address', sealed))
        continue
      }
      const dueAt = notice.notBefore !== null && notice.notBefore > at ? notice.notBefore : at
      changes.push(pendingRow(outgoing, kind, instant(dueAt), sealed))
      due ||= dueAt <= at
    }
  }
  return due
}

const nowhere = (to: Notice['to']): string =>
  to.kind === 'staff' ? `staff:${to.staffId}` : to.kind === 'identity' ? `identity:${to.identityId}` : to.chat
