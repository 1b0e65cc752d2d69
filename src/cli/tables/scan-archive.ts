/** Looks at an XLSX from outside before anything is unpacked: a small file may unpack to gigabytes. */
import { fromBuffer, type Entry, type ZipFile } from 'yauzl'
import { AppError } from '../../base/errors.ts'
import type { TableLimits } from './table.ts'

/** Symbolic link in the upper half of the external attributes (POSIX S_IFLNK). */
const SYMBOLIC_LINK = 0o120000
const FILE_TYPE = 0o170000
const SMALL_ENTRY = 2 ** 20

/** @throws AppError TOO_LARGE with what was too much; FILE_UNREADABLE for what is no archive of a workbook. */
export async function scanArchive(bytes: Buffer, file: string, limits: TableLimits): Promise<void> {
  const entries = await entriesOf(bytes, file, limits.maxEntries)
  let unpacked = 0
  for (const entry of entries) {
    const name = entry.fileName
    if (((entry.externalFileAttributes >>> 16) & FILE_TYPE) === SYMBOLIC_LINK || name.split('/').includes('..')) {
      throw new AppError('FILE_UNREADABLE', { file, reason: 'links or paths out of the archive' })
    }
    unpacked += entry.uncompressedSize
    if (unpacked > limits.maxUnpackedBytes) {
      throw new AppError('TOO_LARGE', { file, reason: 'unpacked size', limit: limits.maxUnpackedBytes })
    }
    const ratio = entry.uncompressedSize / Math.max(1, entry.compressedSize)
    if (entry.uncompressedSize > SMALL_ENTRY && ratio > limits.maxRatio) {
      throw new AppError('TOO_LARGE', { file, reason: 'compression ratio', limit: limits.maxRatio })
    }
  }
  if (!entries.some((entry) => entry.fileName === 'xl/workbook.xml')) {
    throw new AppError('FILE_UNREADABLE', { file, reason: 'no workbook' })
  }
}

function entriesOf(bytes: Buffer, file: string, max: number): Promise<readonly Entry[]> {
  return new Promise((resolve, reject) => {
    const unreadable = (cause: unknown) =>
      reject(new AppError('FILE_UNREADABLE', { file, reason: 'archive' }, { cause }))
    fromBuffer(bytes, { lazyEntries: true, validateEntrySizes: true }, (error, zip?: ZipFile) => {
      if (error || !zip) return unreadable(error)
      if (zip.entryCount > max)
        return reject(new AppError('TOO_LARGE', { file, reason: 'archive entries', limit: max }))
      const entries: Entry[] = []
      zip.on('entry', (entry: Entry) => {
        entries.push(entry)
        if (entries.length > max)
          return reject(new AppError('TOO_LARGE', { file, reason: 'archive entries', limit: max }))
        zip.readEntry()
      })
      zip.on('end', () => resolve(entries))
      zip.on('error', unreadable)
      zip.readEntry()
    })
  })
}
