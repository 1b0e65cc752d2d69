/**
 * WeChat Official Account: pushes come in at `/webhooks/wechat`, and are answered with what there is to say as long as they are
 * open; everything else leaves by the sending half (send.ts), where the account has one.
 */
import type {
  Channel,
  ChannelFinding,
  RawRequest,
  RawResponse,
  Received,
  WebhookRoute,
} from '../../messaging/channel.ts'
import { ABILITIES } from '../abilities.ts'
import type { ChannelParts } from '../parts.ts'
import type { ChannelSettings } from '../settings.ts'
import { messageCipher } from './crypto.ts'
import type { Taken } from './exchange.ts'
import { exchanges, TEMPO, type Tempo } from './exchanges.ts'
import { inOrder } from './in-order.ts'
import { ownWords, type WechatOwnWords } from './own-words.ts'
import { passiveReply, plain, success } from './passive-reply.ts'
import { pictureBy, type PictureHost } from './picture.ts'
import { pushCheck } from './push-check.ts'
import { pushOf, type Meaning, type Push } from './receive.ts'
import { bodyWithFile } from './received-file.ts'
import { refusalLog } from './refusal-log.ts'
import { wechatSender, type WechatSender, type WechatSenderOptions } from './send.ts'
import { realAfter, type After } from './timers.ts'

const PATH = '/webhooks/wechat'

/** Seconds between two pushes of one message. */
const REPEATED_AFTER = 5

/** Of fetching a file by id or at its address, in milliseconds: two tries have to end while the message is still repeated. */
const FILE_MS = 5_000

export interface WechatOptions extends WechatSenderOptions {
  /** Default: from what the house lends. */
  readonly own?: WechatOwnWords
  /** Default: timers of the machine. */
  readonly after?: After
  /** Default: TEMPO. */
  readonly tempo?: Partial<Tempo>
  readonly pictureHost?: PictureHost
  /** Default: the one of send.ts. */
  readonly sender?: WechatSender
}

type Deliver = (received: Received) => Promise<void>

export function wechatChannel(settings: ChannelSettings, parts: ChannelParts, options: WechatOptions = {}): Channel {
  const { WECHAT_TOKEN: token = '', WECHAT_AES_KEY: key, WECHAT_APP_ID: appId = '', WECHAT_ACCOUNT: account } = settings
  const { clock } = parts
  const own = options.own ?? ownWords(parts.say)
  const cipher = key === undefined ? null : messageCipher(key, appId)
  const checker = pushCheck(token, cipher, clock)
  const refusals = refusalLog(parts)
  const answer = passiveReply(token, cipher, clock)
  const sender = options.sender ?? wechatSender(settings, parts, options)
  const mayWrite = account !== 'unverified'
  const unset = unsetIn(settings).map((code): ChannelFinding => ({
    state: 'problem',
    what: 'settings',
    params: { code },
  }))
  const ended = new AbortController()
  const files = {
    download: (mediaId: string) => sender.download(mediaId),
    picture: pictureBy({ root: '', timeLimitMs: FILE_MS, stopped: ended.signal }, options.pictureHost),
    parts,
  }
  const five = exchanges({
    after: options.after ?? realAfter,
    tempo: { ...TEMPO, ...options.tempo },
    mayWrite,
    words: {
      slow: () => (mayWrite ? own.slow() : own.slowUnverified(parts.publicUrl)),
      again: () => own.again(),
      lost: () => own.lost(),
      more: () => own.more(),
    },
    maxBytes: ABILITIES.wechat.textLimit.max,
    otherwise: (outgoing) => sender.send(outgoing),
  })
  const line = inOrder()
  let deliver: Deliver | null = null

  const note = async (push: Push): Promise<void> => {
    if (push.comes) await sender.gone(push.user, null)
    if (push.opens) await sender.opened(push.user, push.opens, push.at)
  }

  const take = async (push: Push, meaning: Speaking, given: Deliver): Promise<Taken> => {
    try {
      await note(push)
      const body = meaning.kind === 'body' ? meaning.body : await bodyWithFile(meaning.media, files)
      if (!body) return 'lost'
      const { id, user, at } = push
      await given({ channel: 'wechat', messageId: id, chat: user, from: user, group: false, at, language: null, body })
      return 'delivered'
    } catch (error) {
      parts.log('not_taken', { why: codeOf(error) })
      throw error
    }
  }

  const receive = async (push: Push, sentAt: number): Promise<RawResponse> => {
    const { meaning, user } = push
    if (!deliver) return plain(503, '')
    if (meaning.kind === 'gone') await sender.gone(user, push.at)
    if (meaning.kind === 'template' && !meaning.isDelivered) parts.log('template_undelivered')
    if (!isSpeaking(meaning)) {
      await note(push)
      return success()
    }
    const given = deliver
    return five.push(
      {
        cause: `wechat ${push.id}`,
        user,
        ordinal: ordinalOf(push, sentAt),
        answer: (content) => answer(push, content),
      },
      () => line(user, () => take(push, meaning, given)),
    )
  }

  const refuse = (status: number, why: string): RawResponse => {
    refusals.told(why)
    return plain(status, '')
  }

  const routes: readonly WebhookRoute[] = [
    {
      method: 'GET',
      path: PATH,
      handle: (request) => Promise.resolve(echo(request, checker.isOurs(request)) ?? refuse(403, 'signature')),
    },
    {
      method: 'POST',
      path: PATH,
      async handle(request) {
        const checked = checker.check(request)
        if ('why' in checked) return refuse(checked.status, checked.why)
        const push = pushOf(checked.fields)
        return push ? receive(push, checked.sentAt) : refuse(400, 'fields')
      },
    },
  ]

  return {
    name: 'wechat',
    abilities: ABILITIES.wechat,
    routes,
    async start(given) {
      deliver = given
      await sender.start()
    },
    send: (outgoing, behind = () => Promise.resolve([])) => five.send(outgoing, behind),
    check: async () => [...unset, ...(await sender.check()), ...refusals.findings()],
    async stop() {
      deliver = null
      ended.abort()
      five.stop()
      await sender.stop()
    },
  }
}

type Speaking = Extract<Meaning, { kind: 'body' | 'media' }>

const isSpeaking = (meaning: Meaning): meaning is Speaking => meaning.kind === 'body' || meaning.kind === 'media'

/** What pushes can't be understood without. */
const unsetIn = ({ WECHAT_TOKEN, WECHAT_AES_KEY, WECHAT_APP_ID }: ChannelSettings): readonly string[] => [
  ...(WECHAT_TOKEN === undefined ? ['WECHAT_TOKEN'] : []),
  ...(WECHAT_AES_KEY !== undefined && WECHAT_APP_ID === undefined ? ['WECHAT_APP_ID'] : []),
]

/** Which of the three pushes of a message this is, by the platform's own clock: for one that a process before this one saw first. */
const ordinalOf = (push: Push, sentAt: number): number =>
  Math.min(3, Math.max(1, 1 + Math.floor((sentAt - push.at / 1000) / REPEATED_AFTER)))

/** The answer to the call by which the platform asks whether the address is ours. */
function echo({ query }: RawRequest, isOurs: boolean): RawResponse | null {
  const { echostr } = query
  return isOurs && echostr !== undefined && echostr.length <= 256 ? plain(200, echostr) : null
}

const codeOf = (error: unknown): string => {
  const { code } = error as { code?: unknown }
  return typeof code === 'string' ? code : 'unknown'
}
