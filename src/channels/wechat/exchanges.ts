/**
 * The rule of five seconds: a push is answered within 4.5, or the platform cuts it off and repeats it, three times in all. What
 * is sent for a message whose push is open goes out as its answer and costs nothing; the rest goes its other way.
 * Here are only the pushes that are open and what waits for them; all of it may be lost at any moment.
 */
import type { Behind, Outgoing, RawResponse, SendOutcome } from '../../messaging/channel.ts'
import { newExchange, type Exchange, type Held, type Open, type OpenedPush, type Taken } from './exchange.ts'
import { joinedWithin } from './join.ts'
import { plain, success } from './passive-reply.ts'
import { remembered } from './remembered.ts'
import type { After } from './timers.ts'

/** Milliseconds. */
export interface Tempo {
  /** From a push to the last moment at which its answer surely arrives in time. */
  readonly answerMs: number
  /** From a push to when the platform has surely given it up. */
  readonly cutMs: number
  /** How long a repeat is waited for. */
  readonly repeatMs: number
  /** How long a message is known after its last push. */
  readonly keptMs: number
}

export const TEMPO: Tempo = { answerMs: 4_500, cutMs: 6_000, repeatMs: 6_000, keptMs: 60_000 }

/** Pushes of one message. */
const PUSHES = 3

/** Own words, for what nobody in the house can say in time. */
export interface LastWords {
  /** It goes on, and there is no time left. */
  slow(): string
  /** It could not be kept. */
  again(): string
  /** A picture or a recording did not come through. */
  lost(): string
  /** More is to be said, and can't be in this answer. */
  more(): string
}

export interface ExchangesOptions {
  readonly after: After
  readonly tempo: Tempo
  /** The account may write without being asked: what isn't ready need not wait for a repeat. */
  readonly mayWrite: boolean
  readonly words: LastWords
  readonly maxBytes: number
  /** What goes out otherwise. */
  readonly otherwise: (outgoing: Outgoing) => Promise<SendOutcome>
}

export interface Exchanges {
  /** @param take delivers the message; called for the first push of it, and again where that failed */
  push(opened: OpenedPush, take: () => Promise<Taken>): Promise<RawResponse>
  send(outgoing: Outgoing, behind: Behind): Promise<SendOutcome>
  stop(): void
}

const STOPPING: SendOutcome = { kind: 'retry', afterSeconds: 0, reason: 'stopping' }

export function exchanges(options: ExchangesOptions): Exchanges {
  const { after, tempo, mayWrite, words, maxBytes, otherwise } = options
  const known = new Map<string, Exchange>()
  const latest = new Map<string, Exchange>()
  /** What went out with something else, before it was asked for. */
  const handedOver = remembered(2_000)
  /** Of what waits for a push, whichever. */
  const heldIds = new Set<string>()
  const unanswered = new Set<(response: RawResponse) => void>()
  let stopped = false

  const forget = (exchange: Exchange) => {
    if (known.get(exchange.cause) === exchange) known.delete(exchange.cause)
    if (latest.get(exchange.user) === exchange) latest.delete(exchange.user)
  }

  /** No push is open: is there another? */
  const waitForRepeat = (exchange: Exchange) => {
    exchange.cancelWait()
    exchange.cancelWait = after(tempo.repeatMs, () => {
      exchange.isOver = true
      for (const held of exchange.held.splice(0)) held.resolve(otherwise(held.outgoing))
      exchange.cancelWait = after(tempo.keptMs, () => forget(exchange))
    })
  }

  const close = (exchange: Exchange, open: Open, response: RawResponse) => {
    if (exchange.open === open) exchange.open = null
    open.cancel()
    open.respond(response)
  }

  /** @param content "" for none @param carried what is said with it @param said ids of all that is in it */
  const answer = (exchange: Exchange, content: string, carried: readonly Held[] = [], said: Iterable<string> = []) => {
    const { open } = exchange
    if (!open) return
    exchange.said = content
    const left = exchange.held.splice(0)
    waitForRepeat(exchange)
    const response = content === '' ? success() : open.push.answer(content)
    close(exchange, open, {
      ...response,
      handedOver(isWhole) {
        if (isWhole) {
          handedOver.add(said)
          for (const held of carried) held.resolve({ kind: 'sent', platformId: null })
          return
        }
        exchange.said = null
        if (exchange.isOver || stopped) for (const held of carried) held.resolve(otherwise(held.outgoing))
        else exchange.held.unshift(...carried)
        settle(exchange)
      },
    })
    for (const held of left) held.resolve(otherwise(held.outgoing))
  }

  /** Something has happened: can the open push be answered? */
  const settle = (exchange: Exchange) => {
    const { state, said, held, open } = exchange
    if (!open || state === 'working' || state === 'failed') return
    if (said !== null) return answer(exchange, said)
    if (state === 'lost') return answer(exchange, words.lost())
    if (held.length > 0 && !exchange.isGathering) void gather(exchange)
  }

  /** Says what is held, with what stands behind it. */
  const gather = async (exchange: Exchange): Promise<void> => {
    exchange.isGathering = true
    const isMine = ({ id, cause }: Outgoing) =>
      (!mayWrite || cause === exchange.cause) && !heldIds.has(id) && !handedOver.has(id)
    const behind = (await Promise.all(exchange.held.map((one) => one.behind()))).flat().filter(isMine)
    exchange.isGathering = false
    if (!exchange.open || exchange.said !== null) return
    const messages = [...exchange.held.map(({ outgoing }) => outgoing), ...behind]
    const joined = joinedWithin(messages, maxBytes, mayWrite ? null : words.more())
    const carried = exchange.held.filter(({ outgoing }) => joined.ids.has(outgoing.id))
    exchange.held = exchange.held.filter((one) => !carried.includes(one))
    answer(exchange, joined.content, carried, joined.ids)
  }

  /** The last moment for this push. */
  const late = (exchange: Exchange, open: Open) => {
    if (exchange.open !== open) return
    const isLast = exchange.pushes >= PUSHES
    if (exchange.state === 'delivered' && (mayWrite || isLast)) return answer(exchange, '')
    if (isLast) return answer(exchange, exchange.state === 'failed' ? words.again() : words.slow())
    // Left without an answer, so that it is repeated.
    exchange.open = null
    waitForRepeat(exchange)
  }

  const begin = (exchange: Exchange, take: () => Promise<Taken>) => {
    exchange.state = 'working'
    void take().then(
      (taken) => {
        exchange.state = taken
        settle(exchange)
      },
      () => {
        exchange.state = 'failed'
      },
    )
  }

  const exchangeOf = (push: OpenedPush): Exchange => {
    const { cause, user } = push
    const before = known.get(cause)
    if (before) {
      before.pushes += 1
      return before
    }
    const fresh = newExchange(push)
    known.set(cause, fresh)
    latest.set(user, fresh)
    return fresh
  }

  const canAnswer = (exchange: Exchange | undefined): exchange is Exchange =>
    exchange !== undefined && exchange.said === null && !exchange.isOver && exchange.state !== 'lost'

  return {
    push(push, take) {
      if (stopped) return Promise.resolve(plain(503, ''))
      const exchange = exchangeOf(push)
      exchange.cancelWait()
      exchange.isOver = false
      return new Promise((resolve) => {
        const respond = (response: RawResponse) => {
          if (unanswered.delete(respond)) resolve(response)
        }
        unanswered.add(respond)
        const given = after(tempo.cutMs, () => respond(plain(503, '')))
        const due = after(tempo.answerMs, () => late(exchange, open))
        const open: Open = {
          push,
          respond,
          cancel() {
            due()
            given()
          },
        }
        // The platform repeats only what it has given up.
        if (exchange.open) close(exchange, exchange.open, plain(503, ''))
        exchange.open = open
        if (exchange.state === 'failed') begin(exchange, take)
        settle(exchange)
      })
    },

    send(outgoing, behind) {
      if (handedOver.has(outgoing.id)) return Promise.resolve({ kind: 'sent', platformId: null })
      const own = outgoing.cause === null ? undefined : known.get(outgoing.cause)
      const exchange = canAnswer(own) ? own : mayWrite ? undefined : latest.get(outgoing.chat)
      if (stopped || !canAnswer(exchange)) return otherwise(outgoing)
      heldIds.add(outgoing.id)
      return new Promise((done) => {
        const resolve: Held['resolve'] = (outcome) => {
          heldIds.delete(outgoing.id)
          done(outcome)
        }
        exchange.held.push({ outgoing, behind, resolve })
        settle(exchange)
      })
    },

    stop() {
      stopped = true
      for (const exchange of known.values()) {
        exchange.cancelWait()
        exchange.open?.cancel()
        exchange.open = null
        for (const held of exchange.held.splice(0)) held.resolve(STOPPING)
      }
      for (const respond of [...unanswered]) respond(plain(503, ''))
      known.clear()
      latest.clear()
    },
  }
}
