/** DingTalk's interface for apps: an access token that is kept while it is good, and calls with it. */
import { MINUTE, SECOND, type Clock } from '../../base/time.ts'
import type { Posted, PostJson } from '../post-json.ts'
import { apiRefused, lost, type Failure, NO_ANSWER, reason, UNREACHED } from './errors.ts'

export type ApiAnswer =
  | { readonly kind: 'done'; readonly body: Readonly<Record<string, unknown>> }
  | { readonly kind: 'failed'; readonly outcome: Failure }

export interface Api {
  /** The app, which is its robot's code too. */
  readonly clientId: string
  /** @param path from the root, `/v1.0/…` */
  call(path: string, body: object): Promise<ApiAnswer>
  /** Without a token: whoever asks names himself. */
  open(path: string, body: object): Promise<ApiAnswer>
  /** For the calls that want it in their address. */
  token(): Promise<string | Failure>
  /** Asks for a fresh token. */
  look(): Promise<ApiAnswer>
}

export interface ApiOptions {
  readonly root: string
  readonly clientId: string
  readonly clientSecret: string
  readonly post: PostJson
  readonly clock: Clock
}

/** Before it ends; a token lives for two hours. */
const RENEW_BEFORE = 5 * MINUTE

interface Token {
  readonly value: string
  readonly until: number
}

export function api({ root, clientId, clientSecret, post, clock }: ApiOptions): Api {
  const address = (path: string) => new URL(`${root.replace(/\/+$/, '')}${path}`)
  const refused = (posted: Exclude<Posted, { kind: 'answer' }>): ApiAnswer => ({
    kind: 'failed',
    outcome: posted.kind === 'unreached' ? UNREACHED : lost(posted.late),
  })
  const read = (posted: Posted): ApiAnswer & { readonly stale?: boolean } => {
    if (posted.kind !== 'answer') return refused(posted)
    const { status, body } = posted
    if (status >= 200 && status < 300 && body) return { kind: 'done', body }
    if (status < 400) return { kind: 'failed', outcome: NO_ANSWER }
    const name = typeof body?.['code'] === 'string' ? body['code'] : null
    const stale = status === 401 || name?.startsWith('InvalidAuthentication') === true
    return { kind: 'failed', outcome: apiRefused(status, name, clock.now()), stale }
  }

  let token: Token | null = null
  let asking: Promise<Token | ApiAnswer> | null = null

  const ask = async (): Promise<Token | ApiAnswer> => {
    const answer = read(await post(address('/v1.0/oauth2/accessToken'), { appKey: clientId, appSecret: clientSecret }))
    if (answer.kind === 'failed') return { kind: 'failed', outcome: ofToken(answer.outcome) }
    const { accessToken, expireIn } = answer.body
    if (typeof accessToken !== 'string' || typeof expireIn !== 'number') return { kind: 'failed', outcome: NO_ANSWER }
    token = { value: accessToken, until: clock.now() + expireIn * SECOND - RENEW_BEFORE }
    return token
  }

  /** One at a time: whoever needs it meanwhile waits for that one. */
  const fresh = (): Promise<Token | ApiAnswer> => (asking ??= ask().finally(() => (asking = null)))

  const good = async (): Promise<Token | ApiAnswer> => (token && token.until > clock.now() ? token : fresh())

  const call: Api['call'] = async (path, body) => {
    for (let tries = 1; ; tries++) {
      const mine = await good()
      if ('kind' in mine) return mine
      const answer = read(await post(address(path), body, { 'x-acs-dingtalk-access-token': mine.value }))
      if (answer.kind === 'done' || !answer.stale || tries > 1) return answer
      if (token === mine) token = null
    }
  }

  return {
    clientId,
    call,
    open: async (path, body) => read(await post(address(path), body)),
    async token() {
      const mine = await good()
      if (!('kind' in mine)) return mine.value
      return mine.kind === 'failed' ? mine.outcome : NO_ANSWER
    },
    async look() {
      const got = await fresh()
      return 'kind' in got ? got : { kind: 'done', body: {} }
    },
  }
}

/** Nothing of the message was taken when only a token was asked for. A token that is refused is the operator's. */
function ofToken(outcome: Failure): Failure {
  if (outcome.kind === 'unknown') return { kind: 'retry', afterSeconds: 5, reason: outcome.reason }
  if (outcome.kind === 'retry' && !/:http_4\d\d$/.test(outcome.reason)) return outcome
  return outcome.reason === reason('http_429') ? outcome : { kind: 'operator', reason: reason('token') }
}
