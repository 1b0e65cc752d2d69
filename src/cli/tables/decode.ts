import { AppError } from '../../base/errors.ts'

/** UTF-8 with or without a mark; UTF-16 with one; else GB18030, which is what Chinese spreadsheets save as CSV. */
export function decodeText(bytes: Uint8Array, file: string): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    try {
      return new TextDecoder('gb18030', { fatal: true }).decode(bytes)
    } catch (cause) {
      throw new AppError('FILE_UNREADABLE', { file, reason: 'neither UTF-8 nor GB18030' }, { cause })
    }
  }
}
