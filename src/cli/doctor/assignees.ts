import { RESPONSIBLE_ROLES } from '../../domain/registry/responsible.ts'
import { fine, warning, type Finding, type Stored } from './finding.ts'

export async function checkAssignees({ reads, today }: Stored): Promise<Finding[]> {
  const { rows } = reads
  const [villages, roles, staff] = await Promise.all([
    rows.find('Territory', { columns: ['id'], where: { level: 'village' } }),
    rows.find('StaffRole', { columns: ['staffId', 'territoryId'], where: { role: { in: RESPONSIBLE_ROLES } } }),
    rows.find('Staff', { columns: ['id', 'leftOn'] }),
  ])
  if (villages.length === 0) return [warning('assignees.empty', 'assignees.empty_todo')]
  const present = new Set(staff.filter(({ leftOn }) => leftOn === null || leftOn > today).map(({ id }) => id))
  const covered = new Set(roles.filter(({ staffId }) => present.has(staffId)).map(({ territoryId }) => territoryId))
  const count = villages.filter(({ id }) => !covered.has(id)).length
  return [count === 0 ? fine('assignees.ok') : warning('assignees.warning', 'assignees.todo', { count })]
}
