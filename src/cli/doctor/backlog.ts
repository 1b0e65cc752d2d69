import { instant, MINUTE } from '../../base/time.ts'
import { fine, problem, warning, type Finding, type Stored } from './finding.ts'

/** A message that is due for longer waits because something is stuck. */
const LATE = 5 * MINUTE

/** What should have left. */
export async function checkBacklog({ reads, now }: Stored): Promise<Finding[]> {
  const { rows } = reads
  const late = { dueAt: { lte: instant(now - LATE) } }
  const [count, dead, waiting, first] = await Promise.all([
    rows.count('Outbox', late),
    rows.count('Outbox', { state: 'dead' }),
    rows.count('Outbox', { state: 'waiting', dueAt: { not: null } }),
    rows.first('Outbox', { columns: ['dueAt'], where: late, order: ['dueAt'] }),
  ])
  const minutes = first?.dueAt ? Math.floor((now - first.dueAt) / MINUTE) : 0
  const findings = [
    ...(count > 0 ? [warning('backlog.warning', 'backlog.todo', { count, minutes })] : []),
    ...(dead > 0 ? [problem('backlog.bad', 'backlog.bad_todo', { count: dead })] : []),
  ]
  return [
    ...(findings.length > 0 ? findings : [fine('backlog.ok')]),
    ...(waiting > 0 ? [fine('backlog.waiting', { count: waiting })] : []),
  ]
}
