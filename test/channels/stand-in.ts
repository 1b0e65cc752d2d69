/**
 * A platform that behaves as its documentation says, on 127.0.0.1, and what a test can do with it. Each platform has one in a
 * file of its own (`telegram.ts`, `wechat.ts` …); the suite that all channels pass is `contract.ts`.
 */
import type { Channel, OutgoingChoice } from '../../src/messaging/channel.ts'

/** What goes wrong with the next call that sends. */
export type Fault =
  /** Too fast: the platform's own answer for it, with its waiting time where it has one. */
  | 'too_fast'
  /** The platform answers 500, or what it calls busy. */
  | 'down'
  /** The connection is cut before anything was taken. */
  | 'refused'
  /** The message is taken, and the connection cut before the answer. */
  | 'cut'
  /** HTTP 200 with something that is no answer. */
  | 'garbage'
  /** The installation's token, key or webhook is not accepted, and a fresh one isn't either. */
  | 'token'
  /** This person or group can't be written to ever (blocked, kicked, dissolved). */
  | 'blocked'
  /** Nothing gets through until the person writes again. */
  | 'window'
  /** The content is refused. */
  | 'content'

/** What the platform showed somebody. */
export interface Shown {
  readonly chat: string
  /** As a reader sees it: markup taken off, nothing unescaped twice. */
  readonly text: string
  /** As it was sent. */
  readonly raw: string
  readonly choices: readonly OutgoingChoice[]
  /** Whom it called by name, as the platform would. */
  readonly mentioned: readonly string[]
  readonly file: { readonly name: string; readonly bytes: Uint8Array } | null
}

export interface StandIn {
  readonly channel: Channel
  /** Somebody writes in private. Resolves when the platform was answered. */
  says(user: string, text: string): Promise<void>
  /** The bot is mentioned before the text, as the platform's apps do it. Absent where the platform has no groups, or the bot hears nothing there. */
  saysInGroup?(chat: string, user: string, text: string): Promise<void>
  /** Forwards somebody's message into the group, where the platform marks that. */
  forwards?(chat: string, user: string, text: string): Promise<void>
  sends?(user: string, what: 'photo' | 'voice', bytes: Uint8Array, transcript?: string): Promise<void>
  isAt?(user: string, latitude: number, longitude: number): Promise<void>
  /** Comes by a QR code or a deep link that carries this. */
  arrives?(user: string, payload: string): Promise<void>
  /** Taps a choice of the last message that showed one; `id` as the program gave it, which the platform may have seen shortened. */
  taps?(user: string, id: string): Promise<void>
  /** The last thing that was received arrives once more, as the platform repeats it. */
  repeats?(): Promise<void>
  /** What the platform has shown in that chat, in order. */
  shown(chat: string): readonly Shown[]
  /** The next `times` calls that send go wrong. Default 1. */
  fail(fault: Fault, times?: number): void
  /** The whole platform can't be reached (connections are refused), or can again. */
  outage?(isDown: boolean): Promise<void>
  /** What `too_fast` says how long to wait, where the platform says it. */
  readonly waitSeconds?: number
  /** Everything that the channel told its log, as one text: searched for secrets. */
  log(): string
  /** Words that must never be in a log. */
  readonly secrets: readonly string[]
  /** Chats that may be written to: of a person, and of a group (null: none). */
  readonly person: string | null
  readonly group: string | null
  /** What the contract leaves out here, each with its reason. */
  readonly skips: Readonly<Record<string, string>>
  close(): Promise<void>
}
