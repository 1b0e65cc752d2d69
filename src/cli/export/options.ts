/** What was typed behind `bangfu export`, checked. */
import { AppError } from '../../base/errors.ts'
import {
  addDays,
  instant,
  instantOf,
  parseInstant,
  parsePlainDate,
  type Clock,
  type Instant,
  type PlainDate,
} from '../../base/time.ts'
import { REPORTS, type ReportName } from '../../reports/catalogue.ts'
import type { FormShape, ReportOptions } from '../../reports/options.ts'
import type { Text } from '../../text/text.ts'

export const EXPORT_FORMATS = ['xlsx', 'csv', 'jsonl'] as const
export type ExportFormat = (typeof EXPORT_FORMATS)[number]

/** As commander hands it over. */
export interface TypedExport {
  readonly format?: string
  readonly out?: string
  readonly from?: string
  readonly to?: string
  readonly territory?: string
  readonly flow?: string
  readonly state?: string
  readonly labels?: string
  readonly split?: string
  readonly asOf?: string
  readonly full?: boolean
  readonly purpose?: string
}

export interface ExportContext {
  readonly text: Text
  readonly forms: readonly FormShape[]
  readonly zone: string
  readonly clock: Clock
  readonly firstStage: (kind: string) => string
}

export interface CheckedExport {
  readonly what: ReportName
  readonly format: ExportFormat
  readonly outFile: string | null
  readonly purpose: string | null
  readonly report: ReportOptions
}

/** @throws AppError ARGUMENT_INVALID with the option; FLOW_NOT_FOUND */
export function checkExport(what: string, typed: TypedExport, context: ExportContext): CheckedExport {
  if (!Object.hasOwn(REPORTS, what)) throw invalid('export', Object.keys(REPORTS).join('|'))
  const [from, to] = [dayOf('--from', typed.from), dayOf('--to', typed.to)]
  if (from !== null && to !== null && from > to) throw invalid('--from', 'after --to')
  const flow = typed.flow ?? null
  if (flow !== null && !context.forms.some(({ id }) => id === flow)) throw new AppError('FLOW_NOT_FOUND', { flow })
  return {
    what: what as ReportName,
    format: formatOf(typed),
    outFile: typed.out ?? null,
    purpose: typed.purpose?.trim() || null,
    report: {
      from,
      to,
      territory: typed.territory ?? null,
      flow,
      state: typed.state ?? null,
      labels: labelsOf(typed.labels, context.text),
      split: oneOf('--split', typed.split ?? 'summary', ['summary', 'columns', 'both'] as const),
      asOf: momentOf(typed.asOf, context.zone),
      full: typed.full === true,
      zone: context.zone,
      now: context.clock.now(),
      text: context.text,
      forms: context.forms,
      firstStage: context.firstStage,
    },
  }
}

const invalid = (argument: string, reason: string) => new AppError('ARGUMENT_INVALID', { argument, reason })

/** What `--format` says, else the ending of `--out`, else CSV. */
function formatOf({ format, out }: TypedExport): ExportFormat {
  if (format !== undefined) return oneOf('--format', format, EXPORT_FORMATS)
  return EXPORT_FORMATS.find((each) => out?.toLowerCase().endsWith(`.${each}`)) ?? 'csv'
}

function oneOf<Word extends string>(option: string, typed: string, words: readonly Word[]): Word {
  const found = words.find((word) => word === typed)
  if (found === undefined) throw invalid(option, words.join('|'))
  return found
}

function dayOf(option: string, typed: string | undefined): PlainDate | null {
  if (typed === undefined) return null
  const day = parsePlainDate(typed)
  if (day === null) throw invalid(option, 'YYYY-MM-DD')
  return day
}

function labelsOf(typed: string | undefined, text: Text): string | null {
  if (typed === undefined || typed === 'names') return null
  if (!text.languages.includes(typed)) throw invalid('--labels', ['names', ...text.languages].join('|'))
  return typed
}

/** A moment with its offset, or a day: its last moment. */
function momentOf(typed: string | undefined, zone: string): Instant | null {
  if (typed === undefined) return null
  const day = parsePlainDate(typed)
  const moment = day === null ? parseInstant(typed) : instant(instantOf(addDays(day, 1), '00:00', zone) - 1)
  if (moment === null) throw invalid('--as-of', '2026-11-30T23:59:59+08:00')
  return moment
}
