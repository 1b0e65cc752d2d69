/** One call of a platform whose requests and answers are JSON, and what can be known of it when it fails. */
import { setMaxListeners } from 'node:events'
import { limited } from './limited.ts'

const JSON_TYPE = 'application/json; charset=utf-8'

/** Errors of a connection that was never made: nothing was written. */
const NEVER_MADE: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'UND_ERR_CONNECT_TIMEOUT',
])

/** The other side's certificate isn't good: nothing was said to it. */
const OF_CERTIFICATES = /^(CERT_|ERR_TLS_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/

/**
 * `unreached`: nothing was written. `lost`: cut or late, so that it may have been taken; or ended by us.
 * `body` is null where the answer is no JSON object.
 */
export type Posted =
  | {
      readonly kind: 'answer'
      readonly status: number
      readonly headers: Headers
      readonly body: Readonly<Record<string, unknown>> | null
    }
  | { readonly kind: 'unreached' }
  | { readonly kind: 'lost'; readonly late: boolean }

/** A form goes as what it is; anything else as JSON. */
export type PostJson = (url: URL, body: object, headers?: Readonly<Record<string, string>>) => Promise<Posted>

/** @param stopped ends calls under way */
export function jsonPoster(timeoutMs: number, stopped: AbortSignal): PostJson {
  // As many listen as calls are under way.
  setMaxListeners(0, stopped)
  return async (url, body, headers = {}) => {
    try {
      return await limited(timeoutMs, stopped, async (signal) => {
        const response = await fetch(url, {
          method: 'POST',
          ...(body instanceof FormData
            ? { headers, body }
            : { headers: { ...headers, 'content-type': JSON_TYPE }, body: JSON.stringify(body) }),
          redirect: 'manual',
          signal,
        })
        const text = await response.text()
        return { kind: 'answer', status: response.status, headers: response.headers, body: parsed(text) }
      })
    } catch (error) {
      if (wasNeverMade(error)) return { kind: 'unreached' }
      return { kind: 'lost', late: error instanceof Error && error.name === 'TimeoutError' }
    }
  }
}

export function wasNeverMade(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : null
  if (!(cause instanceof Error)) return false
  const { code = '', syscall } = cause as NodeJS.ErrnoException
  return NEVER_MADE.has(code) || OF_CERTIFICATES.test(code) || syscall === 'connect'
}

function parsed(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null
  } catch {
    return null
  }
}
