/** The funnel as a sheet, a row for each question, and as a table that a person reads in a terminal. */
import type { Text } from '../text/text.ts'
import type { Funnel, FunnelRow, Tally } from './funnel.ts'
import { sheetOf, type Column, type Sheet } from './report.ts'

const COUNTS = [
  'seen',
  'answered',
  'retried',
  'retries',
  'skipped',
  'abandoned',
  'open',
] as const satisfies readonly (keyof Tally)[]

/** No question can have this name. */
const LAST_STEP = '(submit)'

export interface FunnelWords {
  readonly text: Text
  readonly language: string
}

const title = ({ text, language }: FunnelWords, column: string) =>
  text.say({ key: `funnel:columns.${column}` }, language)

export function funnelSheet(funnel: Funnel, words: FunnelWords): Sheet {
  const columns: readonly Column<FunnelRow>[] = [
    { name: 'question', cell: ({ path }) => path ?? LAST_STEP },
    { name: 'label', cell: (row) => labelOf(row, words) },
    { name: 'type', cell: ({ question }) => question?.type ?? null },
    ...COUNTS.map((name): Column<FunnelRow> => ({ name, cell: (row) => row[name] })),
  ]
  return sheetOf('funnel', columns, (column) => title(words, column), once(funnel.rows))
}

const once = <Row>(rows: readonly Row[]) =>
  async function* () {
    yield await Promise.resolve(rows)
  }

/** @param heading the sentence above the table */
export function funnelTable(funnel: Funnel, heading: string, words: FunnelWords): string {
  const head = [...COUNTS.map((name) => title(words, name)), title(words, 'lost'), title(words, 'question')]
  const rows = funnel.rows.map((row) => [
    ...COUNTS.map((name) => String(row[name])),
    row.seen === 0 ? '' : `${Math.round((row.abandoned / row.seen) * 100)}%`,
    `${row.path ?? LAST_STEP}  ${clipped(labelOf(row, words))}`,
  ])
  const widths = head.map((_, at) => Math.max(...[head, ...rows].map((line) => widthOf(line[at] as string))))
  const lines = [head, ...rows].map((line) =>
    line
      .map((cell, at) => (at === line.length - 1 ? cell : ' '.repeat((widths[at] as number) - widthOf(cell)) + cell))
      .join('  '),
  )
  return `${[heading, ...lines].join('\n')}\n`
}

function labelOf({ path, question }: FunnelRow, { text, language }: FunnelWords): string {
  if (path === null) return text.say({ key: 'funnel:last_step' }, language)
  if (question === null) return text.say({ key: 'funnel:unknown' }, language)
  return (text.raw(language, question.labelKey) ?? '').replace(/\s*\n\s*/g, ' ')
}

/** A consent is a paragraph; the table has a line for it. */
const LONGEST_LABEL = 32

const clipped = (label: string): string =>
  label.length > LONGEST_LABEL ? `${label.slice(0, LONGEST_LABEL - 1)}…` : label

/** Columns of a terminal: Chinese characters and their marks take two. */
const widthOf = (text: string): number =>
  [...text].reduce((sum, character) => sum + (/[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60]/u.test(character) ? 2 : 1), 0)
