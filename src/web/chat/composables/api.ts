import type { ChatMessage, ChatMessages, ChatVillage, GroupPage, SendMessage, StoredFile } from '../../../http/contract'
import { language } from './words'

const TIMEOUT_MS = 20_000
const FILE_TIMEOUT_MS = 120_000

/** The server says at once that a stream is ready; what stands between may hold streams back. */
const READY_MS = 8_000

/** The server speaks at least every 25 seconds. */
const SILENCE_MS = 60_000

/** Refusals that pass by themselves. */
const PASSING: readonly number[] = [408, 425, 429]

/** The server refused: trying the same again won't help. */
export class Refused extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

type Options = RequestInit & { readonly token?: string; readonly timeoutMs?: number }

/** @throws Refused, or whatever the network does */
async function call<Reply>(path: string, { token, timeoutMs = TIMEOUT_MS, ...options }: Options = {}): Promise<Reply> {
  const headers = new Headers(options.headers)
  headers.set('accept-language', language.value)
  if (token) headers.set('authorization', `Bearer ${token}`)
  const patience = new AbortController()
  const timer = setTimeout(() => patience.abort(), timeoutMs)
  try {
    const response = await fetch(path, { ...options, headers, signal: patience.signal })
    const body: unknown = await response.json()
    if (response.ok) return body as Reply
    if (response.status >= 500 || PASSING.includes(response.status)) throw new Error(String(response.status))
    throw new Refused(response.status, (body as { error?: { message?: string } }).error?.message ?? '')
  } finally {
    clearTimeout(timer)
  }
}

export const getVillage = (code: string) => call<ChatVillage>(`/api/chat/villages/${encodeURIComponent(code)}`)

export const getGroup = (code: string) => call<GroupPage>(`/api/groups/${encodeURIComponent(code)}`)

export const getMessages = (token: string, after: string) =>
  call<ChatMessages>(`/api/chat/messages?after=${encodeURIComponent(after)}`, { token })

export const postMessage = (token: string, message: SendMessage) =>
  call<unknown>('/api/chat/messages', {
    token,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(message),
  })

export const postFile = (token: string, bytes: ArrayBuffer, name: string) =>
  call<StoredFile>(`/api/chat/files?name=${encodeURIComponent(name)}`, {
    token,
    timeoutMs: FILE_TIMEOUT_MS,
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: bytes,
  })

/** @throws Refused where this chat may not see it; whatever the network does */
export async function getFile(token: string, id: string): Promise<Blob> {
  const headers = { authorization: `Bearer ${token}`, 'accept-language': language.value }
  const response = await fetch(`/api/chat/files/${id}`, { headers, signal: AbortSignal.timeout(FILE_TIMEOUT_MS) })
  if (response.ok) return response.blob()
  throw new Refused(response.status, '')
}

/**
 * Listens until the connection ends or `signal` is set; the token can't go into an EventSource, so the stream is read by hand.
 * @returns whether anything got through: where nothing does, ask instead of listening
 */
export async function listen(
  token: string,
  after: string,
  signal: AbortSignal,
  hear: (message: ChatMessage) => void,
): Promise<boolean> {
  const ending = new AbortController()
  const end = () => ending.abort()
  signal.addEventListener('abort', end)
  let timer = setTimeout(end, READY_MS)
  let heard = false
  try {
    const response = await fetch(`/api/chat/events?after=${encodeURIComponent(after)}`, {
      headers: { authorization: `Bearer ${token}` },
      signal: ending.signal,
    })
    if (!response.ok) throw new Error(String(response.status))
    const reader = response.body?.getReader()
    if (!reader) return false
    const decoder = new TextDecoder()
    let rest = ''
    for (;;) {
      const { done, value } = await reader.read()
      clearTimeout(timer)
      if (done) return heard
      heard = true
      timer = setTimeout(end, SILENCE_MS)
      const events = (rest + decoder.decode(value, { stream: true })).split('\n\n')
      rest = events.pop() ?? ''
      for (const event of events) {
        const data = event.split('\n').find((line) => line.startsWith('data: '))
        if (data) hear(JSON.parse(data.slice('data: '.length)) as ChatMessage)
      }
    }
  } catch (error) {
    if (ending.signal.aborted) return heard
    throw error
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', end)
  }
}
