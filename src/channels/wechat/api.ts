/** One call of the platform's interface: what came back, and whether it was asked at all. Knows no token and no meaning of a code. */
import type { JsonObject } from '../../base/json.ts'
import { instant, type Instant } from '../../base/time.ts'
import { limited } from '../limited.ts'

export interface ApiCall {
  /** `/cgi-bin/…` */
  readonly path: string
  /** Goes into the address, the token too: never to be logged. */
  readonly query?: Readonly<Record<string, string>>
  /** Posted as JSON or as a form; absent: a GET. */
  readonly body?: JsonObject | FormData
  /** Half the time that a call has otherwise: there is more to come before the outbox gives up waiting. */
  readonly isShort?: true
}

/** @property code 0 where the platform names none. */
export interface Answered {
  readonly kind: 'answered'
  readonly code: number
  readonly body: JsonObject
  /** The body as it came: numbers of 64 bits are whole only here. */
  readonly raw: string
  /** The platform's clock, if it told. */
  readonly at: Instant | null
}

export type ApiAnswer =
  | Answered
  | { readonly kind: 'file'; readonly bytes: Uint8Array; readonly name: string }
  /** HTTP 5xx or 4xx: it wasn't taken. */
  | { readonly kind: 'down' }
  /** 200 with something that is no answer. */
  | { readonly kind: 'garbage' }
  /** There was no connection. */
  | { readonly kind: 'unreached' }
  /** Cut off, or too late, after it may have been taken. */
  | { readonly kind: 'cut' }
  /** A file that is larger than anything this platform takes from people. */
  | { readonly kind: 'too_large' }

export type Api = (call: ApiCall) => Promise<ApiAnswer>

/** Bytes of the largest file that is fetched; the platform's own limits are 10 MB and below. */
export const LARGEST_FILE = 20 * 1024 * 1024

export interface ApiOptions {
  /** Without a slash at its end. */
  readonly root: string
  readonly timeLimitMs: number
  /** Ends whatever is under way. */
  readonly stopped: AbortSignal
}

/** Never rejects. */
export const wechatApi =
  ({ root, timeLimitMs, stopped }: ApiOptions): Api =>
  async ({ path, query = {}, body, isShort }) => {
    if (stopped.aborted) return { kind: 'unreached' }
    const url = new URL(root + path)
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
    try {
      return await limited(isShort ? timeLimitMs / 2 : timeLimitMs, stopped, async (signal) =>
        answerOf(await fetch(url, { ...requestOf(body), signal, redirect: 'error' })),
      )
    } catch (error) {
      return { kind: wasConnected(error) ? 'cut' : 'unreached' }
    }
  }

/** A file at an address that the platform told; null where it can't be had or is too large. Never rejects. */
export async function fileAt(address: string, { timeLimitMs, stopped }: ApiOptions): Promise<Uint8Array | null> {
  try {
    return await limited(timeLimitMs, stopped, async (signal) => {
      const response = await fetch(address, { signal })
      return response.ok ? await bytesOf(response) : null
    })
  } catch {
    return null
  }
}

function requestOf(body: ApiCall['body']): RequestInit {
  if (body === undefined) return { method: 'GET' }
  if (body instanceof FormData) return { method: 'POST', body }
  return { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json; charset=utf-8' } }
}

async function answerOf(response: Response): Promise<ApiAnswer> {
  if (!response.ok) {
    await response.body?.cancel()
    return { kind: 'down' }
  }
  const name = /filename="?([^";]+)"?/i.exec(response.headers.get('content-disposition') ?? '')?.[1]
  const bytes = await bytesOf(response)
  if (bytes === null) return { kind: 'too_large' }
  if (name !== undefined) return { kind: 'file', bytes, name }
  const raw = new TextDecoder().decode(bytes)
  const body = objectOf(raw)
  if (body === null) return { kind: 'garbage' }
  const { errcode = 0 } = body
  if (typeof errcode !== 'number') return { kind: 'garbage' }
  const date = Date.parse(response.headers.get('date') ?? '')
  return { kind: 'answered', code: errcode, body, raw, at: Number.isNaN(date) ? null : instant(date) }
}

/** @returns null beyond `LARGEST_FILE` */
async function bytesOf(response: Response): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength
    if (size > LARGEST_FILE) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function objectOf(raw: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(raw)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null
  } catch {
    return null
  }
}

/** Where the way to the platform ends before a word was said: names, routes, ports, certificates. */
const NO_CONNECTION =
  /^(ECONNREFUSED|ENOTFOUND|EAI_\w+|E(?:HOST|NET)UNREACH|UND_ERR_CONNECT_TIMEOUT|CERT_\w+|ERR_TLS_\w+|UNABLE_TO_\w+|SELF_SIGNED_\w+|DEPTH_ZERO_\w+)$/

function wasConnected(error: unknown): boolean {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    const { code } = cause as NodeJS.ErrnoException
    if (code !== undefined && NO_CONNECTION.test(code)) return false
  }
  return true
}
