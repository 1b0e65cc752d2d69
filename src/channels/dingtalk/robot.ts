/** A group's own robot, and the addresses for answers, which take the same messages: they can be written to and hear nothing. */
import type { Clock } from '../../base/time.ts'
import type { Outgoing, SendOutcome } from '../../messaging/channel.ts'
import type { ChannelParts, GroupHook } from '../parts.ts'
import type { PostJson } from '../post-json.ts'
import { causeOf, lost, MARKUP_REFUSED, NO_ANSWER, reason, robotRefused, UNREACHED } from './errors.ts'
import { marked, mentioned, plain, robotMessage, type WordsOptions } from './format.ts'
import { robotUrl } from './hook-address.ts'

const SECURITY_CHECK = 310000

export interface Robots {
  /** By the group's own robot: signed, with the keyword. */
  send(hook: GroupHook, outgoing: Outgoing): Promise<SendOutcome>
  /** To the address that came with a message of that chat. */
  answer(url: URL, outgoing: Outgoing): Promise<SendOutcome>
}

export interface RobotOptions {
  readonly root: string
  readonly keyword: string | null
  readonly post: PostJson
  readonly clock: Clock
  readonly log: ChannelParts['log']
}

export function robots({ root, keyword, post, clock, log }: RobotOptions): Robots {
  const give = async (url: URL, message: object): Promise<{ outcome: SendOutcome; code: number | null }> => {
    const posted = await post(url, message)
    if (posted.kind === 'unreached') return { outcome: UNREACHED, code: null }
    if (posted.kind === 'lost') return { outcome: lost(posted.late), code: null }
    const code = posted.body?.['errcode']
    if (typeof code !== 'number') return { outcome: NO_ANSWER, code: null }
    if (code === 0) return { outcome: { kind: 'sent', platformId: null }, code }
    if (code === SECURITY_CHECK) log('security_check', { cause: causeOf(String(posted.body?.['errmsg'])) })
    return { outcome: robotRefused(code, clock.now()), code }
  }

  /** @param address anew for each call: a signature holds its time */
  const send = async (address: () => URL, outgoing: Outgoing, options: WordsOptions): Promise<SendOutcome> => {
    const words = marked(outgoing, options)
    const asPlain = robotMessage(plain(outgoing, options), options.mentions)
    if (!words) return (await give(address(), asPlain)).outcome
    const { outcome, code } = await give(address(), robotMessage(words, options.mentions))
    return code !== null && MARKUP_REFUSED.has(code) ? (await give(address(), asPlain)).outcome : outcome
  }

  return {
    async send(hook, outgoing) {
      const url = robotUrl(hook, root, clock.now())
      if (!url) return { kind: 'operator', reason: reason('hook_address') }
      const again = () => robotUrl(hook, root, clock.now()) ?? url
      return send(again, outgoing, { keyword, mentions: mentioned(outgoing.mentions) })
    },
    answer: (url, outgoing) => send(() => url, outgoing, { keyword: null, mentions: mentioned(outgoing.mentions) }),
  }
}
