/** The figures of a month as a workbook that any group may see: counts, kinds and numbers; no names, no places, no people. */
import type { Instant } from '../base/time.ts'
import { monthName, type MonthFigures } from '../domain/month/figures.ts'
import type { Text } from '../text/text.ts'
import type { Cell, Report, Sheet } from './report.ts'
import { xlsxOf } from './write-xlsx.ts'

export const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** Fewer matters than this: their kind would tell whose they are. */
const FEWEST_WITH_KINDS = 2

export interface StoredWorkbook {
  readonly id: string
  readonly name: string
  readonly type: string
}

/** @param store keeps the bytes and names them */
export function monthWorkbooks(
  store: (bytes: Uint8Array, name: string, type: string) => Promise<StoredWorkbook>,
  text: Text,
) {
  return {
    async month(
      territory: { readonly id: string; readonly name: string },
      figures: MonthFigures,
      at: Instant,
    ): Promise<StoredWorkbook> {
      const language = text.languageFor(null)
      const file = text.say(
        { key: 'month:file', params: { territory: territory.name, month: monthName(figures) } },
        language,
      )
      const bytes = await bytesOf(xlsxOf(monthReport(figures, text, language), at, () => {}))
      return store(bytes, `${file}.xlsx`, XLSX_TYPE)
    },
  }
}

export function monthReport(figures: MonthFigures, text: Text, language: string): Report {
  const say = (key: string) => text.say({ key: `month:${key}` }, language)
  const kindOf = (kind: string) => wordOr(text, `cases:kind_staff.${kind}`, kind, language)
  const planOf = (plan: string) => wordOr(text, `visits:plan.${plan}`, plan, language)
  const sheet = (name: string, columns: readonly string[], rows: readonly (readonly Cell[])[]): Sheet => ({
    name: say(`sheet.${name}`),
    columns: columns.map((column) => ({ name: column, title: say(`columns.${column}`) })),
    async *rows() {
      yield rows
    },
  })
  const { cases, visits } = figures
  const summary: readonly (readonly [string, number])[] = [
    ['leads', cases.leads],
    ['decided', cases.decided],
    ['in_time', cases.inTime],
    ['open', cases.open],
    ['late', cases.late],
    ['due', visits.due],
    ['done', visits.done],
    ['on_time', visits.onTime],
  ]
  const kinds = Math.max(cases.leads, cases.open, cases.decided) < FEWEST_WITH_KINDS ? [] : [...figures.casesByKind]
  return {
    sheets: [
      sheet(
        'summary',
        ['what', 'count'],
        summary.map(([row, count]) => [say(`rows.${row}`), count]),
      ),
      sheet(
        'kinds',
        ['kind', 'leads', 'decided', 'in_time', 'open', 'late'],
        kinds.map(([kind, each]) => [kindOf(kind), each.leads, each.decided, each.inTime, each.open, each.late]),
      ),
      sheet(
        'visits',
        ['plan', 'due', 'done', 'on_time'],
        [...figures.visitsByPlan].map(([plan, each]) => [planOf(plan), each.due, each.done, each.onTime]),
      ),
      sheet(
        'late',
        ['number'],
        figures.lateNumbers.map((number) => [number]),
      ),
    ],
  }
}

const wordOr = (text: Text, key: string, otherwise: string, language: string): string =>
  text.has(key, language) ? text.say({ key }, language) : otherwise

async function bytesOf(stream: NodeJS.ReadableStream): Promise<Uint8Array> {
  const pieces: Buffer[] = []
  for await (const piece of stream) pieces.push(Buffer.from(piece as Uint8Array))
  return Buffer.concat(pieces)
}
