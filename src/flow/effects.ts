/** What a turn wants done. Effects name message keys, never finished text: language and channel are chosen later. */
import type { GlobalWord } from './words.ts'

/** A sentence to be: a key of the locales with its parameters, or words that are already somebody's own. */
export type TextRef =
  | { readonly key: string; readonly params?: Readonly<Record<string, string | number | TextRef>> }
  | { readonly literal: string }

export interface Choice {
  /** See interfaces.md: choice name, flow id, or submit | edit:<question> | skip | back | ack:<number>. */
  readonly id: string
  readonly label: TextRef
}

/** An answer to be looked through; what is sensitive is masked. */
export interface ReviewLine {
  readonly question: string
  readonly label: TextRef
  readonly shown: TextRef
}

/** A finished conversation. */
export interface Submission {
  readonly flow: string
  readonly version: number
  readonly digest: string
  /** Only relevant answers: question name → stored string; a repeat → list of instances; calculations included. */
  readonly answers: { readonly [question: string]: StoredAnswer }
  /** Paths whose value is “about”. */
  readonly approximate: readonly string[]
  /** Files that belong to answers: photos, recordings (also of a voice message that was understood). */
  readonly media: readonly { readonly question: string; readonly id: string }[]
  /** What a person reads: numbered lines of the review, sensitive ones in full. */
  readonly lines: readonly { readonly question: string; readonly label: TextRef; readonly shown: TextRef }[]
}

export type StoredAnswer = string | readonly { readonly [question: string]: StoredAnswer }[]

export interface Prompt {
  readonly flow: string
  /** Path without instances. */
  readonly question: string
  /** Of the locales: the sentence that is recorded. */
  readonly key: string
  /** Language of a sentence that the flow file carries itself. */
  readonly language?: string
}

export type Effect =
  | {
      readonly kind: 'say'
      readonly text: TextRef
      /** Set on the sentence that puts the open question. */
      readonly question?: string
      readonly choices?: readonly Choice[]
      /** Whether the choices are shown as a numbered list that may be answered by number (default true). */
      readonly numbered?: boolean
      readonly progress?: { readonly done: number; readonly of: number }
      /** On a question that is put in its own words: where a recording of it is looked for. */
      readonly prompt?: Prompt
      /** Several of the choices may be chosen at once. */
      readonly multiple?: true
      /** The open question may be left unanswered. */
      readonly optional?: true
      /** What the open question wants that is neither words nor a choice. */
      readonly asks?: 'image' | 'audio' | 'video' | 'file' | 'geopoint'
      /** On the sentence that asks for the last look: the lines said just before it, one by one, and `title` before them. */
      readonly lines?: readonly ReviewLine[]
    }
  /** Facts about the speaker that this flow learned (questions marked `fact`), to be known next time. */
  | { readonly kind: 'learn'; readonly facts: Readonly<Record<string, string>> }
  /** Danger or urgency said to be so, told to staff before the conversation is finished. */
  | { readonly kind: 'alert'; readonly level: 'danger' | 'urgent'; readonly question: string }
  | { readonly kind: 'submit'; readonly submission: Submission }
  /**
   * A global word that the flow itself does not answer: menu, human, language, status, complain, profile, erase, mute, unmute.
   * The argument is what was said behind it; see OFFER_PERSON.
   */
  | { readonly kind: 'word'; readonly word: GlobalWord; readonly argument?: string }
  | { readonly kind: 'end'; readonly reason: 'submitted' | 'refused' | 'stopped' | 'expired' | 'failed' }
  /** Something went wrong inside (limit, expression, lost flow): the person has been told what to do, this line is for the log. */
  | { readonly kind: 'fault'; readonly code: string; readonly question: string | null }

/** Nobody asked for a person, but nothing that was said could be taken: how to reach one is told, no more. */
export const UNASKED = 'unasked'
export const OFFER_PERSON: Effect = { kind: 'word', word: 'human', argument: UNASKED }
