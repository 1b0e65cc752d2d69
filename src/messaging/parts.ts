/** What the files of this room share, built once by `createMessaging`. */
import type { Writer } from '../base/change.ts'
import type { IdSource } from '../base/ids.ts'
import type { JsonObject } from '../base/json.ts'
import type { Clock, Instant } from '../base/time.ts'
import type { Candidate } from '../flow/answers/understanding.ts'
import type { TextRef } from '../flow/effects.ts'
import type { Lookup } from '../flow/lookups.ts'
import type { GlobalWord, WordForms } from '../flow/words.ts'
import type { Text } from '../text/text.ts'
import type { BindReads } from './bind/ports.ts'
import type { Channel, ChannelName } from './channel.ts'
import type { Engine, FlowCatalogue } from './engine.ts'
import type { AlertHandler, CommandHandler, PhotoHandler, Speaker, SubmitHandler } from './handlers.ts'
import type { HandOffDesk } from './hand-off/desk.ts'
import type { HouseWords } from './house-words.ts'
import type { Intent } from './intent.ts'
import type { Manners } from './manners.ts'
import type { Outbox } from './outbox/outbox.ts'
import type { DigitSource } from './move/digits.ts'
import type { MessagingReads } from './ports.ts'
import type { PeoplePolicy } from './speaker/policy.ts'
import type { StaffLines } from './staff-lines.ts'
import type { StandInOf } from './stand-in.ts'

export interface Handlers {
  /** By the name that a flow has under `submit`. */
  readonly submit: Readonly<Record<string, SubmitHandler>>
  readonly alert: AlertHandler | null
  /** Asked in this order; the first that returns something has the message. */
  readonly commands: readonly CommandHandler[]
  /** Of a measure that was said to be done just before. */
  readonly photo?: PhotoHandler
  /** Words that something else than this room answers (complain, status …). */
  readonly words: Readonly<Partial<Record<GlobalWord, CommandHandler>>>
  /** By flow id: what is known before a flow begins (one's own matter, for the question how far it is). */
  readonly openings: Readonly<Record<string, Opening>>
}

/** Answers that the flow begins with (question → stored), or what is said because there is nothing to begin. */
export type Opened = { readonly given: Readonly<Record<string, string>> } | { readonly instead: TextRef }

export type Opening = (speaker: Speaker, at: Instant) => Promise<Opened>

/** Searches the registry for a picker; a staff member finds only what lies in the own scope. */
export type Finder = (lookup: Lookup, speaker: Speaker) => Promise<readonly Candidate[]>

/** What went wrong inside, for the log: codes and ids, never words that somebody wrote. */
export type FaultLog = (code: string, details: JsonObject, cause?: unknown) => void

export interface Parts {
  readonly writer: Writer
  readonly reads: MessagingReads
  readonly engine: Engine
  readonly flows: FlowCatalogue
  readonly text: Text
  readonly forms: WordForms
  readonly houseWords: HouseWords
  readonly staffLines: StaffLines
  readonly intent: Intent
  readonly manners: Manners
  readonly channels: ReadonlyMap<ChannelName, Channel>
  readonly handlers: Handlers
  readonly find: Finder
  readonly clock: Clock
  readonly ids: IdSource
  readonly zone: string
  /** Mixed into the seed of each conversation. */
  readonly seed: number
  /** Where a staff member with several accounts is written to, best first. */
  readonly preferred: readonly ChannelName[]
  readonly people: PeoplePolicy
  /** Who hears what is owed to somebody; absent = that person, always. */
  readonly standIn?: StandInOf
  /** For accounts of staff; absent = none are bound in chats. */
  readonly binding?: BindReads
  /** For talks with a person; absent = only the phone is told. */
  readonly handOff?: HandOffDesk
  /** For codes that nobody may guess. */
  readonly digits: DigitSource
  readonly outbox: Outbox
  readonly fault: FaultLog
}
