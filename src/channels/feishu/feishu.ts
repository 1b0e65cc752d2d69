import type { Random } from '../../base/random.ts'
import { SECOND } from '../../base/time.ts'
import type { Channel, SendOutcome } from '../../messaging/channel.ts'
import { ABILITIES } from '../abilities.ts'
import type { ChannelParts, GroupHook } from '../parts.ts'
import { jsonPoster, type Posted } from '../post-json.ts'
import type { ChannelSettings } from '../settings.ts'
import { look } from './check.ts'
import { crowded } from './crowded.ts'
import { lost, mayBeOfTheCard, noAnswer, reason, refused, UNREACHED, type Refusal } from './errors.ts'
import { card, fits, plain } from './format.ts'
import { hookUrl } from './hook-address.ts'
import { signed } from './signature.ts'

export interface FeishuOptions {
  /** For one call. Default 15 s. */
  readonly timeoutMs?: number
  readonly random?: Random
}

/** Feishu (飞书): groups by their own robot, signed; it hears nothing. */
export function feishuChannel(settings: ChannelSettings, parts: ChannelParts, options: FeishuOptions = {}): Channel {
  const { timeoutMs = 15 * SECOND, random = Math.random } = options
  const { FEISHU_API_ROOT: root } = settings
  const { clock } = parts
  const stopping = new AbortController()
  const post = jsonPoster(timeoutMs, stopping.signal)
  const stepsAside = crowded(clock, random)

  const bodyOf = ({ secret }: GroupHook, message: object): object =>
    secret === null ? message : { ...signed(secret, clock.now()), ...message }

  const give = async (url: URL, body: object): Promise<{ outcome: SendOutcome; refusal: Refusal | null }> => {
    const posted = await post(url, body)
    if (posted.kind === 'unreached') return { outcome: UNREACHED, refusal: null }
    if (posted.kind === 'lost') return { outcome: lost(posted.late), refusal: null }
    const code = codeOf(posted)
    if (code === null) return { outcome: noAnswer(posted.status), refusal: null }
    if (code === 0) return { outcome: { kind: 'sent', platformId: null }, refusal: null }
    const words = String(posted.body?.['msg'] ?? posted.body?.['StatusMessage'])
    const refusal = { code, words, resetSeconds: resetOf(posted.headers) }
    return { outcome: refused(refusal, random), refusal }
  }

  return {
    name: 'feishu',
    abilities: ABILITIES.feishu,
    start: () => Promise.resolve(),
    async send(outgoing) {
      const hook = await parts.hookOf(outgoing.chat)
      if (!hook) return { kind: 'operator', reason: reason('no_webhook') }
      const url = hookUrl(hook.webhook, root)
      if (!url) return { kind: 'operator', reason: reason('hook_address') }
      const wait = outgoing.reminder === null ? null : stepsAside(outgoing.id)
      if (wait !== null) return { kind: 'retry', afterSeconds: wait, reason: 'later:crowded' }
      const drawn = card(outgoing)
      const asCard = drawn && bodyOf(hook, drawn)
      if (asCard && fits(asCard)) {
        const { outcome, refusal } = await give(url, asCard)
        if (!refusal || !mayBeOfTheCard(refusal)) return outcome
      }
      const asPlain = bodyOf(hook, plain(outgoing))
      return fits(asPlain) ? (await give(url, asPlain)).outcome : { kind: 'unsendable', reason: reason('too_long') }
    },
    check: () => look(root, parts),
    stop() {
      stopping.abort()
      return Promise.resolve()
    },
  }
}

/** Older answers have only a `StatusCode`. */
function codeOf({ body }: Extract<Posted, { kind: 'answer' }>): number | null {
  const code = body?.['code'] ?? body?.['StatusCode']
  return typeof code === 'number' ? code : null
}

/** Seconds until calls are taken again; null where it isn't said, or makes no sense. */
function resetOf(headers: Headers): number | null {
  const seconds = Number(headers.get('x-ogw-ratelimit-reset') ?? NaN)
  return Number.isFinite(seconds) && seconds > 0 && seconds <= 3600 ? Math.ceil(seconds) : null
}
