import { readFile, stat } from 'node:fs/promises'
import { AppError } from '../../base/errors.ts'
import { readCsv } from './read-csv.ts'
import { readXlsx } from './read-xlsx.ts'
import { TABLE_LIMITS, type Table, type TableLimits } from './table.ts'

const ZIP_MAGIC = [0x50, 0x4b, 0x03, 0x04]
/** The compound file of an old `.xls`. */
const OLD_EXCEL_MAGIC = [0xd0, 0xcf, 0x11, 0xe0]

/**
 * A CSV or the first sheet of an XLSX, told apart by what is in the file and not by its name.
 * @throws AppError FILE_NOT_FOUND, FILE_UNREADABLE, TOO_LARGE
 */
export async function readTable(file: string, limits: TableLimits = TABLE_LIMITS): Promise<Table> {
  const found = await stat(file).catch((cause: unknown) => {
    throw new AppError('FILE_NOT_FOUND', { file }, { cause })
  })
  if (!found.isFile()) throw new AppError('FILE_UNREADABLE', { file, reason: 'not a file' })
  if (found.size > limits.maxBytes)
    throw new AppError('TOO_LARGE', { file, reason: 'file size', limit: limits.maxBytes })
  const bytes = await readFile(file)
  const startsWith = (magic: readonly number[]) => magic.every((byte, index) => bytes[index] === byte)
  if (startsWith(OLD_EXCEL_MAGIC)) throw new AppError('FILE_UNREADABLE', { file, reason: 'old .xls: save as .xlsx' })
  return startsWith(ZIP_MAGIC) ? readXlsx(bytes, file, limits) : readCsv(bytes, file)
}
