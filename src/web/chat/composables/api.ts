import type { ChatMessage, ChatMessages, ChatVillage, GroupPage, SendMessage, StoredFile } from '../../../http/contract'
import { language } from './words'

/** The server refused: trying the same again won't help. */
export class Refused extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

async function call<Reply>(path: string, options: RequestInit & { token?: string } = {}): Promise<Reply> {
  const headers = new Headers(options.headers)
  headers.set('accept-language', language)
  if (options.token) headers.set('authorization', `Bearer ${options.token}`)
  const response = await fetch(path, { ...options, headers })
  const body: unknown = await response.json()
  if (response.ok) return body as Reply
  if (response.status >= 500) throw new Error(String(response.status))
  throw new Refused(response.status, (body as { error?: { message?: string } }).error?.message ?? '')
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

export const postFile = (token: string, file: Blob, name: string) =>
  call<StoredFile>(`/api/chat/files?name=${encodeURIComponent(name)}`, {
    token,
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: file,
  })

/** Listens until the connection ends or `signal` is set; the token can't go into an EventSource, so the stream is read by hand. */
export async function listen(
  token: string,
  after: string,
  signal: AbortSignal,
  hear: (message: ChatMessage) => void,
): Promise<void> {
  const response = await fetch(`/api/chat/events?after=${encodeURIComponent(after)}`, {
    headers: { authorization: `Bearer ${token}` },
    signal,
  })
  if (!response.ok || !response.body) throw new Error(String(response.status))
  const reader = response.body.getReader()
  const decoder = new TextDecoder()
  let rest = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    const events = (rest + decoder.decode(value, { stream: true })).split('\n\n')
    rest = events.pop() ?? ''
    for (const event of events) {
      const data = event.split('\n').find((line) => line.startsWith('data: '))
      if (data) hear(JSON.parse(data.slice('data: '.length)) as ChatMessage)
    }
  }
}
