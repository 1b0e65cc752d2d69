/** The token that every call carries: kept in memory until shortly before its end, asked for once however many want it. */
import { DAY, MINUTE, SECOND, type Clock } from '../../base/time.ts'
import type { SendOutcome } from '../../messaging/channel.ts'
import type { Api, ApiAnswer, ApiCall } from './api.ts'
import { reasonOf, refusalOf, tokenRefusalOf } from './errors.ts'
import { later, NEXT_MINUTE, untilTomorrow } from './pauses.ts'

/** The platform gives a new one from 5 minutes before the end on; both hold until then. */
const EARLY_MS = 5 * MINUTE

/** The platform's limits for asking for another token before the end of the one before. */
const FORCED_APART_MS = 30 * SECOND
const FORCED_A_DAY = 20

export type TokenOutcome = { readonly kind: 'token'; readonly value: string } | Exclude<SendOutcome, { kind: 'sent' }>

export interface TokenKeeper {
  get(): Promise<TokenOutcome>
  /** Another one than that, which was refused. */
  renew(refused: string): Promise<TokenOutcome>
}

export interface TokenOptions {
  readonly appId: string
  readonly secret: string
  readonly api: Api
  readonly clock: Clock
}

export function tokenKeeper({ appId, secret, api, clock }: TokenOptions): TokenKeeper {
  let kept: { readonly value: string; readonly until: number } | null = null
  let asked: Promise<TokenOutcome> | null = null
  /** Moments of the last day at which another one was forced. */
  let forced: readonly number[] = []

  const ask = async (isForced: boolean): Promise<TokenOutcome> => {
    const body = { grant_type: 'client_credential', appid: appId, secret, force_refresh: isForced }
    const answer = await api({ path: '/cgi-bin/stable_token', body, isShort: true })
    if (answer.kind !== 'answered') return later(`wechat:token_${answer.kind}`)
    if (answer.code !== 0) return refused(answer.code, clock)
    const { access_token: value, expires_in: seconds } = answer.body
    if (typeof value !== 'string' || value === '' || typeof seconds !== 'number') return later('wechat:token_garbage')
    const lifeMs = seconds * SECOND
    kept = { value, until: clock.now() + Math.max(lifeMs - EARLY_MS, lifeMs / 2) }
    return { kind: 'token', value }
  }

  const force = (): Promise<TokenOutcome> => {
    const now = clock.now()
    forced = forced.filter((at) => at > now - DAY)
    const waitMs = (forced.at(-1) ?? -Infinity) + FORCED_APART_MS - now
    if (forced.length >= FORCED_A_DAY) return Promise.resolve({ kind: 'operator', reason: 'wechat:token_refused' })
    if (waitMs > 0) return Promise.resolve(later('wechat:token_refused', Math.ceil(waitMs / SECOND)))
    forced = [...forced, now]
    return ask(true)
  }

  /** Whoever comes while one is asked for gets that one. */
  const once = (start: () => Promise<TokenOutcome>): Promise<TokenOutcome> => {
    asked ??= start().finally(() => {
      asked = null
    })
    return asked
  }

  const current = (): TokenOutcome | null =>
    kept !== null && clock.now() < kept.until ? { kind: 'token', value: kept.value } : null

  return {
    get: () => Promise.resolve(current() ?? once(() => ask(false))),
    async renew(refusedValue) {
      const now = current()
      if (now?.kind === 'token' && now.value !== refusedValue) return now
      return once(async () => {
        kept = null
        const fresh = await ask(false)
        return fresh.kind === 'token' && fresh.value === refusedValue ? force() : fresh
      })
    },
  }
}

function refused(code: number, clock: Clock): TokenOutcome {
  const reason = reasonOf(code)
  switch (tokenRefusalOf(code)) {
    case 'operator':
      return { kind: 'operator', reason }
    case 'tomorrow':
      return later(reason, untilTomorrow(clock.now()))
    case 'minute':
      return later(reason, NEXT_MINUTE)
    case 'busy':
      return later(reason)
  }
}

export type Authorised = (
  call: ApiCall,
) => Promise<ApiAnswer | { readonly kind: 'no_token'; readonly outcome: Exclude<TokenOutcome, { kind: 'token' }> }>

/** Calls with the token; one that is refused is replaced once. An answer with a token's code afterwards is the operator's. */
export const authorised =
  (api: Api, tokens: TokenKeeper): Authorised =>
  async (call) => {
    const first = await tokens.get()
    if (first.kind !== 'token') return { kind: 'no_token', outcome: first }
    const answer = await api(withToken(call, first.value))
    if (answer.kind !== 'answered' || refusalOf(answer.code) !== 'token') return answer
    const second = await tokens.renew(first.value)
    if (second.kind !== 'token') return { kind: 'no_token', outcome: second }
    return api(withToken(call, second.value))
  }

const withToken = (call: ApiCall, token: string): ApiCall => ({
  ...call,
  query: { ...call.query, access_token: token },
})
