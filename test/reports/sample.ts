/** A small county with matters, visits and submissions, and reports read over it. */
import { instant, parseInstant, type PlainDate } from '../../src/base/time.ts'
import type { FormQuestion, FormShape, ReportOptions } from '../../src/reports/options.ts'
import type { Report, Sheet } from '../../src/reports/report.ts'
import { shippedText } from '../cli/import-run.ts'
import { memoryTables } from '../cli/memory-tables.ts'

export const at = (text: string) => parseInstant(text) ?? instant(0)
export const day = (text: string) => text as PlainDate

const question = (name: string, type: string, more: Partial<FormQuestion> = {}): FormQuestion => ({
  name,
  path: name,
  type,
  choices: [],
  pii: 'none',
  fact: null,
  labelKey: `flows/hardship_report:questions.${name}.label`,
  choiceKey: null,
  ...more,
})

export const HARDSHIP: FormShape = {
  id: 'hardship_report',
  version: 1,
  sensitive: true,
  submit: 'case',
  questions: [
    question('village', 'territory village', { fact: 'village', pii: 'personal' }),
    question('name', 'text', { fact: 'name', pii: 'personal' }),
    question('phone', 'phone', { fact: 'phone', pii: 'personal' }),
    question('members', 'integer'),
    question('causes', 'select_multiple', { choices: ['illness', 'housing', 'water'], choiceKey: 'lists:risk_cause' }),
    question('urgent', 'select_one', { choices: ['yes', 'no'], choiceKey: 'lists:yn' }),
    question('story', 'text', { pii: 'sensitive' }),
    question('people', 'begin_repeat'),
    question('name', 'text', { path: 'people.name', pii: 'personal' }),
    question('card', 'id_number', { path: 'people.card', pii: 'sensitive' }),
  ],
}

export function sample() {
  const tables = memoryTables()
  const place = (id: string, path: string, level: string, parentId: string | null) =>
    tables.put('Territory', { id, path, name: path.split('/').at(-1), level, parentId })
  place('t1', '吉首市', 'county', null)
  place('t2', '吉首市/矮寨镇', 'township', 't1')
  place('t3', '吉首市/矮寨镇/阳孟村', 'village', 't2')
  place('t4', '吉首市/矮寨镇/幸福村', 'village', 't2')
  tables.put('Staff', { id: 's1', name: '石建国' })
  tables.put('Profile', { id: 'p1', name: '张国强', phone: '13812345678' })
  tables.put('Household', {
    id: 'h1',
    key: 'H001',
    head: '石二妹',
    phone: '13987654321',
    status: 'dibao_recipient relocated',
  })

  const answers = {
    village: 't3',
    name: '张国强',
    phone: '13812345678',
    members: '4',
    causes: 'illness housing',
    urgent: 'no',
    story: '=HYPERLINK("x") 家里有人生病',
    people: [
      { name: '张国强', card: '433101197203051236' },
      { name: '张小妹', card: '' },
    ],
    'case.urgent': 'false',
  }
  tables.put('Submission', {
    id: 'sub1',
    flow: 'hardship_report',
    flowVersion: 1,
    profileId: 'p1',
    staffId: null,
    territoryId: 't3',
    answers: JSON.stringify(answers),
    matter: '26110200012',
    submittedAt: at('2026-11-02T23:30:00+08:00'),
  })
  const matter = (id: string, more: Record<string, unknown>) =>
    tables.put('Case', {
      id,
      number: `n-${id}`,
      kind: 'hardship',
      stage: 'reported',
      source: 'self',
      territoryId: 't3',
      profileId: null,
      householdId: null,
      personName: null,
      submissionId: null,
      assigneeId: 's1',
      urgency: 'normal',
      risk: null,
      leadOn: '2026-11-02',
      stageEnteredOn: '2026-11-02',
      stageDueOn: '2026-11-03',
      decideBy: '2026-11-17',
      decidedOn: null,
      lateReason: null,
      acknowledgedAt: null,
      openedAt: at('2026-11-02T23:30:00+08:00'),
      closedAt: null,
      ...more,
    })
  matter('c1', {
    number: '26110200012',
    profileId: 'p1',
    personName: '张国强',
    submissionId: 'sub1',
    stage: 'verifying',
    stageEnteredOn: '2026-11-05',
  })
  matter('c2', {
    householdId: 'h1',
    territoryId: 't4',
    leadOn: '2026-11-05',
    decideBy: '2026-11-20',
    stage: 'not_included',
    decidedOn: '2026-11-12',
    closedAt: at('2026-11-12T10:00:00+08:00'),
  })
  matter('c3', {
    leadOn: '2026-10-31',
    decideBy: null,
    stage: 'open',
    kind: 'water',
    openedAt: at('2026-11-21T09:00:00+08:00'),
  })
  const event = (id: string, caseId: string, when: string, what: string, detail: string | null) =>
    tables.put('CaseEvent', { id, caseId, at: at(when), actor: 'staff', actorId: 's1', what, detail })
  event('e0', 'c1', '2026-11-02T23:30:00+08:00', 'opened', 'normal')
  event('e1', 'c1', '2026-11-03T09:00:00+08:00', 'stage', 'accepted')
  event('e2', 'c1', '2026-11-05T09:00:00+08:00', 'stage', 'verifying')
  event('e3', 'c2', '2026-11-12T10:00:00+08:00', 'stage', 'not_included')

  tables.put('Visit', {
    id: 'v1',
    number: '26111000015',
    householdId: 'h1',
    territoryId: 't4',
    planId: null,
    staffId: 's1',
    visitedOn: '2026-11-10',
    mode: 'in_person',
    met: 'self',
    changes: 'income_down job_lost',
    gaps: 'housing',
    measures: 'part',
    wish: '想治病',
    nextOn: '2026-12-10',
    attempt: false,
    late: true,
    loggedAt: at('2026-11-11T08:00:00+08:00'),
  })
  return tables
}

export const options = (more: Partial<ReportOptions> = {}): ReportOptions => ({
  from: null,
  to: null,
  territory: null,
  flow: null,
  state: null,
  labels: null,
  split: 'summary',
  asOf: null,
  full: false,
  zone: 'Asia/Shanghai',
  now: at('2026-11-23T09:00:00+08:00'),
  text: shippedText,
  forms: [HARDSHIP],
  firstStage: (kind) => (kind === 'hardship' ? 'reported' : 'open'),
  ...more,
})

/** Rows of a sheet as objects by column name. */
export async function objectsOf(sheet: Sheet): Promise<Record<string, unknown>[]> {
  const found: Record<string, unknown>[] = []
  for await (const batch of sheet.rows()) {
    for (const row of batch) found.push(Object.fromEntries(sheet.columns.map(({ name }, index) => [name, row[index]])))
  }
  return found
}

export const mainOf = (report: Report) => objectsOf(report.sheets[0])
