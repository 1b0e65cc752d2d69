/** Files that somebody sent to the bot: fetched within a limit, deciphered, kept. */
import type { ReceivedFile } from '../../messaging/channel.ts'
import { limited } from '../limited.ts'
import type { ChannelParts } from '../parts.ts'
import type { FrameMedia } from './frames.ts'

/** Bytes: what the house keeps (20 MiB), and the padding. */
const MOST = 20 * 1024 * 1024 + 32

export interface DownloadOptions {
  readonly parts: Pick<ChannelParts, 'storeFile' | 'log'>
  readonly timeoutMs: number
  readonly stopped: AbortSignal
  /** AES-256-CBC by the key that came with the file; throws on padding that is none. */
  decipher(bytes: Buffer, key: string): Buffer
}

/** @returns null when it can't be had: the person is told so, and the operator by the log */
export async function download(
  { url, aeskey, filename }: FrameMedia,
  kind: string,
  { parts, timeoutMs, stopped, decipher }: DownloadOptions,
): Promise<ReceivedFile | null> {
  try {
    const bytes = await limited(timeoutMs, stopped, async (signal) => {
      const response = await fetch(url, { signal })
      if (!response.ok) throw new Error('refused')
      return within(response, MOST)
    })
    const plain = aeskey === undefined ? bytes : decipher(bytes, aeskey)
    return await parts.storeFile(Uint8Array.from(plain), filename ?? kind)
  } catch {
    parts.log('file_not_fetched', { kind })
    return null
  }
}

async function within(response: Response, most: number): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of response.body ?? []) {
    const bytes = chunk as Uint8Array
    length += bytes.length
    if (length > most) throw new Error('too large')
    chunks.push(bytes)
  }
  return Buffer.concat(chunks)
}
