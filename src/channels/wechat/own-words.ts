import type { ChannelParts } from '../parts.ts'

/** What this channel says by itself, when nobody in the house can say anything in time. */
export interface WechatOwnWords {
  /** It goes on; the answer follows by itself. */
  slow(): string
  /** It goes on; the answer can only be given to the person's next word. @param link of the web chat, or null */
  slowUnverified(link: string | null): string
  /** More is to be said, which can only be the answer to the person's next word. */
  more(): string
  /** It could not be kept: to be sent again. */
  again(): string
  /** A picture or a recording did not come through. */
  lost(): string
}

export const ownWords = (say: ChannelParts['say']): WechatOwnWords => ({
  slow: () => say('wechat.reply.slow'),
  slowUnverified: (link) =>
    link === null ? say('wechat.reply.slow_unverified') : say('wechat.reply.slow_link', { link: encodeURI(link) }),
  again: () => say('wechat.reply.again'),
  lost: () => say('wechat.reply.lost'),
  more: () => say('wechat.reply.more'),
})
