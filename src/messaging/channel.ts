/** The port of all ways of reaching people. An adapter translates; it decides nothing and stores nothing. */
import type { Instant } from '../base/time.ts'

export const CHANNEL_NAMES = [
  'pipe',
  'terminal',
  'web',
  'telegram',
  'wechat',
  'wechat-personal',
  'wecom',
  'dingtalk',
  'feishu',
] as const
export type ChannelName = (typeof CHANNEL_NAMES)[number]

export interface Abilities {
  readonly buttons: boolean
  readonly markup: 'none' | 'markdown' | 'html'
  readonly textLimit: { readonly max: number; readonly unit: 'bytes' | 'utf16' | 'body' }
  readonly groups: boolean
  readonly receives: boolean
  readonly replyWindowHours: number | null
  /** Data of the sensitive class (ID numbers, health, minors) may not be asked for or told here. */
  readonly refusesSensitive?: true
  /** Address of the web pages: where to tell what is refused here. */
  readonly pages?: string
}

/** A file that came with a message; the bytes are already in the media store. */
export interface ReceivedFile {
  /** sha256 of the bytes, hex. */
  readonly id: string
  readonly name: string
  readonly type: string
  readonly bytes: number
}

export type ReceivedBody =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'choice'; readonly id: string }
  | { readonly kind: 'voice'; readonly file: ReceivedFile; readonly transcript: string | null }
  | { readonly kind: 'photo'; readonly file: ReceivedFile }
  | { readonly kind: 'video' | 'file'; readonly file: ReceivedFile }
  | { readonly kind: 'location'; readonly latitude: number; readonly longitude: number }
  /** What a QR code or deep link carries: `village:<path>` or `v_<code>`; "" when a person merely opened the chat. */
  | { readonly kind: 'start'; readonly payload: string }
  | { readonly kind: 'other'; readonly what: string }

export interface Received {
  readonly channel: ChannelName
  /** The platform's id, unique within the channel: two deliveries of one id are one message. */
  readonly messageId: string
  readonly chat: string
  /** The sender's account; authority comes from here, never from a display name. */
  readonly from: string
  readonly group: boolean
  readonly at: Instant
  /** Language of the sender's app, if the platform tells. */
  readonly language: string | null
  readonly body: ReceivedBody
}

export interface OutgoingChoice {
  readonly id: string
  readonly label: string
}

export interface ReminderMark {
  readonly rule: string
  /** 1-based. */
  readonly rung: number
  readonly matters: readonly string[]
  readonly items: readonly { readonly rule: string; readonly rung: number; readonly matter: string }[]
}

export interface MatterMark {
  readonly number: string
  readonly kind: string
  readonly stage: string
}

export interface PageMarks {
  /** The conversation that is open after this message. */
  readonly talk?: string
  /** Path of the question that the message which this one replies to has answered. */
  readonly answered?: string
  /** Several of the choices may be sent at once, blank-separated. */
  readonly multiple?: true
  /** The open question may be skipped. */
  readonly optional?: true
  /** The open question wants a file or a place: image, audio, video, file, geopoint. */
  readonly asks?: string
  /** The answers to be looked through, and what was said before them. Masked like the text. */
  readonly review?: {
    readonly before: string
    readonly lines: readonly { readonly question: string; readonly label: string; readonly value: string }[]
  }
}

/** `stage`: a villager hears how far the matter is; `solved`: is asked whether it was solved; `turn`: staff hear that a stage is theirs. Looked at again before it leaves. */
export type NoticeAbout = 'stage' | 'solved' | 'turn'

/** A message on its way out: what the outbox stores (as JSON) and a channel sends. */
export interface Outgoing {
  readonly id: string
  readonly channel: ChannelName
  readonly chat: string
  readonly text: string
  readonly choices: readonly OutgoingChoice[]
  /** Accounts to mention, in a group. */
  readonly mentions: readonly string[]
  /** Inbox id of the message it answers. */
  readonly cause: string | null
  readonly reminder: ReminderMark | null
  readonly matter: MatterMark | null
  readonly about?: NoticeAbout
  /** Path of the open question and how far the person is, for pages that show progress. */
  readonly question: string | null
  readonly progress: { readonly done: number; readonly of: number } | null
  /** What a page that draws the conversation needs beyond words; other channels leave it. */
  readonly page?: PageMarks
  /** A file that goes with it, in the media store. The text says what matters: a channel without files leaves it. */
  readonly attachment?: { readonly id: string; readonly name: string; readonly type: string }
  /** A recording of the question, `zh-CN/hens/sick.mp3`: pages find it under `/voice/`. */
  readonly voice?: string
  readonly createdAt: Instant
  /** It may have arrived already: a crash or timeout lies between (marked to the reader). */
  readonly again: boolean
}

/**
 * What became of a message. `reason` is for the operator: a platform's code or a word of ours, never text of the platform, a
 * token or an address.
 * `retry`: busy, too fast or down; as soon as `afterSeconds` have passed. `operator`: a token, a right or a webhook has to be mended
 * first; kept, tried again seldom, told in `doctor`. `person`: nothing gets through until the person writes again; waits for it.
 * `unsendable`: never. `unknown`: it may have arrived.
 */
export type SendOutcome =
  | { readonly kind: 'sent'; readonly platformId: string | null }
  | { readonly kind: 'retry'; readonly afterSeconds: number; readonly reason: string }
  | { readonly kind: 'operator'; readonly reason: string }
  | { readonly kind: 'person'; readonly reason: string }
  | { readonly kind: 'unsendable'; readonly reason: string }
  | { readonly kind: 'unknown'; readonly reason: string }

/** One thing that a channel found when it looked at itself. `what`: `token`, `clock`, `webhook`, `permission`, `quota` …; a sentence below `channels:check`. */
export interface ChannelFinding {
  readonly state: 'ok' | 'warning' | 'problem'
  readonly what: string
  readonly params?: Readonly<Record<string, string | number>>
}

export interface RawRequest {
  readonly method: string
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

export interface RawResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** Called once: the answer went out whole, or the connection was gone before. */
  handedOver?(isWhole: boolean): void
}

export interface WebhookRoute {
  readonly method: 'GET' | 'POST'
  readonly path: string
  handle(request: RawRequest): Promise<RawResponse>
}

export type Behind = () => Promise<readonly Outgoing[]>

export interface Channel {
  readonly name: ChannelName
  readonly abilities: Abilities
  readonly routes?: readonly WebhookRoute[]
  /**
   * `deliver` resolves once the message is durable: only then is a webhook answered. A platform that is down or refuses the token
   * stops no start: it is tried again, and told in the log and by `check`.
   */
  start(deliver: (received: Received) => Promise<void>): Promise<void>
  /**
   * @param behind replies that stand behind it in the same chat when it is asked; a channel that can says them together, and
   * answers `sent` for each when it comes. Never rejects. Default: none.
   */
  send(outgoing: Outgoing, behind?: Behind): Promise<SendOutcome>
  /** Asks the platform whether everything is in order, without starting. Never rejects. Absent: nothing to look at. */
  check?(): Promise<readonly ChannelFinding[]>
  stop(): Promise<void>
}
