import { fine, problem, warning, type Finding, type Stored } from './finding.ts'

/** What came in and was not handled. */
export async function checkInbox({ reads }: Stored): Promise<Finding[]> {
  const [failed, dead] = await Promise.all([
    reads.rows.count('Inbox', { state: 'failed' }),
    reads.rows.count('Inbox', { state: 'dead' }),
  ])
  const findings = [
    ...(failed > 0 ? [warning('inbox.warning', 'inbox.todo', { count: failed })] : []),
    ...(dead > 0 ? [problem('inbox.bad', 'inbox.todo', { count: dead })] : []),
  ]
  return findings.length > 0 ? findings : [fine('inbox.ok')]
}
