import { fine, warning, type Finding, type Stored } from './finding.ts'

const WORKING: ReadonlySet<string> = new Set(['village', 'township', 'county'])

/** Groups that hear of open matters: those of staff, for a place. */
export async function checkGroups({ reads }: Stored): Promise<Finding[]> {
  const groups = await reads.rows.find('GroupChat', { columns: ['purposes'], where: { audience: 'staff' } })
  const count = groups.filter(({ purposes }) => purposes.split(' ').some((purpose) => WORKING.has(purpose))).length
  return [count > 0 ? fine('groups.ok', { count }) : warning('groups.warning', 'groups.todo')]
}
