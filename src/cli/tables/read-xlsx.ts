/** The first sheet of a workbook, read in a thread of its own with a limit of memory and time. */
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import { AppError } from '../../base/errors.ts'
import { scanArchive } from './scan-archive.ts'
import type { Table, TableLimits, TableRow } from './table.ts'

/** Plain JavaScript, so that the thread needs no build; numbers stay as the file has them. */
const READER = `
const { parentPort, workerData } = require('node:worker_threads')
const shown = (cell) =>
  cell === null || cell === undefined ? '' : cell instanceof Date ? cell.toISOString().slice(0, 19) : String(cell)
import(workerData.library)
  .then(({ readSheet }) => readSheet(Buffer.from(workerData.bytes), 1, { parseNumber: (text) => text, trim: false }))
  .then((rows) => parentPort.postMessage({ rows: rows.map((row) => row.map(shown)) }))
  .catch((error) => parentPort.postMessage({ error: String((error && error.message) || error) }))
`

const LIBRARY = 'read-excel-file/node'

/** @throws AppError TOO_LARGE, FILE_UNREADABLE */
export async function readXlsx(bytes: Buffer, file: string, limits: TableLimits): Promise<Table> {
  await scanArchive(bytes, file, limits)
  const rows = await sheetOf(bytes, file, limits)
  const filled = rows.filter((row) => row.cells.some((cell) => cell.trim() !== ''))
  const [header, ...rest] = filled
  if (!header) throw new AppError('FILE_UNREADABLE', { file, reason: 'empty' })
  return { header, rows: each(rest), count: rest.length }
}

async function* each(rows: readonly TableRow[]): AsyncGenerator<TableRow> {
  yield* rows
}

function sheetOf(bytes: Buffer, file: string, limits: TableLimits): Promise<readonly TableRow[]> {
  const library = pathToFileURL(createRequire(import.meta.url).resolve(LIBRARY)).href
  const worker = new Worker(READER, {
    eval: true,
    workerData: { bytes: new Uint8Array(bytes), library },
    resourceLimits: { maxOldGenerationSizeMb: limits.maxHeapMib },
  })
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      void worker.terminate()
      reject(new AppError('TOO_LARGE', { file, reason: 'reading time', limit: limits.timeoutMs }))
    }, limits.timeoutMs)
    const unreadable = (reason: string, cause?: unknown) =>
      reject(new AppError('FILE_UNREADABLE', { file, reason }, { cause }))
    worker.once('message', (message: { rows?: string[][]; error?: string }) => {
      if (message.rows) resolve(message.rows.map((cells, index) => ({ line: index + 1, cells })))
      else unreadable('sheet', message.error)
      void worker.terminate()
    })
    worker.once('error', (error: Error & { code?: string }) => {
      if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') {
        reject(new AppError('TOO_LARGE', { file, reason: 'memory', limit: limits.maxHeapMib }))
      } else unreadable('sheet', error)
    })
    worker.once('exit', () => {
      clearTimeout(timer)
      unreadable('sheet')
    })
  })
}
