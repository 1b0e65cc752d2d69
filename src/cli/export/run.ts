/** `bangfu export WHAT`: a report as a file, masked unless somebody says what they need it in full for. */
import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { Readable, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { insert, type Writer } from '../../base/change.ts'
import { AppError } from '../../base/errors.ts'
import type { Clock } from '../../base/time.ts'
import { REPORTS, type ReportName } from '../../reports/catalogue.ts'
import type { ReportOptions } from '../../reports/options.ts'
import type { ReportReads } from '../../reports/ports.ts'
import type { Report } from '../../reports/report.ts'
import { csvOf } from '../../reports/write-csv.ts'
import { jsonLinesOf } from '../../reports/write-jsonl.ts'
import { xlsxOf } from '../../reports/write-xlsx.ts'
import { progressBar, type ErrorStream } from '../tables/progress.ts'
import type { ExportFormat } from './options.ts'

export interface ExportOptions {
  readonly what: ReportName
  readonly format: ExportFormat
  /** null = standard output. */
  readonly outFile: string | null
  readonly report: ReportOptions
  /** Why somebody needs the data in full; kept in the audit log. */
  readonly purpose: string | null
  /** Who runs the command. */
  readonly actor: string
  readonly storage: { readonly reports: ReportReads; readonly writer: Writer }
  readonly language: string
  readonly clock: Clock
  readonly out: Writable
  readonly err: ErrorStream
}

/**
 * @returns exit code 0.
 * @throws AppError ARGUMENT_INVALID for `full` without a purpose and for a workbook on a screen, NOT_FOUND for an unknown place.
 */
export async function runExport(options: ExportOptions): Promise<0> {
  const { report: asked, err, language } = options
  if (asked.full && (options.purpose ?? '').trim() === '') {
    throw new AppError('ARGUMENT_INVALID', {
      argument: '--purpose',
      reason: asked.text.say({ key: 'exports:purpose_missing' }, language),
    })
  }
  if (options.format === 'xlsx' && options.outFile === null && (options.out as { isTTY?: boolean }).isTTY) {
    throw new AppError('ARGUMENT_INVALID', { argument: '--out', reason: 'FILE.xlsx' })
  }
  const report = await REPORTS[options.what](options.storage.reports, asked)
  // Written before the first row leaves: who saw what is known even when the export breaks off.
  await audit(options)
  const progress = progressBar(err, options.clock)
  let count = 0
  const counted = (rows: number) => {
    count += rows
    progress.show(count, null)
  }
  try {
    await write(report, options, counted)
  } finally {
    progress.end()
  }
  if (options.outFile !== null) {
    const key = count === 0 ? 'exports:none' : 'exports:done'
    err.write(`${asked.text.say({ key, params: { count, file: options.outFile } }, language)}\n`)
  }
  return 0
}

async function audit({ what, report, purpose, actor, storage, clock, format }: ExportOptions): Promise<void> {
  const { from, to, territory, flow, state, full } = report
  await storage.writer.commit([
    insert('AuditEntry', {
      at: clock.now(),
      actor,
      action: full ? 'export_full' : 'export',
      subject: what,
      detail: { format, from, to, territory, flow, state, purpose: full ? purpose : null },
    }),
  ])
}

async function write(report: Report, options: ExportOptions, counted: (rows: number) => void): Promise<void> {
  const source = streamOf(report, options, counted)
  if (options.outFile === null) {
    // Standard output stays open for whoever runs us.
    for await (const piece of source) if (!options.out.write(piece)) await drained(options.out)
    return
  }
  // Nobody finds half a report under its name; only the owner reads it.
  const begun = `${options.outFile}.part`
  try {
    await pipeline(source, createWriteStream(begun, { mode: 0o600 }))
    await rename(begun, options.outFile)
  } catch (error) {
    await rm(begun, { force: true })
    throw error
  }
}

const drained = (stream: Writable) => new Promise<void>((resolve) => stream.once('drain', () => resolve()))

function streamOf(report: Report, { format, report: asked }: ExportOptions, counted: (rows: number) => void): Readable {
  const [sheet] = report.sheets
  switch (format) {
    case 'xlsx':
      return xlsxOf(report, asked.now, counted) as Readable
    case 'csv':
      return Readable.from(csvOf(sheet, counted), { objectMode: false })
    case 'jsonl':
      return Readable.from(jsonLinesOf(sheet, counted), { objectMode: false })
  }
}
