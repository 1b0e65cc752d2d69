/** Files that people sent: encrypted, named by the hash of their bytes, so that the same picture is kept once. */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { insertOnce, type Writer } from '../base/change.ts'
import { AppError } from '../base/errors.ts'
import type { Clock } from '../base/time.ts'
import type { KeyRing } from './keys.ts'
import { mediaType } from './media-type.ts'
import type { RowSource } from './row-source.ts'

export interface StoredFile {
  /** sha256 of the bytes, hex. */
  readonly id: string
  readonly name: string
  readonly type: string
  readonly bytes: number
}

export interface MediaStore {
  /**
   * @param made its type, of a file that the program made itself
   * @throws AppError TOO_LARGE over 20 MiB; FILE_UNREADABLE for what is none of the kinds of file that people send
   */
  store(bytes: Uint8Array, name: string, made?: string): Promise<StoredFile>
  find(id: string): Promise<Omit<StoredFile, 'name'> | null>
  /** @throws AppError NOT_FOUND, SEALED_VALUE_UNREADABLE */
  read(id: string): Promise<Uint8Array>
}

/** Bytes. Telegram bots can't fetch more than this; a photo or a minute of video is far smaller. */
export const MEDIA_LIMIT = 20 * 1024 * 1024

const MAGIC = Buffer.from('BFM1')
const KEY_ID = 8
const IV = 12
const TAG = 16

export function createMediaStore(
  dataDir: string,
  ring: KeyRing,
  writer: Writer,
  rows: RowSource,
  clock: Clock,
): MediaStore {
  const pathOf = (id: string) => {
    if (!/^[0-9a-f]{64}$/.test(id)) throw new AppError('NOT_FOUND', {})
    return join(dataDir, 'media', id.slice(0, 2), id)
  }
  return {
    async store(bytes, name, made) {
      if (bytes.length > MEDIA_LIMIT) throw new AppError('TOO_LARGE', { limit: MEDIA_LIMIT })
      const type = made ?? mediaType(bytes)
      if (type === null) throw new AppError('FILE_UNREADABLE', { bytes: bytes.length })
      const id = createHash('sha256').update(bytes).digest('hex')
      const path = pathOf(id)
      if (!(await exists(path))) await writeWhole(path, encrypted(bytes, id, ring))
      await writer.commit([insertOnce('Media', { id, type, bytes: bytes.length, createdAt: clock.now() })])
      return { id, name, type, bytes: bytes.length }
    },
    find: (id) => rows.first('Media', { columns: ['id', 'type', 'bytes'], where: { id } }),
    async read(id) {
      const path = pathOf(id)
      if (!(await exists(path))) throw new AppError('NOT_FOUND', {})
      return decrypted(await readFile(path), id, ring)
    },
  }
}

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  )

async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const draft = `${path}.${randomBytes(6).toString('hex')}`
  const file = await open(draft, 'wx', 0o600)
  try {
    await file.writeFile(bytes)
    await file.sync()
  } catch (cause) {
    await rm(draft, { force: true })
    throw (cause as NodeJS.ErrnoException).code === 'ENOSPC' ? new AppError('DATABASE_FULL', {}, { cause }) : cause
  } finally {
    await file.close()
  }
  await rename(draft, path)
}

function encrypted(bytes: Uint8Array, id: string, ring: KeyRing): Buffer {
  const key = ring.keys.get(ring.current) as Buffer
  const iv = randomBytes(IV)
  const cipher = createCipheriv('aes-256-gcm', key, iv)
  cipher.setAAD(Buffer.from(`Media.${id}`))
  const body = Buffer.concat([cipher.update(bytes), cipher.final()])
  return Buffer.concat([MAGIC, Buffer.from(ring.current), iv, cipher.getAuthTag(), body])
}

function decrypted(file: Buffer, id: string, ring: KeyRing): Buffer {
  const at = (start: number, length: number) => file.subarray(start, start + length)
  const keyId = at(MAGIC.length, KEY_ID).toString()
  const key = ring.keys.get(keyId)
  const start = MAGIC.length + KEY_ID
  try {
    if (!key || !at(0, MAGIC.length).equals(MAGIC)) throw new Error('no such key')
    const decipher = createDecipheriv('aes-256-gcm', key, at(start, IV), { authTagLength: TAG })
    decipher.setAAD(Buffer.from(`Media.${id}`))
    decipher.setAuthTag(at(start + IV, TAG))
    return Buffer.concat([decipher.update(file.subarray(start + IV + TAG)), decipher.final()])
  } catch (cause) {
    throw new AppError('SEALED_VALUE_UNREADABLE', { place: 'Media', key: keyId }, { cause })
  }
}
