/** The file that a message came with, stored before the message is delivered. */
import type { ReceivedBody, ReceivedFile } from '../../messaging/channel.ts'
import type { ChannelParts } from '../parts.ts'
import type { Picture } from './picture.ts'
import type { Media } from './receive.ts'

export interface FileParts {
  readonly download: (mediaId: string) => Promise<{ readonly bytes: Uint8Array; readonly name: string } | null>
  readonly picture: Picture
  readonly parts: Pick<ChannelParts, 'storeFile' | 'log'>
}

/** Of the platform's interface. */
const TRIES = 2

/**
 * Asks twice by id, and for a picture then at its open address. Of a recording that can't be had its transcript remains.
 * @returns null where nothing of it can be had: the person is to be told
 */
export async function bodyWithFile(
  media: Media,
  { download, picture, parts }: FileParts,
): Promise<ReceivedBody | null> {
  let found: Awaited<ReturnType<FileParts['download']>> = null
  for (let tries = 0; tries < TRIES && !found; tries++) found = await download(media.id).catch(() => null)
  if (!found && media.address !== null) found = await picture(media.address)
  const { what, transcript } = media
  if (!found) {
    parts.log('media_lost', { what })
    return transcript === null ? null : { kind: 'text', text: transcript }
  }
  const file = await stored(found, what, parts)
  if (!file) return transcript === null ? { kind: 'other', what } : { kind: 'text', text: transcript }
  return what === 'voice' ? { kind: what, file, transcript } : { kind: what, file }
}

/** @returns null for what the house does not keep: too large, or something else than it says */
async function stored(
  { bytes, name }: { readonly bytes: Uint8Array; readonly name: string },
  what: string,
  parts: FileParts['parts'],
): Promise<ReceivedFile | null> {
  try {
    return await parts.storeFile(bytes, name)
  } catch (error) {
    const { code } = error as { code?: unknown }
    if (code !== 'TOO_LARGE' && code !== 'FILE_UNREADABLE') throw error
    parts.log('media_refused', { what, code })
    return null
  }
}
