/** Files that people send: a code is exchanged for an address, which is good for a short while. */
import type { ReceivedFile } from '../../messaging/channel.ts'
import { AppError } from '../../base/errors.ts'
import { limited } from '../limited.ts'
import type { ChannelParts } from '../parts.ts'
import type { Api } from './api.ts'

export interface DownloadOptions {
  readonly api: Api
  readonly parts: Pick<ChannelParts, 'storeFile' | 'log'>
  readonly timeoutMs: number
  readonly stopped: AbortSignal
}

/** Bytes; the house keeps no larger ones. */
const LARGEST = 20 * 1024 * 1024

/** @returns null for what can't be had any more or isn't kept. @throws when it may be had later */
export async function download(
  downloadCode: string,
  name: string,
  { api, parts, timeoutMs, stopped }: DownloadOptions,
): Promise<ReceivedFile | null> {
  const answer = await api.call('/v1.0/robot/messageFiles/download', { downloadCode, robotCode: api.clientId })
  const refused = (why: string): null => {
    parts.log('file_not_had', { reason: why })
    return null
  }
  if (answer.kind === 'failed') {
    const { outcome } = answer
    if (outcome.kind === 'retry' || outcome.kind === 'unknown') throw new Error(outcome.reason)
    return refused(outcome.reason)
  }
  const url = answer.body['downloadUrl']
  if (typeof url !== 'string' || !URL.canParse(url) || !/^https?:/.test(url)) return refused('no_address')
  const got = await limited(timeoutMs, stopped, async (signal) => {
    const response = await fetch(url, { signal })
    if (response.status >= 500) throw new Error(`http ${String(response.status)}`)
    return response.ok ? ((await bytesOf(response)) ?? 'too_large') : `http_${String(response.status)}`
  })
  if (typeof got === 'string') return refused(got)
  try {
    return await parts.storeFile(got, name)
  } catch (error) {
    if (error instanceof AppError && (error.code === 'TOO_LARGE' || error.code === 'FILE_UNREADABLE')) {
      return refused(error.code.toLowerCase())
    }
    throw error
  }
}

/** @returns null for more than is kept: the rest isn't read */
async function bytesOf(response: Response): Promise<Uint8Array | null> {
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of response.body ?? []) {
    size += piece.length
    if (size > LARGEST) return null
    pieces.push(piece)
  }
  return new Uint8Array(Buffer.concat(pieces))
}
