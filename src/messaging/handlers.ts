/**
 * What a finished conversation, or a command typed outside of one, becomes. One file per handler; the table is in wire.ts.
 * A handler runs `prepare` (reads) and decides; what it returns is committed together with the message that caused it.
 * On a conflict it runs again from the start.
 */
import type { Change } from '../base/change.ts'
import type { IdSource } from '../base/ids.ts'
import type { Instant } from '../base/time.ts'
import type { Choice, Submission, TextRef } from '../flow/effects.ts'
import type { Flow } from '../flow/flow.ts'
import type { ChannelName, MatterMark, NoticeAbout, Outgoing, ReminderMark } from './channel.ts'

/** Who is writing, from the account alone. */
export interface Speaker {
  readonly identityId: string
  readonly channel: ChannelName
  readonly user: string
  readonly language: string
  readonly staff: StaffSpeaker | null
  readonly profile: SpeakerProfile | null
  /** Village of the last QR code, when no profile says more. */
  readonly villageId: string | null
}

export interface StaffSpeaker {
  readonly id: string
  readonly name: string
  readonly scopes: readonly { readonly role: string; readonly territoryId: string; readonly path: string }[]
}

export interface SpeakerProfile {
  readonly id: string
  readonly name: string | null
  readonly phone: string | null
  /** Whose phone it is, as it was said; null = the speaker's own. */
  readonly phoneOf: string | null
  readonly territoryId: string | null
  readonly territoryPath: string | null
  readonly consentVersion: string | null
}

export interface Say {
  readonly text: TextRef
  readonly choices?: readonly Choice[]
  readonly numbered?: boolean
  /** Of the media store; channels without files leave it. */
  readonly file?: { readonly id: string; readonly name: string; readonly type: string }
}

/** A message to somebody else than the one who wrote, in their language, sent with the same commit. */
export interface Notice {
  readonly to:
    | { readonly kind: 'staff'; readonly staffId: string }
    | { readonly kind: 'group'; readonly channel: ChannelName; readonly chat: string }
    | { readonly kind: 'identity'; readonly identityId: string }
    /** That very account, whatever else the person has. */
    | { readonly kind: 'account'; readonly channel: ChannelName; readonly chat: string }
  readonly say: readonly Say[]
  readonly matter: MatterMark | null
  readonly reminder: ReminderMark | null
  /** Not before this moment (quiet hours); null = now. */
  readonly notBefore: Instant | null
  /** What it is about, where it may be out of date by the time it leaves. */
  readonly about?: NoticeAbout
  /** It answers what that person asked: sent even to somebody who wants no messages. */
  readonly isAnswer?: true
  /** A file in the media store that goes with it. */
  readonly attachment?: Outgoing['attachment']
}

export interface SubmitContext {
  readonly flow: Flow
  readonly submission: Submission
  readonly submissionId: string
  readonly conversationId: string
  readonly speaker: Speaker
  /** Territory of the matter: the `village` answer, else the first place that was answered, else the speaker's. */
  readonly territoryId: string | null
  readonly at: Instant
  readonly zone: string
  readonly ids: IdSource
}

export interface HandlerResult {
  readonly changes: readonly Change[]
  /** Said to the one who wrote; empty = the flow's own `submitted` sentence. */
  readonly say: readonly Say[]
  readonly notices: readonly Notice[]
  readonly matter: MatterMark | null
  /** Where the submission belongs, when that is not the territory of the context. */
  readonly territoryId?: string
  /** What was written, and what is answered, is kept sealed. */
  readonly sealed?: true
}

export type SubmitHandler = (context: SubmitContext) => Promise<HandlerResult>

/** Danger or urgency that was said in the middle of a flow. */
export interface AlertContext {
  readonly level: 'danger' | 'urgent'
  readonly flow: Flow
  readonly conversationId: string
  readonly speaker: Speaker
  /** Answers so far, question → stored. */
  readonly answers: Readonly<Record<string, string>>
  readonly territoryId: string | null
  readonly at: Instant
  readonly zone: string
  readonly ids: IdSource
}

export type AlertHandler = (context: AlertContext) => Promise<HandlerResult>

/** A message outside a flow, or in a group. */
export interface CommandContext {
  readonly text: string
  readonly choice: string | null
  readonly group: boolean
  readonly chat: string
  readonly speaker: Speaker
  readonly at: Instant
  readonly zone: string
  readonly ids: IdSource
}

/** @returns null when the text is not this command's. `start` opens a flow, with answers known beforehand. */
export type CommandHandler = (context: CommandContext) => Promise<
  | (HandlerResult & {
      readonly start?: { readonly flow: string; readonly answers: Readonly<Record<string, string>> }
      /** Id of a measure that a photo may be sent of next, where the chat is private and no flow is open. */
      readonly photoOf?: string
    })
  | null
>

/** A photo that was asked for outside a flow. @returns null when it is about nothing any more */
export type PhotoHandler = (
  measureId: string,
  mediaId: string,
  context: CommandContext,
) => Promise<HandlerResult | null>
