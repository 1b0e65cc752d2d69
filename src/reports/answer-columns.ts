/** Columns for the answers of a form. */
import { maskIdNumber, maskNumbersIn, maskPhone } from './mask.ts'
import type { FormQuestion, FormShape, ReportOptions } from './options.ts'
import type { Cell, Column } from './report.ts'
import type { ReportWords } from './words.ts'

/** Answers as they are stored: question → string, or the instances of a repeat. */
export interface StoredAnswers {
  readonly [question: string]: string | readonly StoredAnswers[]
}

/** What ids in answers stand for: a place, a household, a staff member. */
export type Referred = (type: string, id: string) => string

export interface AnswerFormat {
  /** As stored, masked where it must be. */
  value(question: FormQuestion, stored: string): string
  /** As a person reads it. */
  shown(question: FormQuestion, stored: string): string
  label(question: FormQuestion): string
}

const NUMBERS = new Set(['integer', 'decimal', 'range'])
const FREE_WORDS = new Set(['text', 'barcode'])
/** Types that are answered by a file; the answer is its id. */
const FILES = new Set(['image', 'audio', 'video', 'file', 'signature'])

export const isNumeric = (question: FormQuestion): boolean => NUMBERS.has(question.type)
export const isSeveral = (question: FormQuestion): boolean => question.type === 'select_multiple'

export function answerFormat(
  form: FormShape | null,
  options: Pick<ReportOptions, 'full' | 'labels' | 'text'>,
  words: ReportWords,
  referred: Referred,
): AnswerFormat {
  const masked = (question: FormQuestion, stored: string): string => {
    if (options.full || stored === '') return stored
    if (question.type === 'phone') return maskPhone(stored)
    if (question.type === 'id_number') return maskIdNumber(stored)
    if (question.pii === 'sensitive') return words.masked
    if (FREE_WORDS.has(question.type) && form?.sensitive && question.fact !== 'name') return maskNumbersIn(stored)
    return stored
  }
  const choice = (question: FormQuestion, name: string) =>
    question.choiceKey === null ? name : words.value(question.choiceKey, name)
  return {
    value: (question, stored) => masked(question, referred(question.type, stored)),
    shown(question, stored) {
      const plain = masked(question, referred(question.type, stored))
      if (plain !== stored || question.choices.length === 0) return plain
      if (!isSeveral(question)) return choice(question, plain)
      const names = plain.split(' ').filter((name) => name !== '')
      return names.map((name) => choice(question, name)).join(options.labels === null ? ' ' : '、')
    },
    label: (question) =>
      options.labels !== null && options.text.has(question.labelKey, options.labels)
        ? options.text.say({ key: question.labelKey }, options.labels)
        : question.name,
  }
}

/** @param name of the column of a question, kept apart from the report's own columns. */
export function answerColumns<Row>(
  questions: readonly FormQuestion[],
  format: AnswerFormat,
  options: Pick<ReportOptions, 'split' | 'labels' | 'text'>,
  name: (question: FormQuestion) => string,
  stored: (row: Row, question: FormQuestion) => string | null,
): readonly Column<Row>[] {
  return questions.flatMap((question) => {
    const columns: Column<Row>[] = []
    const title = options.labels === null ? name(question) : format.label(question)
    if (!isSeveral(question) || options.split !== 'columns') {
      columns.push({
        name: name(question),
        title,
        cell: (row) => cellOf(question, stored(row, question), format, options),
      })
    }
    if (!isSeveral(question) || options.split === 'summary') return columns
    for (const choice of question.choices) {
      columns.push({
        name: `${name(question)}/${choice}`,
        title: `${title}/${format.shown({ ...question, pii: 'none' }, choice)}`,
        cell: (row) => {
          const value = stored(row, question)
          if (value === null || value === '') return null
          return value.split(' ').includes(choice) ? 1 : 0
        },
      })
    }
    return columns
  })
}

function cellOf(
  question: FormQuestion,
  stored: string | null,
  format: AnswerFormat,
  options: Pick<ReportOptions, 'labels'>,
): Cell {
  if (stored === null || stored === '') return null
  if (isNumeric(question) && /^-?\d{1,15}(\.\d+)?$/.test(stored)) return Number(stored)
  return options.labels === null ? format.value(question, stored) : format.shown(question, stored)
}

/** The answers of a submission; what is no object of answers is taken as none. */
export function parseAnswers(json: string): StoredAnswers {
  const value: unknown = JSON.parse(json)
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as StoredAnswers) : {}
}

/** Types whose answers a report doesn't show: nothing was asked. */
export const isShown = (question: FormQuestion): boolean =>
  !['note', 'begin_group', 'end_group', 'begin_repeat', 'end_repeat', 'repeat', 'group'].includes(question.type)

export const isFile = (question: FormQuestion): boolean => FILES.has(question.type)
