/** One GET, for files and for the platform's clock: grammY shows neither bytes nor headers. */
import { get as getPlain, type Agent, type IncomingMessage } from 'node:http'
import { get as getTls } from 'node:https'
import { limited } from '../limited.ts'

export interface Got {
  readonly status: number
  /** Of the answer's `Date`, milliseconds since 1970; null without one. */
  readonly date: number | null
  /** Null when there are more than were asked for. */
  readonly bytes: Uint8Array | null
}

export interface GetOptions {
  readonly agent: Agent
  readonly maxBytes: number
  readonly timeoutMs: number
  readonly signal?: AbortSignal
}

/** Rejects without a word of the address: it holds the token. */
export const get = (url: string, { timeoutMs, signal = NEVER, ...how }: GetOptions): Promise<Got> =>
  limited(timeoutMs, signal, (within) => getWithin(url, how, within))

const NEVER = new AbortController().signal

function getWithin(
  url: string,
  { agent, maxBytes }: Pick<GetOptions, 'agent' | 'maxBytes'>,
  within: AbortSignal,
): Promise<Got> {
  return new Promise((resolve, reject) => {
    const failed = () => reject(new Error('the request failed'))
    const request = (url.startsWith('https:') ? getTls : getPlain)(url, { agent, signal: within }, (answer) => {
      const parts: Buffer[] = []
      let size = 0
      answer.on('error', failed)
      answer.on('data', (part: Buffer) => {
        size += part.length
        if (size > maxBytes) {
          resolve(gotOf(answer, null))
          answer.destroy()
        } else parts.push(part)
      })
      answer.on('end', () =>
        answer.complete ? resolve(gotOf(answer, new Uint8Array(Buffer.concat(parts)))) : failed(),
      )
    })
    request.on('error', failed)
  })
}

function gotOf(answer: IncomingMessage, bytes: Uint8Array | null): Got {
  const date = Date.parse(answer.headers.date ?? '')
  return { status: answer.statusCode ?? 0, date: Number.isNaN(date) ? null : date, bytes }
}
