import type { StaffSpeaker } from './handlers.ts'

/** Whether a place lies within what a staff member answers for. */
export const covers = (staff: StaffSpeaker, path: string): boolean =>
  staff.scopes.some((scope) => path === scope.path || path.startsWith(`${scope.path}/`))
