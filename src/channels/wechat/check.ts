/** Asks the platform whether the account is set up: secret, list of addresses, rights, what is left of the day, the clock. */
import type { JsonObject } from '../../base/json.ts'
import { MINUTE, type Clock, type Instant } from '../../base/time.ts'
import type { ChannelFinding } from '../../messaging/channel.ts'
import type { ChannelSettings } from '../settings.ts'
import type { Api, ApiAnswer } from './api.ts'
import { refusalOf } from './errors.ts'
import type { Authorised } from './token.ts'

/** A push signed with a clock that is further off is thrown away. */
const DRIFT_MS = 5 * MINUTE
/** Of the day's calls: fewer than that part are told. */
const LITTLE = 0.1

/** The address of this machine is not on the account's list. */
const NOT_LISTED = 40164

export interface CheckOptions {
  readonly settings: ChannelSettings
  readonly api: Api
  readonly call: Authorised | null
  readonly clock: Clock
}

const OK = (what: string): ChannelFinding => ({ state: 'ok', what })

/** Never rejects. Empty where the account needs nothing of the platform. */
export async function checkAccount(options: CheckOptions): Promise<readonly ChannelFinding[]> {
  const { settings, call, api, clock } = options
  const { WECHAT_ACCOUNT: account, WECHAT_APP_ID: appId, WECHAT_APP_SECRET: secret } = settings
  if (call === null || !appId || !secret)
    return account === 'unverified'
      ? []
      : [{ state: 'problem', what: 'settings', params: { code: 'WECHAT_APP_SECRET' } }]

  const token = await api({
    path: '/cgi-bin/stable_token',
    body: { grant_type: 'client_credential', appid: appId, secret, force_refresh: false },
  })
  const trouble = troubleOf(token)
  const drift = driftOf(token, clock.now())
  if (trouble) return [trouble, ...drift]
  const rights = account === 'unverified' ? [] : await rightsOf(call, settings)
  return [OK('token'), ...drift, ...rights]
}

/** @returns null for a token that was given out */
function troubleOf(answer: ApiAnswer): ChannelFinding | null {
  switch (answer.kind) {
    case 'unreached':
    case 'down':
    case 'cut':
    case 'garbage':
    case 'file':
    case 'too_large':
      return { state: 'warning', what: 'network' }
    case 'answered': {
      const { code } = answer
      if (code === 0) return null
      if (code === NOT_LISTED) return { state: 'problem', what: 'address', params: { code, ip: ipOf(answer.body) } }
      const refusal = refusalOf(code)
      if (refusal === 'busy') return { state: 'warning', what: 'network' }
      if (refusal === 'tomorrow' || refusal === 'minute') return { state: 'problem', what: 'quota', params: { code } }
      return { state: 'problem', what: 'token', params: { code } }
    }
  }
}

/** The platform says which address it saw only in words: for the operator to copy, nothing is decided by it. */
function ipOf({ errmsg }: JsonObject): string {
  return typeof errmsg === 'string'
    ? (/\d{1,3}(?:\.\d{1,3}){3}|(?:[\da-f]{0,4}:){2,7}[\da-f]{1,4}/i.exec(errmsg)?.[0] ?? '')
    : ''
}

function driftOf(answer: ApiAnswer, now: Instant): readonly ChannelFinding[] {
  if (answer.kind !== 'answered' || answer.at === null) return []
  const off = Math.abs(now - answer.at)
  return [
    off > DRIFT_MS ? { state: 'warning', what: 'clock', params: { minutes: Math.round(off / MINUTE) } } : OK('clock'),
  ]
}

async function rightsOf(call: Authorised, settings: ChannelSettings): Promise<readonly ChannelFinding[]> {
  const findings = [await sendingOf(call)]
  const templateId = settings.WECHAT_TEMPLATE_ID
  if (templateId !== undefined)
    findings.push(
      settings.WECHAT_ACCOUNT === 'verified_service'
        ? await templateOf(call, templateId)
        : { state: 'warning', what: 'template', params: { code: 'WECHAT_ACCOUNT' } },
    )
  return findings
}

/** The right to write to people, and what is left of it today. */
async function sendingOf(call: Authorised): Promise<ChannelFinding> {
  const body = { cgi_path: '/cgi-bin/message/custom/send' }
  const answer = await call({ path: '/cgi-bin/openapi/quota/get', body })
  const refused = refusedRight(answer)
  if (refused) return refused
  const quota = answer.kind === 'answered' ? answer.body.quota : undefined
  if (typeof quota !== 'object' || quota === null || Array.isArray(quota)) return { state: 'warning', what: 'network' }
  const { daily_limit: limit, remain } = quota as JsonObject
  if (typeof limit !== 'number' || typeof remain !== 'number') return { state: 'warning', what: 'network' }
  if (limit === 0) return { state: 'problem', what: 'permission', params: { code: 48001 } }
  const state = remain <= 0 ? 'problem' : remain < limit * LITTLE ? 'warning' : 'ok'
  return { state, what: 'quota', params: { left: Math.max(0, remain), of: limit } }
}

/** Whether the account has that template. */
async function templateOf(call: Authorised, templateId: string): Promise<ChannelFinding> {
  const answer = await call({ path: '/cgi-bin/template/get_all_private_template' })
  const refused = refusedRight(answer)
  if (refused) return refused
  const listed = answer.kind === 'answered' ? answer.body.template_list : undefined
  const isThere =
    Array.isArray(listed) &&
    listed.some((each: unknown) => (each as { template_id?: unknown } | null)?.template_id === templateId)
  return isThere ? OK('template') : { state: 'problem', what: 'template', params: { code: 'WECHAT_TEMPLATE_ID' } }
}

function refusedRight(answer: Awaited<ReturnType<Authorised>>): ChannelFinding | null {
  if (answer.kind !== 'answered') return { state: 'warning', what: 'network' }
  if (answer.code === 0) return null
  const { code } = answer
  const refusal = refusalOf(code)
  if (refusal === 'busy') return { state: 'warning', what: 'network' }
  if (refusal === 'tomorrow' || refusal === 'minute') return { state: 'problem', what: 'quota', params: { code } }
  return { state: 'problem', what: 'permission', params: { code } }
}
