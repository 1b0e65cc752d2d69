/** What a message that waits is about, read anew. */
import { expectRevision, type Change } from '../base/change.ts'
import type { WatchKind } from '../domain/watching.ts'
import type { ReminderMark } from '../messaging/channel.ts'
import type { ReminderParts } from './parts.ts'
import type { PlannedReminder, WatchRecord } from './ports.ts'
import { describeSubjects, readSubjects, rowOf, type Subject } from './subjects.ts'
import type { Item } from './words.ts'

export interface CheckedItem extends Item {
  /** Null for what was told with the message that caused it. */
  readonly planned: PlannedReminder | null
}

/** In the order of the mark; what no longer exists is left out. */
export async function itemsOf(
  parts: ReminderParts,
  mark: ReminderMark,
  planned: readonly PlannedReminder[],
): Promise<readonly CheckedItem[]> {
  const kindOf = (rule: string): WatchRecord['subjectKind'] => subjectKindOf(parts.policy.rules.get(rule)?.on)
  const subjects = await readSubjects(
    parts,
    planned.map(({ rule, subjectId }) => ({ subjectKind: kindOf(rule), subjectId })),
  )
  const byNumber = new Map<string, Subject | null>()
  const found: CheckedItem[] = []
  for (const { rule: ruleId, rung, matter } of mark.items) {
    const rule = parts.policy.rules.get(ruleId)
    if (!rule) continue
    const row = planned.find((each) => each.rule === ruleId && each.rung === rung && each.number === matter) ?? null
    let subject = row ? (subjects.get(row.subjectId) ?? null) : null
    if (!row) {
      const key = `${subjectKindOf(rule.on)} ${matter}`
      if (!byNumber.has(key)) byNumber.set(key, await subjectBy(parts, rule.on, matter))
      subject = byNumber.get(key) ?? null
    }
    if (subject) found.push({ rule, step: rung, subject, planned: row })
  }
  return found
}

const subjectKindOf = (on: WatchKind | undefined): WatchRecord['subjectKind'] =>
  on === 'visit' || on === 'task' ? on : 'case'

async function subjectBy(parts: ReminderParts, on: WatchKind, number: string): Promise<Subject | null> {
  const plan = on === 'visit' ? await parts.visits.planByNumber(number) : null
  const task = on === 'task' ? await parts.tasks.taskByNumber(number) : null
  const matter = on === 'visit' || on === 'task' ? null : await parts.cases.caseByNumber(number)
  const described = await describeSubjects(parts, matter ? [matter] : [], plan ? [plan] : [], task ? [task] : [])
  return [...described.values()][0] ?? null
}

const TABLES = { case: 'Case', visit: 'VisitPlan', task: 'Task' } as const

/** What was decided from is guarded, each row once: settled between the look and the mark means another look. */
export function guardsOf(items: readonly Item[]): readonly Change[] {
  const byRow = new Map<string, Change>()
  for (const { subject } of items) {
    const { id, revision } = rowOf(subject)
    byRow.set(id, expectRevision(TABLES[subject.kind], id, revision))
  }
  return [...byRow.values()]
}
