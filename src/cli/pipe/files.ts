import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { basename, extname } from 'node:path'
import type { ReceivedFile } from '../../messaging/channel.ts'

/** What an ending promises, for a file that isn't there: its bytes can't be asked. */
const TYPES: Readonly<Record<string, string>> = {
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.png': 'image/png',
  '.amr': 'audio/amr',
  '.mp3': 'audio/mpeg',
  '.ogg': 'audio/ogg',
  '.mp4': 'video/mp4',
}

/** A file that a line names, relative to the working directory; a missing one stands for zero bytes. */
export async function receivedFile(
  path: string,
  store: (bytes: Uint8Array, name: string) => Promise<ReceivedFile>,
): Promise<ReceivedFile> {
  const bytes = read(path)
  if (bytes.length > 0) return store(bytes, basename(path))
  const type = TYPES[extname(path).toLowerCase()] ?? 'application/octet-stream'
  return { id: createHash('sha256').update(bytes).digest('hex'), name: basename(path), type, bytes: 0 }
}

function read(path: string): Uint8Array {
  try {
    return readFileSync(path)
  } catch {
    return new Uint8Array()
  }
}
