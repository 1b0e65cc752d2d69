/** A message as the platform takes it: its text whole, or in the parts that it makes us cut it into; then its picture. */
import type { Instant } from '../../base/time.ts'
import type { Outgoing, SendOutcome } from '../../messaging/channel.ts'
import { neutralise } from '../neutralise.ts'
import type { ChannelParts } from '../parts.ts'
import { leftAt } from './allowance.ts'
import { halvesOf } from './halves.ts'
import type { Push, Pushed } from './push.ts'
import type { TellByTemplate } from './template.ts'

/** A picture goes behind its text only if that left quickly: the outbox waits half a minute for both. Milliseconds. */
const PICTURE_AFTER_MS = 5_000
/** Messages remembered of which the first part has left and the last has not; a restart forgets them. */
const REMEMBERED = 1_000

export interface PiecesOptions {
  readonly parts: Pick<ChannelParts, 'quota' | 'clock' | 'log'>
  readonly push: Push
  readonly tell: TellByTemplate
  /** @returns its name on the platform, null where it can't go */
  readonly upload: (file: NonNullable<Outgoing['attachment']>) => Promise<string | null>
}

export function inPieces({ parts, push, tell, upload }: PiecesOptions) {
  const { quota, clock } = parts
  const unfinished = new Map<string, readonly string[]>()

  /** No part leaves that the others can't follow. */
  const next = async (chat: string, rest: readonly string[]): Promise<Pushed> => {
    const left = await quota.left(chat)
    if (left !== null && left.goneAt !== null) return { kind: 'person', reason: 'wechat:unfollowed' }
    if (leftAt(left, clock.now()) < rest.length) return { kind: 'none' }
    return push(chat, { msgtype: 'text', text: { content: rest[0] ?? '' } })
  }

  /** The text says what matters: a picture that doesn't get through is left. */
  const picture = async ({ chat, attachment }: Outgoing, began: Instant): Promise<void> => {
    if (!attachment || clock.now() - began > PICTURE_AFTER_MS) return
    try {
      if (leftAt(await quota.left(chat), clock.now()) === 0) return
      const mediaId = await upload(attachment)
      const pushed = mediaId && (await push(chat, { msgtype: 'image', image: { media_id: mediaId } }))
      if (pushed && pushed.kind !== 'sent') parts.log('picture_left', { reason: pushed.kind })
    } catch {
      parts.log('picture_left', { reason: 'threw' })
    }
  }

  return async (outgoing: Outgoing): Promise<SendOutcome> => {
    const { id, chat } = outgoing
    const began = clock.now()
    const remembered = unfinished.get(id)
    let hasBegun = unfinished.delete(id)
    let rest = remembered ?? [neutralise(outgoing.text, { angle: true })]

    const stop = (outcome: SendOutcome): SendOutcome => {
      if (!hasBegun) return outcome
      if (unfinished.size >= REMEMBERED) unfinished.clear()
      unfinished.set(id, rest)
      return outcome
    }

    for (;;) {
      const pushed = await next(chat, rest)
      const [piece = '', ...others] = rest
      switch (pushed.kind) {
        case 'sent':
          if (others.length === 0) {
            await picture(outgoing, began)
            return pushed
          }
          rest = others
          hasBegun = true
          continue
        case 'split': {
          const halves = halvesOf(piece)
          if (halves === null) return { kind: 'unsendable', reason: pushed.reason }
          rest = [...halves, ...others]
          continue
        }
        case 'none': {
          const told = hasBegun ? null : await tell(outgoing)
          return told ?? stop({ kind: 'person', reason: 'wechat:spent' })
        }
        case 'unsendable':
          return pushed
        case 'retry':
        case 'operator':
        case 'person':
        case 'unknown':
          return stop(pushed)
      }
    }
  }
}
