/** What the house lends to a channel: it stores nothing itself. */
import type { IdSource } from '../base/ids.ts'
import type { Clock } from '../base/time.ts'
import type { ReceivedFile } from '../messaging/channel.ts'
import type { QuotaLedger } from './quota.ts'

/** How a group is written to where nobody can be: a platform's one-way robot. Both are credentials. */
export interface GroupHook {
  readonly webhook: string
  readonly secret: string | null
}

export interface ChannelParts {
  readonly clock: Clock
  readonly ids: IdSource
  /** For the operator: `what` is a short code. Details never hold a token, an address with a key, or words of a person. */
  log(what: string, details?: Readonly<Record<string, string | number>>): void
  /** @throws AppError TOO_LARGE, FILE_UNREADABLE */
  storeFile(bytes: Uint8Array, name: string): Promise<ReceivedFile>
  /** @throws AppError NOT_FOUND */
  readFile(id: string): Promise<Uint8Array>
  /** Null for a group without a robot, or one that isn't known. */
  hookOf(chat: string): Promise<GroupHook | null>
  /** Chats that have a robot, for `check`. */
  hookedChats(): Promise<readonly string[]>
  /** The id of a choice that was lately sent to that chat, by its short form (see short-choice.ts); null = none such. */
  choiceOf(chat: string, short: string): Promise<string | null>
  /** The platform gave the group another address. */
  groupMoved(from: string, to: string): Promise<void>
  /** The bot was taken out of the group, or into it again. */
  groupLeft(chat: string, hasLeft: boolean): Promise<void>
  readonly quota: QuotaLedger
  /** Words of `channels.json`, in the language of the installation. Not before `start`. @param key below `channels:` */
  say(key: string, params?: Readonly<Record<string, string | number>>): string
  /** The short word for a stage of a matter, fit for a lock screen. Not before `start`. */
  stageWord(stage: string): string
  /** Address under which the pages are reached; null where none was set. */
  readonly publicUrl: string | null
}
