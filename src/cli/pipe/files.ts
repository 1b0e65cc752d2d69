import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { basename, extname } from 'node:path'
import { AppError } from '../../base/errors.ts'
import type { ReceivedFile } from '../../messaging/channel.ts'

/** What an ending promises, for a file whose bytes can't be asked. */
const TYPES: Readonly<Record<string, string>> = {
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.png': 'image/png',
  '.amr': 'audio/amr',
  '.mp3': 'audio/mpeg',
  '.ogg': 'audio/ogg',
  '.mp4': 'video/mp4',
}

/**
 * A file that a line names, relative to the working directory. A missing one stands for zero bytes, and so does one that is
 * not kept because its bytes are none of the kinds that people send: what a test writes for a photo is a photo.
 * @throws AppError TOO_LARGE
 */
export async function receivedFile(
  path: string,
  store: (bytes: Uint8Array, name: string) => Promise<ReceivedFile>,
): Promise<ReceivedFile> {
  const bytes = read(path)
  if (bytes.length === 0) return emptyFile(path)
  try {
    return await store(bytes, basename(path))
  } catch (error) {
    if (error instanceof AppError && error.code === 'FILE_UNREADABLE') return emptyFile(path)
    throw error
  }
}

function emptyFile(path: string): ReceivedFile {
  const type = TYPES[extname(path).toLowerCase()] ?? 'application/octet-stream'
  return { id: createHash('sha256').digest('hex'), name: basename(path), type, bytes: 0 }
}

function read(path: string): Uint8Array {
  try {
    return readFileSync(path)
  } catch {
    return new Uint8Array()
  }
}
