/** Photos, recordings and files of a message: fetched from the platform into the media store. */
import { extname } from 'node:path'
import type { Message } from 'grammy/types'
import { AppError } from '../../base/errors.ts'
import type { ReceivedBody } from '../../messaging/channel.ts'
import { apiSignal, type Client } from './client.ts'
import { NotNow } from './durably.ts'
import { outcomeOf } from './errors.ts'

/** Bots may download no more. */
export const MOST_BYTES = 20 * 1024 * 1024

export interface Attached {
  readonly kind: 'voice' | 'photo' | 'video' | 'file'
  readonly fileId: string
  /** Null where only the platform's path tells. */
  readonly name: string | null
  readonly bytes: number | undefined
}

/** The file that came with a message; of a photo the largest that may be fetched. A picture sent as a file is a photo too. */
export function attachedTo(message: Message): Attached | null {
  const { photo, voice, audio, video, video_note: round, animation, document } = message
  if (photo) {
    const [best] = [...photo]
      .filter(({ file_size: size }) => (size ?? 0) <= MOST_BYTES)
      .sort((one, other) => other.width * other.height - one.width * one.height)
    return best ? { kind: 'photo', fileId: best.file_id, name: null, bytes: best.file_size } : null
  }
  if (voice) return { kind: 'voice', fileId: voice.file_id, name: null, bytes: voice.file_size }
  if (audio) return { kind: 'voice', fileId: audio.file_id, name: audio.file_name ?? null, bytes: audio.file_size }
  const moving = video ?? animation
  if (moving) return { kind: 'video', fileId: moving.file_id, name: moving.file_name ?? null, bytes: moving.file_size }
  if (round) return { kind: 'video', fileId: round.file_id, name: null, bytes: round.file_size }
  if (!document) return null
  const kind = document.mime_type?.startsWith('image/') ? 'photo' : 'file'
  return { kind, fileId: document.file_id, name: document.file_name ?? null, bytes: document.file_size }
}

/** How often a file is fetched that fails each time, while everything else of the platform works. */
const MOST_TRIES = 6

/**
 * @returns `other` for a file that can never be had
 * @throws NotNow when it can't be fetched, or kept, now
 */
export async function bodyOf(client: Client, attached: Attached, signal: AbortSignal): Promise<ReceivedBody> {
  if ((attached.bytes ?? 0) > MOST_BYTES) return tooLarge
  const { fileId } = attached
  try {
    return await fetched(client, attached, signal)
  } catch (error) {
    const tries = (client.tries.get(fileId) ?? 0) + 1
    client.tries.set(fileId, tries)
    if (tries < MOST_TRIES || error instanceof NotNow) throw new NotNow('a file could not be fetched', { cause: error })
    client.parts.log('telegram_file_not_fetched', { tries })
    return unavailable
  }
}

async function fetched(client: Client, attached: Attached, signal: AbortSignal): Promise<ReceivedBody> {
  let path: string | undefined
  try {
    path = (await client.api.getFile(attached.fileId, apiSignal(signal))).file_path
  } catch (error) {
    if (outcomeOf(error).kind !== 'unsendable') throw error
  }
  if (path === undefined) return unavailable
  const { status, bytes } = await client.file(path, MOST_BYTES, signal)
  if (status >= 500 || status === 429) throw new Error('the platform gives no file now')
  if (status !== 200) return unavailable
  if (!bytes) return tooLarge
  return stored(client, attached, bytes, attached.name ?? path.slice(path.lastIndexOf('/') + 1))
}

const unavailable: ReceivedBody = { kind: 'other', what: 'file_unavailable' }
const tooLarge: ReceivedBody = { kind: 'other', what: 'file_too_large' }

async function stored(client: Client, { kind }: Attached, bytes: Uint8Array, name: string): Promise<ReceivedBody> {
  try {
    const file = await client.parts.storeFile(bytes, name)
    return kind === 'voice' ? { kind, file, transcript: null } : { kind, file }
  } catch (error) {
    const code = error instanceof AppError ? error.code : null
    if (code === 'TOO_LARGE') return tooLarge
    if (code === 'FILE_UNREADABLE') return { kind: 'other', what: `file${extname(name)}` }
    throw new NotNow('a file could not be kept', { cause: error })
  }
}
