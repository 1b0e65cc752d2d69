/** What the platform's side of this account has to be told in words; made by whoever has them. */
import type { Instant } from '../../base/time.ts'
import type { MatterMark } from '../../messaging/channel.ts'

/** One of `say` (a tap means that the person had written this), `opens` (an address) and `items` (up to five of the other two). */
export interface MenuEntry {
  readonly name: string
  readonly say?: string
  readonly opens?: string
  readonly items?: readonly MenuEntry[]
}

/** Functions: asked when the words are needed, later than the channel is opened. */
export interface WechatWords {
  /** Up to three; empty = no menu of ours. */
  menu(): readonly MenuEntry[]
  /** Fields of the template by the names that the account's template has. They stand on a lock screen: number, stage, day and no more. */
  template(matter: MatterMark, at: Instant): Readonly<Record<string, string>>
}
