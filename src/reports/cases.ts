/** The report of matters: one row each, with the answers of the form that opened it. */
import { dateAt, daysBetween, type Instant, type PlainDate } from '../base/time.ts'
import { answerColumns, answerFormat, isShown, parseAnswers, type StoredAnswers } from './answer-columns.ts'
import { maskPhone } from './mask.ts'
import type { FormQuestion, ReportOptions } from './options.ts'
import { readPlaces, type Places } from './places.ts'
import type { CaseEventRecord, CaseRecord, ReportReads } from './ports.ts'
import { sheetOf, type Column, type Report } from './report.ts'
import { reportWords, type ReportWords } from './words.ts'

interface CaseRow {
  readonly matter: CaseRecord
  readonly phone: string | null
  readonly householdKey: string | null
  readonly assignee: string
  readonly answers: StoredAnswers
  readonly form: string | null
  /** Entered after the moment that the report is about. */
  readonly enteredLater: boolean
}

/** Handler of submissions that become matters. */
const CASE_HANDLER = 'case'

export async function caseReport(reads: ReportReads, options: ReportOptions): Promise<Report> {
  const places = await readPlaces(reads, options.territory)
  const words = reportWords(options.text, options.labels)
  const staff = new Map((await reads.staffNames()).map(({ id, name }) => [id, name]))
  const forms = options.forms.filter((form) =>
    options.flow === null ? form.submit === CASE_HANDLER : form.id === options.flow,
  )
  const own = caseColumns(places, words, options)
  const taken = new Set(own.map((column) => column.name))
  const formColumns = questionsOf(forms.map((form) => form.questions)).flatMap(({ question, of }) => {
    const form = forms[of] ?? null
    const format = answerFormat(form, options, words, (type, id) => referredPlace(type, id, places))
    const name = taken.has(question.name) ? `answer_${question.name}` : question.name
    return answerColumns<CaseRow>(
      [question],
      format,
      options,
      () => name,
      (row, { path }) => answerAt(row.answers, path),
    )
  })
  const sheet = sheetOf(
    'cases',
    [...own, ...formColumns],
    (column) => words.title('cases', column),
    () => rows(reads, places, staff, options),
  )
  return { sheets: [{ ...sheet, name: words.sheet('cases') }] }
}

const answerAt = (answers: StoredAnswers, path: string): string | null => {
  const value = answers[path]
  return typeof value === 'string' ? value : null
}

const referredPlace = (type: string, id: string, places: Places): string =>
  type.startsWith('territory') ? places.path(id) || id : id

/** Questions of several forms by name: one column for those of the same name; repeats have no place in a row. */
function questionsOf(forms: readonly (readonly FormQuestion[])[]): readonly { question: FormQuestion; of: number }[] {
  const found = new Map<string, { question: FormQuestion; of: number }>()
  for (const [of, questions] of forms.entries()) {
    for (const question of questions) {
      if (isShown(question) && !question.path.includes('.') && !found.has(question.name)) {
        found.set(question.name, { question, of })
      }
    }
  }
  return [...found.values()]
}

function caseColumns(places: Places, words: ReportWords, options: ReportOptions): readonly Column<CaseRow>[] {
  const day = (at: Instant | null) => (at === null ? null : dateAt(at, options.zone))
  const today = dateAt(options.asOf ?? options.now, options.zone)
  const { full } = options
  return [
    { name: 'number', cell: ({ matter }) => matter.number },
    { name: 'kind', cell: ({ matter }) => words.value('cases:kind_staff', matter.kind) },
    { name: 'stage', cell: ({ matter }) => words.value('cases:stage', matter.stage) },
    { name: 'source', cell: ({ matter }) => words.value('cases:source', matter.source) },
    { name: 'urgency', cell: ({ matter }) => words.value('cases:urgency', matter.urgency) },
    { name: 'risk', cell: ({ matter }) => matter.risk },
    { name: 'territory', cell: ({ matter }) => places.path(matter.territoryId) },
    { name: 'county', cell: ({ matter }) => places.nameAt(matter.territoryId, 'county') },
    { name: 'township', cell: ({ matter }) => places.nameAt(matter.territoryId, 'township') },
    { name: 'village', cell: ({ matter }) => places.nameAt(matter.territoryId, 'village') },
    { name: 'person', cell: ({ matter }) => matter.personName },
    { name: 'phone', cell: ({ phone }) => (phone === null || full ? phone : maskPhone(phone)) },
    { name: 'household_key', cell: ({ householdKey }) => householdKey },
    { name: 'reported_on', cell: ({ matter }) => matter.leadOn },
    { name: 'opened_on', cell: ({ matter }) => day(matter.openedAt) },
    { name: 'acknowledged_on', cell: ({ matter }) => day(matter.acknowledgedAt) },
    { name: 'stage_entered_on', cell: ({ matter }) => matter.stageEnteredOn },
    { name: 'stage_due_on', cell: ({ matter }) => matter.stageDueOn },
    { name: 'decide_by', cell: ({ matter }) => matter.decideBy },
    { name: 'decided_on', cell: ({ matter }) => matter.decidedOn },
    { name: 'closed_on', cell: ({ matter }) => day(matter.closedAt) },
    { name: 'days_open', cell: ({ matter }) => daysOpen(matter, today, options.zone) },
    { name: 'late', cell: ({ matter }) => words.yesNo(isLate(matter, today)) },
    { name: 'late_reason', cell: ({ matter }) => matter.lateReason },
    { name: 'assignee', cell: ({ assignee }) => assignee },
    { name: 'form', cell: ({ form }) => form },
    { name: 'submission', cell: ({ matter }) => matter.submissionId },
    { name: 'entered_later', cell: ({ enteredLater }) => words.yesNo(enteredLater) },
  ]
}

/** From the lead to the day it was closed, or to the day of the report. */
/** A clock that is behind the opening sees none. */
const daysOpen = (matter: CaseRecord, today: PlainDate, zone: string): number =>
  Math.max(0, daysBetween(matter.leadOn as PlainDate, matter.closedAt === null ? today : dateAt(matter.closedAt, zone)))

/** Decided after its day, or not decided and past it. */
const isLate = (matter: CaseRecord, today: PlainDate): boolean => {
  if (matter.decideBy === null) return false
  if (matter.decidedOn !== null) return matter.decidedOn > matter.decideBy
  return matter.closedAt === null && today > matter.decideBy
}

async function* rows(
  reads: ReportReads,
  places: Places,
  staff: ReadonlyMap<string, string>,
  options: ReportOptions,
): AsyncGenerator<readonly CaseRow[]> {
  const today = dateAt(options.asOf ?? options.now, options.zone)
  const pages = reads.cases({ reportedOn: { from: options.from, to: options.to }, territoryIds: places.ids })
  for await (const page of pages) {
    const here = page.filter((matter) => places.includes(matter.territoryId))
    const then = options.asOf === null ? here : await asTheyWere(reads, here, options.asOf, options)
    const kept = then.filter((matter) => isInState(matter, options.state, today))
    const [profiles, households, submissions] = await Promise.all([
      reads.profilesById(idsOf(kept, 'profileId')),
      reads.householdsById(idsOf(kept, 'householdId')),
      reads.submissionsById(idsOf(kept, 'submissionId')),
    ])
    const profile = new Map(profiles.map((each) => [each.id, each]))
    const household = new Map(households.map((each) => [each.id, each]))
    const submission = new Map(submissions.map((each) => [each.id, each]))
    const done = kept.map((matter): CaseRow => {
      const sent = submission.get(matter.submissionId ?? '')
      return {
        matter,
        phone: profile.get(matter.profileId ?? '')?.phone ?? household.get(matter.householdId ?? '')?.phone ?? null,
        householdKey: household.get(matter.householdId ?? '')?.key ?? null,
        assignee: staff.get(matter.assigneeId ?? '') ?? '',
        answers: sent ? parseAnswers(sent.answers) : {},
        form: sent?.flow ?? null,
        enteredLater: options.asOf !== null && matter.openedAt > options.asOf,
      }
    })
    yield options.flow === null ? done : done.filter(({ form }) => form === options.flow)
  }
}

const idsOf = (
  matters: readonly CaseRecord[],
  field: 'profileId' | 'householdId' | 'submissionId',
): readonly string[] => [...new Set(matters.flatMap((matter) => matter[field] ?? []))]

function isInState(matter: CaseRecord, state: string | null, today: PlainDate): boolean {
  if (state === null) return true
  if (state === 'open') return matter.closedAt === null
  if (state === 'closed') return matter.closedAt !== null
  if (state === 'late') return isLate(matter, today)
  return matter.stage === state
}

/** Stage and days as the timeline has them up to that moment. Matters entered later are kept, and marked. */
async function asTheyWere(
  reads: ReportReads,
  matters: readonly CaseRecord[],
  asOf: Instant,
  options: Pick<ReportOptions, 'zone' | 'firstStage'>,
): Promise<readonly CaseRecord[]> {
  const events = new Map<string, CaseEventRecord[]>()
  for (const event of matters.length > 0 ? await reads.caseEvents(matters.map(({ id }) => id)) : []) {
    if (event.what !== 'stage' || event.detail === null) continue
    const others = events.get(event.caseId)
    if (others) others.push(event)
    else events.set(event.caseId, [event])
  }
  const lastDay = dateAt(asOf, options.zone)
  return matters.map((matter) => {
    const steps = events.get(matter.id) ?? []
    const known = steps.filter((step) => step.at <= asOf)
    const movedLater = known.length < steps.length
    const last = known.at(-1)
    return {
      ...matter,
      stage: movedLater ? (last?.detail ?? options.firstStage(matter.kind)) : matter.stage,
      stageEnteredOn: movedLater ? (last ? dateAt(last.at, options.zone) : matter.leadOn) : matter.stageEnteredOn,
      stageDueOn: movedLater ? null : matter.stageDueOn,
      decidedOn: matter.decidedOn !== null && matter.decidedOn > lastDay ? null : matter.decidedOn,
      acknowledgedAt: matter.acknowledgedAt !== null && matter.acknowledgedAt > asOf ? null : matter.acknowledgedAt,
      closedAt: matter.closedAt !== null && matter.closedAt > asOf ? null : matter.closedAt,
    }
  })
}
