/** What this channel says by itself, when nobody in the house can say anything in time. */
export interface WechatOwnWords {
  /** It goes on; the answer follows by itself. */
  slow(): string
  /** It goes on; the answer can only be given to the person's next word. @param link of the web chat, or null */
  slowUnverified(link: string | null): string
  /** It could not be kept: to be sent again. */
  again(): string
  /** A picture or a recording did not come through. */
  lost(): string
}
