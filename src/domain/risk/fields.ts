/** What the conditions of risk rules may name: an answer, something of the record, the matter itself. */
import type { RiskAnswers, RiskHousehold } from './ports.ts'

export interface RiskFacts {
  /** Of the report that opened the matter, later additions on top. */
  readonly report: RiskAnswers | null
  /** Of the last verification. */
  readonly verification: RiskAnswers | null
  readonly household: RiskHousehold | null
  readonly matter: { readonly kind: string; readonly urgency: string }
}

export type FieldType = 'number' | 'word' | 'words'
export type FieldValue = number | readonly string[] | null

interface HouseField {
  readonly type: FieldType
  read(facts: RiskFacts): FieldValue
}

const word = (text: string | null | undefined): FieldValue => (text ? [text] : null)

/** Income that was told, by head; null where one of the two is missing. */
function reportPerHead({ report }: RiskFacts): number | null {
  const income = numberIn(report?.['income'])
  const members = numberIn(report?.['members'])
  return income === null || members === null || members < 1 ? null : Math.round(income / members)
}

const HOUSE_FIELDS: Readonly<Record<string, HouseField>> = {
  'matter.kind': { type: 'word', read: ({ matter }) => word(matter.kind) },
  'matter.urgency': { type: 'word', read: ({ matter }) => word(matter.urgency) },
  'household.size': { type: 'number', read: ({ household }) => household?.size ?? null },
  'household.status': { type: 'words', read: ({ household }) => household?.status ?? null },
  'household.monitored_type': { type: 'word', read: ({ household }) => word(household?.monitoredType) },
  'household.labour_capacity': { type: 'word', read: ({ household }) => word(household?.labourCapacity) },
  'household.per_capita_income': { type: 'number', read: ({ household }) => household?.perCapitaIncome ?? null },
  'household.housing_grade': { type: 'word', read: ({ household }) => word(household?.housingGrade) },
  'household.water_source': { type: 'word', read: ({ household }) => word(household?.waterSource) },
  'figures.report_per_head': { type: 'number', read: reportPerHead },
}

/** What flows ask: `report` = any form that opens a matter, `verification` = the verification. */
export interface RiskQuestions {
  /** Null for a question that no such form has; `any` for what is calculated; `choices` null where any word may stand. */
  question(
    form: 'report' | 'verification',
    name: string,
  ): { readonly type: FieldType | 'any'; readonly choices: readonly string[] | null } | null
}

export type FieldLook =
  /** `any`: nobody said which questions there are, or it is calculated. */
  | { readonly kind: 'known'; readonly type: FieldType | 'any'; readonly choices: readonly string[] | null }
  | { readonly kind: 'unknown' }

export function lookAtField(field: string, questions: RiskQuestions | null): FieldLook {
  if (Object.hasOwn(HOUSE_FIELDS, field)) {
    return { kind: 'known', type: (HOUSE_FIELDS[field] as HouseField).type, choices: null }
  }
  const answer = answerOf(field)
  if (!answer) return { kind: 'unknown' }
  if (!questions) return { kind: 'known', type: 'any', choices: null }
  const question = questions.question(answer.form, answer.name)
  return question ? { kind: 'known', ...question } : { kind: 'unknown' }
}

/** Null where nothing is known. */
export function readField(field: string, type: FieldType, facts: RiskFacts): FieldValue {
  if (Object.hasOwn(HOUSE_FIELDS, field)) return (HOUSE_FIELDS[field] as HouseField).read(facts)
  const answer = answerOf(field)
  const text = answer ? facts[answer.form]?.[answer.name] : undefined
  if (text === undefined || text === '') return null
  return type === 'number' ? numberIn(text) : text.split(' ').filter((name) => name !== '')
}

function answerOf(field: string): { readonly form: 'report' | 'verification'; readonly name: string } | null {
  const match = /^(report|verification)\.([a-z][a-z0-9_]*)$/.exec(field)
  return match ? { form: match[1] as 'report' | 'verification', name: match[2] as string } : null
}

function numberIn(text: string | undefined): number | null {
  if (text === undefined || text.trim() === '') return null
  const value = Number(text)
  return Number.isFinite(value) ? value : null
}
