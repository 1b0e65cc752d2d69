/** A message whose pushes are open, or may yet come again. */
import type { Behind, Outgoing, RawResponse, SendOutcome } from '../../messaging/channel.ts'

/** `lost`: the file of the message can't be had. */
export type Taken = 'delivered' | 'lost'

export interface OpenedPush {
  /** Inbox id of the message: what answers are caused by. */
  readonly cause: string
  readonly user: string
  /** 1 to 3, as far as can be told from its times. */
  readonly ordinal: number
  answer(content: string): RawResponse
}

export interface Held {
  readonly outgoing: Outgoing
  readonly behind: Behind
  readonly resolve: (outcome: SendOutcome | Promise<SendOutcome>) => void
}

export interface Open {
  readonly push: OpenedPush
  readonly respond: (response: RawResponse) => void
  /** Takes back what was to happen later. */
  readonly cancel: () => void
}

/** One message, from its first push to when it is forgotten. */
export interface Exchange {
  readonly cause: string
  readonly user: string
  pushes: number
  state: 'working' | 'failed' | Taken
  open: Open | null
  held: Held[]
  /** What stands behind those is being looked for. */
  isGathering: boolean
  /** What it was answered with, to be said again to a repeat; "" = nothing. Null until then. */
  said: string | null
  /** Nobody waits for a repeat any more. */
  isOver: boolean
  cancelWait: () => void
}

export const newExchange = ({ cause, user, ordinal }: OpenedPush): Exchange => ({
  cause,
  user,
  pushes: ordinal,
  state: 'failed',
  open: null,
  held: [],
  isGathering: false,
  said: null,
  isOver: false,
  cancelWait: () => undefined,
})
