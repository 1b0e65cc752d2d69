/** What the app's robot sends: to the address that came with the last message of a chat while it is good, else by the interface. */
import type { Clock } from '../../base/time.ts'
import type { Outgoing, SendOutcome } from '../../messaging/channel.ts'
import type { ChannelParts } from '../parts.ts'
import type { Api, ApiAnswer } from './api.ts'
import { reason } from './errors.ts'
import { appMessage, marked, mentioned, plain, type Words } from './format.ts'
import type { Files } from './files.ts'
import type { Robots } from './robot.ts'
import type { Sessions } from './sessions.ts'

export interface App {
  /** Whether that chat can be told at all by the app. */
  reaches(chat: string): boolean
  send(outgoing: Outgoing): Promise<SendOutcome>
  /** The file that goes with it, after the words: one that can't follow is told to the operator only. */
  attach(outgoing: Outgoing): Promise<void>
}

/** Ids of conversations are made by the platform; accounts are up to 64 letters, digits and `_-@.`. */
const CONVERSATION = /^cid[A-Za-z0-9+/_-]{12,}={0,2}$/
/** Of people outside of the organisation, who have no account in it. */
const OUTSIDER = /^\$:LWCP/

const FLOW_CONTROL_SECONDS = 60

export const isConversation = (chat: string): boolean => CONVERSATION.test(chat)

export interface AppOptions {
  readonly api: Api
  readonly robots: Robots
  readonly sessions: Sessions
  readonly files: Files
  readonly clock: Clock
  readonly log: ChannelParts['log']
}

export function app({ api, robots, sessions, files, clock, log }: AppOptions): App {
  const toGroup = (chat: string, message: object): Promise<ApiAnswer> =>
    api.call('/v1.0/robot/groupMessages/send', { ...message, robotCode: api.clientId, openConversationId: chat })

  const toPerson = async (chat: string, message: object): Promise<ApiAnswer> => {
    const answer = await api.call('/v1.0/robot/oToMessages/batchSend', {
      ...message,
      robotCode: api.clientId,
      userIds: [chat],
    })
    return answer.kind === 'done' ? (notTaken(answer.body, chat) ?? answer) : answer
  }

  const to = (chat: string, message: object): Promise<ApiAnswer> =>
    isConversation(chat) ? toGroup(chat, message) : toPerson(chat, message)

  const byApi = async (outgoing: Outgoing): Promise<SendOutcome> => {
    // The interface calls nobody by name.
    const options = { keyword: null, mentions: mentioned([]) }
    const give = (words: Words) => to(outgoing.chat, appMessage(words))
    const words = marked(outgoing, options)
    let answer = words && (await give(words))
    if (answer === null || isMarkupRefused(answer)) answer = await give(plain(outgoing, options))
    if (answer.kind === 'failed') return answer.outcome
    const key = answer.body['processQueryKey']
    return { kind: 'sent', platformId: typeof key === 'string' ? key : null }
  }

  return {
    reaches: (chat) => isConversation(chat) || sessions.of(chat, clock.now()) !== null,
    async attach({ chat, attachment }) {
      if (!attachment || OUTSIDER.test(chat)) return
      const message = await files.message(attachment)
      const answer = 'msgKey' in message ? await to(chat, message) : { kind: 'failed' as const, outcome: message }
      if (answer.kind === 'failed') log('file_not_sent', { reason: answer.outcome.reason })
    },
    async send(outgoing) {
      const address = sessions.of(outgoing.chat, clock.now())
      if (address) {
        const outcome = await robots.answer(address, outgoing)
        // An address that isn't taken any more: nothing was sent, and there is another way.
        if (outcome.kind !== 'operator') return outcome
        sessions.forget(outgoing.chat)
      }
      if (OUTSIDER.test(outgoing.chat)) return { kind: 'person', reason: reason('no_staff_id') }
      return byApi(outgoing)
    },
  }
}

const isMarkupRefused = (answer: ApiAnswer): boolean =>
  answer.kind === 'failed' &&
  answer.outcome.kind === 'unsendable' &&
  answer.outcome.reason.includes('invalidParameter.msg')

/** The answer is 200 even where the one who was meant got nothing. */
function notTaken(body: Readonly<Record<string, unknown>>, account: string): ApiAnswer | null {
  const has = (list: unknown) => Array.isArray(list) && list.includes(account)
  if (has(body['invalidStaffIdList'])) {
    return { kind: 'failed', outcome: { kind: 'unsendable', reason: reason('invalid_staff') } }
  }
  if (has(body['flowControlledStaffIdList'])) {
    return {
      kind: 'failed',
      outcome: { kind: 'retry', afterSeconds: FLOW_CONTROL_SECONDS, reason: reason('flow_controlled') },
    }
  }
  return null
}
