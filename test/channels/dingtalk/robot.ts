/** The platform's side of groups' robots: `robot/send`, with signature, keyword, 20 a minute and the ten minutes after that. */
import type { Fault, Shown } from '../stand-in.ts'
import { shownOf, type RobotBody } from './shown.ts'

const PER_MINUTE = 20
const MINUTE = 60_000
const BAN = 10 * MINUTE
const HOUR = 60 * MINUTE

export interface RobotWorld {
  readonly token: string
  readonly secret: string | null
  readonly keyword: string | null
  readonly chat: string
  now(): number
}

export interface Robot {
  readonly shown: Shown[]
  readonly asked: { readonly url: URL; readonly body: RobotBody }[]
  readonly faults: Fault[]
  /** Answers that the next calls get, whatever they ask. */
  readonly answers: object[]
  /** @returns the answer's body; null: the connection is cut */
  send(url: URL, bytes: Buffer): Promise<string | null>
}

export const ROBOT_FAULTS: Readonly<Partial<Record<Fault, object>>> = {
  too_fast: { errcode: 130101, errmsg: 'send too fast, exceed 20 times per minute', wait: 13 },
  down: { errcode: -1, errmsg: '系统繁忙' },
  token: { errcode: 300001, errmsg: 'token is not exist' },
  blocked: { errcode: 400013, errmsg: '群已被解散' },
  content: { errcode: 430102, errmsg: '含有不合适的文本' },
}

export function robot({ token, secret, keyword, chat, now }: RobotWorld): Robot {
  const shown: Shown[] = []
  const asked: Robot['asked'] = []
  const faults: Fault[] = []
  const answers: object[] = []
  const times: number[] = []
  let bannedUntil = 0

  const refusal = async (url: URL, body: RobotBody): Promise<object | null> => {
    if (url.searchParams.get('access_token') !== token) return { errcode: 300001, errmsg: 'token is not exist' }
    if (secret !== null && !(await isSigned(url, secret, now()))) {
      const late = Math.abs(now() - Number(url.searchParams.get('timestamp'))) > HOUR
      return { errcode: 310000, errmsg: late ? 'invalid timestamp' : '签名不匹配' }
    }
    const content = body.text?.content ?? body.markdown?.text
    if (content === undefined || (body.markdown && body.markdown.title.trim() === '')) {
      return { errcode: 40035, errmsg: '缺少参数 json' }
    }
    if (keyword !== null && !content.includes(keyword)) return { errcode: 310000, errmsg: 'keywords not in content' }
    const at = now()
    while (times.length > 0 && (times[0] as number) <= at - MINUTE) times.shift()
    if (at < bannedUntil) return ROBOT_FAULTS.too_fast as object
    if (times.length >= PER_MINUTE) {
      bannedUntil = at + BAN
      return ROBOT_FAULTS.too_fast as object
    }
    times.push(at)
    return null
  }

  const take = async (url: URL, bytes: Buffer): Promise<object> => {
    const body = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as RobotBody
    asked.push({ url, body })
    const scripted = answers.shift() ?? (await refusal(url, body))
    if (scripted) return scripted
    shown.push(shownOf(chat, body))
    return { errcode: 0, errmsg: 'ok' }
  }

  return {
    shown,
    asked,
    faults,
    answers,
    async send(url, bytes) {
      const fault = faults.shift()
      const answer = fault && ROBOT_FAULTS[fault]
      if (answer) return JSON.stringify(answer)
      if (fault === 'garbage') return '<html>网关</html>'
      const taken = JSON.stringify(await take(url, bytes))
      return fault === 'cut' ? null : taken
    },
  }
}

/** By WebCrypto, from the query as it arrived: escaped once, timestamp in milliseconds within the hour. */
async function isSigned(url: URL, secret: string, now: number): Promise<boolean> {
  const timestamp = url.searchParams.get('timestamp') ?? ''
  if (!/^\d{13}$/.test(timestamp) || Math.abs(now - Number(timestamp)) > HOUR) return false
  const bytes = (text: string) => new TextEncoder().encode(text)
  const key = await crypto.subtle.importKey('raw', bytes(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  const expected = await crypto.subtle.sign('HMAC', key, bytes(`${timestamp}\n${secret}`))
  return url.searchParams.get('sign') === btoa(String.fromCharCode(...new Uint8Array(expected)))
}
