/** The report of what was filled in: one row for each answer, or, for one form, one row for each submission. */
import { addDays, formatInstant, instantOf, type PlainDate } from '../base/time.ts'
import {
  answerColumns,
  answerFormat,
  isShown,
  parseAnswers,
  type AnswerFormat,
  type Referred,
  type StoredAnswers,
} from './answer-columns.ts'
import type { FormQuestion, FormShape, ReportOptions } from './options.ts'
import { readPlaces, type Places } from './places.ts'
import type { ReportReads, SubmissionRecord } from './ports.ts'
import { sheetOf, type Column, type Report, type Sheet } from './report.ts'
import { reportWords, type ReportWords } from './words.ts'

interface SubmissionRow {
  readonly submission: SubmissionRecord
  readonly answers: StoredAnswers
  readonly staff: string
}

interface AnswerRow extends SubmissionRow {
  /** `people[2].name`; instances from 1. */
  readonly path: string
  readonly question: FormQuestion
  readonly format: AnswerFormat
  readonly stored: string
}

interface InstanceRow extends SubmissionRow {
  readonly instance: number
  readonly of: StoredAnswers
}

export async function answerReport(reads: ReportReads, options: ReportOptions): Promise<Report> {
  const places = await readPlaces(reads, options.territory)
  const words = reportWords(options.text, options.labels)
  const staff = new Map((await reads.staffNames()).map(({ id, name }) => [id, name]))
  const batches = () => submissions(reads, places, staff, options)
  const referred = references(places, staff)
  const form = options.forms.find(({ id }) => id === options.flow) ?? null
  const sheets = form
    ? wideSheets(form, batches, places, words, options, referred)
    : ([longSheet(batches, places, words, options, referred)] as const)
  return { sheets }
}

/** Ids in answers → what a person knows them by. Households are left as ids: their rows are in other reports. */
const references =
  (places: Places, staff: ReadonlyMap<string, string>): Referred =>
  (type, id) => {
    if (type.startsWith('territory')) return places.path(id) || id
    return type === 'staff' ? (staff.get(id) ?? id) : id
  }

function submissionColumns(
  places: Places,
  words: ReportWords,
  options: ReportOptions,
): readonly Column<SubmissionRow>[] {
  return [
    { name: 'submission', cell: ({ submission }) => submission.id },
    { name: 'flow', cell: ({ submission }) => submission.flow },
    { name: 'flow_version', cell: ({ submission }) => submission.flowVersion },
    { name: 'matter', cell: ({ submission }) => submission.matter },
    { name: 'submitted_at', cell: ({ submission }) => formatInstant(submission.submittedAt, options.zone) },
    { name: 'territory', cell: ({ submission }) => places.path(submission.territoryId) },
    { name: 'county', cell: ({ submission }) => places.nameAt(submission.territoryId, 'county') },
    { name: 'township', cell: ({ submission }) => places.nameAt(submission.territoryId, 'township') },
    { name: 'village', cell: ({ submission }) => places.nameAt(submission.territoryId, 'village') },
    { name: 'staff', cell: ({ staff }) => staff },
    {
      name: 'entered_later',
      cell: ({ submission }) => words.yesNo(options.asOf !== null && submission.submittedAt > options.asOf),
    },
  ]
}

type Batches = () => AsyncIterable<readonly SubmissionRow[]>

function longSheet(
  batches: Batches,
  places: Places,
  words: ReportWords,
  options: ReportOptions,
  referred: Referred,
): Sheet {
  // Names and words stand side by side here, so there are words whatever was asked for.
  const worded = { ...options, labels: options.labels ?? options.text.languages[0] ?? null }
  const shown = reportWords(options.text, worded.labels)
  const forms = new Map(options.forms.map((form) => [form.id, form]))
  const formats = new Map(options.forms.map((form) => [form.id, answerFormat(form, worded, shown, referred)]))
  const unknown = answerFormat(null, worded, shown, referred)
  const columns: readonly Column<AnswerRow>[] = [
    ...submissionColumns(places, words, options),
    { name: 'question', cell: ({ path }) => path },
    { name: 'label', cell: ({ question, format }) => format.label(question) },
    { name: 'value', cell: ({ question, format, stored }) => format.value(question, stored) },
    { name: 'value_label', cell: ({ question, format, stored }) => format.shown(question, stored) },
  ]
  async function* rows() {
    for await (const batch of batches()) {
      yield batch.flatMap((row) => {
        const form = forms.get(row.submission.flow)
        const format = formats.get(row.submission.flow) ?? unknown
        return [...walk(row.answers, form, '', '')].map((answer) => ({ ...row, ...answer, format }))
      })
    }
  }
  const sheet = sheetOf('answers', columns, (column) => words.title('answers', column), rows)
  return { ...sheet, name: words.sheet('answers') }
}

/** Answers in the order of the form, then what it does not know (calculations, another version), repeats unrolled. */
function* walk(
  answers: StoredAnswers,
  form: FormShape | undefined,
  at: string,
  schema: string,
): Generator<Pick<AnswerRow, 'path' | 'question' | 'stored'>> {
  const known = form?.questions.filter((question) => question.path === schema + question.name) ?? []
  const order = [...known.map(({ name }) => name), ...Object.keys(answers)]
  for (const name of new Set(order)) {
    const stored = answers[name]
    if (stored === undefined || stored === '') continue
    if (typeof stored !== 'string') {
      for (const [index, each] of stored.entries())
        yield* walk(each, form, `${at}${name}[${index + 1}].`, `${schema}${name}.`)
      continue
    }
    const question = known.find((each) => each.name === name) ?? hidden(name, form)
    yield { path: at + name, question, stored }
  }
}

/** A name that the present form does not know: shown as it is, masked when the form is a sensitive one. */
const hidden = (name: string, form: FormShape | undefined): FormQuestion => ({
  name,
  path: name,
  type: 'calculate',
  choices: [],
  pii: form && !form.sensitive ? 'none' : name.startsWith('case.') ? 'none' : 'sensitive',
  fact: null,
  labelKey: '',
  choiceKey: null,
})

function wideSheets(
  form: FormShape,
  batches: Batches,
  places: Places,
  words: ReportWords,
  options: ReportOptions,
  referred: Referred,
): Report['sheets'] {
  const format = answerFormat(form, options, words, referred)
  const own = submissionColumns(places, words, options)
  const taken = new Set(own.map(({ name }) => name))
  const nameOf = ({ name }: FormQuestion) => (taken.has(name) ? `answer_${name}` : name)
  const flat = form.questions.filter((question) => isShown(question) && !question.path.includes('.'))
  const main = sheetOf<SubmissionRow>(
    words.sheet('answers'),
    [
      ...own,
      ...answerColumns<SubmissionRow>(flat, format, options, nameOf, (row, { name }) => textOf(row.answers[name])),
    ],
    (column) => words.title('answers', column),
    batches,
  )
  const repeats = [...new Set(form.questions.flatMap(({ path }) => path.split('.').slice(0, -1).join('.') || []))]
  return [main, ...repeats.map((repeat) => repeatSheet(repeat, form, format, batches, words, options))]
}

const textOf = (stored: StoredAnswers[string] | undefined): string | null =>
  typeof stored === 'string' ? stored : null

function repeatSheet(
  repeat: string,
  form: FormShape,
  format: AnswerFormat,
  batches: Batches,
  words: ReportWords,
  options: ReportOptions,
): Sheet {
  const questions = form.questions.filter(
    (question) => isShown(question) && question.path === `${repeat}.${question.name}`,
  )
  const columns: readonly Column<InstanceRow>[] = [
    { name: 'submission', cell: ({ submission }) => submission.id },
    { name: 'matter', cell: ({ submission }) => submission.matter },
    { name: 'instance', cell: ({ instance }) => instance },
    ...answerColumns<InstanceRow>(
      questions,
      format,
      options,
      ({ name }) => name,
      (row, { name }) => textOf(row.of[name]),
    ),
  ]
  async function* rows() {
    for await (const batch of batches()) {
      yield batch.flatMap((row) =>
        instancesAt(row.answers, repeat.split('.')).map((of, index): InstanceRow => ({
          ...row,
          of,
          instance: index + 1,
        })),
      )
    }
  }
  return sheetOf(repeat, columns, (column) => words.title('answers', column), rows)
}

function instancesAt(answers: StoredAnswers, path: readonly string[]): readonly StoredAnswers[] {
  const [first, ...rest] = path
  const instances = first === undefined ? undefined : answers[first]
  if (instances === undefined || typeof instances === 'string') return []
  return rest.length === 0 ? instances : instances.flatMap((each) => instancesAt(each, rest))
}

async function* submissions(
  reads: ReportReads,
  places: Places,
  staff: ReadonlyMap<string, string>,
  options: ReportOptions,
): AsyncGenerator<readonly SubmissionRow[]> {
  const startOf = (day: PlainDate) => instantOf(day, '00:00', options.zone)
  const pages = reads.submissions({
    submittedAt: {
      from: options.from === null ? null : startOf(options.from),
      before: options.to === null ? null : startOf(addDays(options.to, 1)),
    },
    flow: options.flow,
    territoryIds: places.ids,
  })
  for await (const page of pages) {
    yield page
      .filter((submission) => places.includes(submission.territoryId))
      .map((submission) => ({
        submission,
        answers: parseAnswers(submission.answers),
        staff: staff.get(submission.staffId ?? '') ?? '',
      }))
  }
}
