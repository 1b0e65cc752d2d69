/** Rows for tests: every column that must be given, with values that may be overridden. */
import type { Row } from '../../src/base/change.ts'
import { instant } from '../../src/base/time.ts'

export const AT = instant(Date.UTC(2026, 10, 23, 1, 2, 3, 45))
export const later = (milliseconds: number) => instant(AT + milliseconds)

export const territory = (id: string, parentId: string | null, path: string, more: Row = {}): Row => ({
  id,
  path,
  name: path.split('/').at(-1) ?? '',
  level: 'village',
  parentId,
  chatCode: `code-${id}`,
  pinyin: '',
  initials: '',
  ...more,
})

export const conversation = (id: string, more: Row = {}): Row => ({
  id,
  channel: 'pipe',
  chat: `chat-${id}`,
  user: `user-${id}`,
  identityId: `identity-${id}`,
  flow: 'hardship_report',
  flowVersion: 1,
  flowDigest: 'digest',
  state: { format: 1, more: {} },
  phase: 'asking',
  sensitive: false,
  startedAt: AT,
  updatedAt: AT,
  ...more,
})

export const answer = (conversationId: string, seq: number, more: Row = {}): Row => ({
  conversationId,
  seq,
  question: `question-${seq}`,
  kind: 'answered',
  raw: '三口人',
  value: '3',
  approximate: false,
  attempt: 1,
  at: AT,
  ...more,
})

export const inbox = (id: string, more: Row = {}): Row => ({
  id,
  channel: 'pipe',
  chat: 'c1',
  user: 'u1',
  body: '{"kind":"text","text":"你好"}',
  receivedAt: AT,
  state: 'done',
  attempts: 1,
  ...more,
})

export const outbox = (id: string, more: Row = {}): Row => ({
  id,
  channel: 'pipe',
  chat: 'c1',
  kind: 'reply',
  payload: `{"text":"${id}"}`,
  state: 'pending',
  dueAt: AT,
  attempts: 0,
  createdAt: AT,
  ...more,
})

export const household = (id: string, territoryId: string, more: Row = {}): Row => ({
  id,
  identity: `identity-${id}`,
  head: '石二妹',
  headPinyin: 'shiermei',
  headInitials: 'sem',
  territoryId,
  size: 3,
  status: 'monitored five_guarantees',
  ...more,
})

export const matter = (id: string, number: string, more: Row = {}): Row => ({
  id,
  number,
  kind: 'hardship',
  stage: 'reported',
  source: 'chat',
  territoryId: 'v1',
  urgency: 'normal',
  leadOn: '2026-11-23',
  stageEnteredOn: '2026-11-23',
  openedAt: AT,
  ...more,
})

export const watch = (id: string, more: Row = {}): Row => ({
  id,
  rule: 'visit_overdue',
  subjectKind: 'visit',
  subjectId: `subject-${id}`,
  territoryId: 'v1',
  rung: 0,
  repeats: 0,
  nextDueAt: AT,
  ...more,
})

export const lane = (id: string, more: Row = {}): Row => ({ id, ...more })

export const task = (id: string, number: string, more: Row = {}): Row => ({
  id,
  number,
  kind: 'plan_due',
  territoryId: 'v1',
  assigneeId: 's',
  dueOn: '2026-11-23',
  createdAt: AT,
  ...more,
})

export const visitPlan = (id: string, more: Row = {}): Row => ({
  id,
  plan: 'monthly',
  territoryId: 'v1',
  mode: 'in_person',
  dueOn: '2026-11-23',
  ...more,
})

export const visit = (id: string, more: Row = {}): Row => ({
  id,
  householdId: 'h',
  territoryId: 'v1',
  staffId: 's',
  visitedOn: '2026-11-23',
  mode: 'in_person',
  met: 'self',
  changes: 'none',
  gaps: '',
  attempt: false,
  late: false,
  loggedAt: AT,
  ...more,
})

export const submission = (id: string, more: Row = {}): Row => ({
  id,
  conversationId: `conversation-${id}`,
  flow: 'hardship_report',
  flowVersion: 1,
  identityId: 'i',
  answers: '{}',
  submittedAt: AT,
  ...more,
})

export const ids = (found: readonly { readonly id: string }[]): string[] => found.map(({ id }) => id)

/** As many values as a port takes, with those that are stored at both ends. */
export const many = (first: string, last: string): string[] => [
  first,
  ...Array.from({ length: 498 }, (_, at) => `none-${at}`),
  last,
]
