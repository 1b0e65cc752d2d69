/** Pictures and recordings: what people sent is fetched, what goes to them is handed over first. */
import type { Outgoing } from '../../messaging/channel.ts'
import type { ChannelParts } from '../parts.ts'
import { fileAt, type ApiOptions } from './api.ts'
import type { Authorised } from './token.ts'

/** Bytes of a picture that the platform takes. */
export const LARGEST_PICTURE = 10 * 1024 * 1024

const PICTURES: ReadonlySet<string> = new Set(['image/jpeg', 'image/png', 'image/gif'])

/** Hosts that the platform keeps videos on, beside its own. */
const PLATFORM_HOST = /(^|\.)(qq\.com|qpic\.cn)$/

export interface Fetched {
  readonly bytes: Uint8Array
  readonly name: string
}

/** @returns null where the platform has it no more, refuses it, or can't be reached */
export async function fetchMedia(call: Authorised, mediaId: string, options: ApiOptions): Promise<Fetched | null> {
  const answer = await call({ path: '/cgi-bin/media/get', query: { media_id: mediaId } })
  if (answer.kind === 'file') return answer.bytes.length > 0 ? { bytes: answer.bytes, name: answer.name } : null
  if (answer.kind !== 'answered') return null
  const { video_url: address } = answer.body
  if (typeof address !== 'string' || !isOfPlatform(address, options.root)) return null
  const bytes = await fileAt(address, options)
  return bytes && bytes.length > 0 ? { bytes, name: `${mediaId}.mp4` } : null
}

function isOfPlatform(address: string, root: string): boolean {
  if (!URL.canParse(address)) return false
  const { hostname, host } = new URL(address)
  return host === new URL(root).host || PLATFORM_HOST.test(hostname)
}

/** Hands a picture over. @returns its name on the platform; null for what is no picture, too large, or not taken */
export async function uploadPicture(
  call: Authorised,
  readFile: ChannelParts['readFile'],
  file: NonNullable<Outgoing['attachment']>,
): Promise<string | null> {
  if (!PICTURES.has(file.type)) return null
  const bytes = await readFile(file.id).catch(() => null)
  if (bytes === null || bytes.length > LARGEST_PICTURE) return null
  const form = new FormData()
  form.set('media', new Blob([new Uint8Array(bytes)], { type: file.type }), file.name)
  const answer = await call({ path: '/cgi-bin/media/upload', query: { type: 'image' }, body: form, isShort: true })
  if (answer.kind !== 'answered' || answer.code !== 0) return null
  const { media_id: id } = answer.body
  return typeof id === 'string' && id !== '' ? id : null
}
