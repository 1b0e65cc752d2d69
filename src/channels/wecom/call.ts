/** One call of WeCom's HTTP interface, whose answers are JSON with a code whatever the status says. */
import type { SendOutcome } from '../../messaging/channel.ts'
import { limited } from '../limited.ts'
import { wasNeverMade } from '../post-json.ts'
import { reason } from './errors.ts'

/** Seconds after which a connection that failed, or an answer that is none, is tried again. */
const AGAIN_SECONDS = 5

export type Called =
  | { readonly kind: 'answer'; readonly code: number; readonly body: Readonly<Record<string, unknown>> }
  | { readonly kind: 'failed'; readonly outcome: SendOutcome }

export type Call = (url: URL, body: string | FormData) => Promise<Called>

/** @param stopped ends calls under way */
export function caller(timeoutMs: number, stopped: AbortSignal): Call {
  return async (url, body) => {
    let response: Response
    let text: string
    try {
      ;[response, text] = await limited(timeoutMs, stopped, async (signal) => {
        const headers = { 'content-type': 'application/json; charset=utf-8' }
        const answered = await fetch(url, {
          method: 'POST',
          body,
          redirect: 'manual',
          signal,
          ...(typeof body === 'string' && { headers }),
        })
        return [answered, await answered.text()]
      })
    } catch (error) {
      return { kind: 'failed', outcome: lost(error) }
    }
    const answer = parsed(text)
    if (answer) return answer
    const what = response.ok ? 'no_json' : `http_${String(response.status)}`
    return { kind: 'failed', outcome: { kind: 'retry', afterSeconds: AGAIN_SECONDS, reason: reason(what) } }
  }
}

function lost(error: unknown): SendOutcome {
  if (wasNeverMade(error)) {
    return { kind: 'retry', afterSeconds: AGAIN_SECONDS, reason: reason('unreachable') }
  }
  const late = error instanceof Error && error.name === 'TimeoutError'
  return { kind: 'unknown', reason: reason(late ? 'timeout' : 'connection') }
}

function parsed(text: string): Called | null {
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    return null
  }
  if (typeof body !== 'object' || body === null || !('errcode' in body) || typeof body.errcode !== 'number') return null
  return { kind: 'answer', code: body.errcode, body: { ...body } }
}
