/** What the engine keeps between turns beside the cursor: small, plain JSON, in `Parked.more`. */

/** Something to choose from that is not a list of the flow: “3000 or 4000?”, villages of that name, open courses. */
export interface Offered {
  /** As it would be stored. */
  readonly value: string
  readonly label: string
}

export interface More {
  /** For randomized choices: one order for one conversation. */
  readonly seed: number
  readonly zone: string
  /** What was worked out from the clock, chance, language or the past, by path (`path?` relevance, `path#` count, `path=` default). */
  readonly moments?: Readonly<Record<string, string>>
  /** Notes that were said. */
  readonly notes?: readonly string[]
  /** Questions whose alert was given. */
  readonly alerted?: readonly string[]
  readonly offered?: readonly Offered[]
  /** A known fact that is being confirmed. */
  readonly confirming?: Offered
  /** The open question has part of its answer already. */
  readonly gathering?: 1
  /** “You may submit now” was said. */
  readonly enough?: 1
  /** The person asked to submit: what is optional is not asked any more. */
  readonly hasty?: 1
  readonly nudged?: 1
  /** Path of the question that was open when the person went away, "" for the review; see leave.ts. */
  readonly left?: string
  /** Path of the question whose list is shown as a whole; others begin with their first choices. */
  readonly unfolded?: string
  /** Choices of that question that were named together with “more”, as they would be stored. */
  readonly picked?: string
  /** Ref of what was told before the first question, while a consent is waited for. */
  readonly told?: string
  /** Path of the text question that what was told began, until more was added or declined. */
  readonly begun?: string
  /** An answer ahead of the open question is being edited: what is open before it has not been asked yet. */
  readonly jumped?: 1
  /** Messages that were no tries and left the question at this path open; "" is the review. */
  readonly strayed?: { readonly at: string; readonly n: number }
  /** Paths of the answers that were said back last, and the revision in which an edit without a number means them. */
  readonly saidBack?: { readonly paths: readonly string[]; readonly revision: number }
  /** What was understood was said back once, with how to put it right. */
  readonly echoed?: 1
  /** Path → what belongs to an answer and is not its value: the label of a picked row, files that were sent. */
  readonly kept?: Readonly<Record<string, { readonly label?: string; readonly media?: readonly string[] }>>
}
