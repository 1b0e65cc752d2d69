import type { StaffSpeaker } from './handlers.ts'

/** Whether a place lies within what a staff member answers for. */
export const covers = (staff: StaffSpeaker, path: string): boolean => staff.scopes.some((scope) => holds(scope, path))

/**
 * Whether somebody may know of a matter that only a level and those above it may know of.
 * @param seenFrom `township` or `county`; null = everybody: whether it is in scope at all is asked of `covers`
 * @param path of the matter's place
 */
export const maySee = (staff: StaffSpeaker, seenFrom: string | null, path: string): boolean =>
  seenFrom === null || staff.scopes.some((scope) => holds(scope, path) && reaches(levelOf(scope), seenFrom))

type Scope = StaffSpeaker['scopes'][number]

const LEVELS: readonly string[] = ['village', 'township', 'county']

/** Whether a level is that one or above it. A name that is no level is above all: nobody sees it by mistake. */
export const reaches = (level: string, seenFrom: string | null): boolean =>
  seenFrom === null || (LEVELS.includes(seenFrom) && LEVELS.indexOf(level) >= LEVELS.indexOf(seenFrom))

/** Who works in a village works at the level of the village, wherever the role is entered. */
const VILLAGE_ROLES: ReadonlySet<string> = new Set([
  'grid_worker',
  'ten_household_head',
  'village_staff',
  'resident_team',
  'first_secretary',
  'responsible_helper',
  'site_manager',
  'proxy',
  'water_keeper',
])

/** Level of one role of somebody, by how far down the place is: county/township/village. */
export function levelOf({ role, path }: Pick<Scope, 'role' | 'path'>): string {
  if (VILLAGE_ROLES.has(role)) return 'village'
  const depth = path.split('/').length
  if (depth > 2) return 'village'
  return depth === 2 || role === 'township_reviewer' ? 'township' : 'county'
}

const holds = ({ path: own }: Scope, path: string): boolean => path === own || path.startsWith(`${own}/`)
