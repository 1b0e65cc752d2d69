import { CHECKS } from './checks.ts'
import { CONTROL } from './control.ts'
import { DATES } from './dates.ts'
import type { Definition } from './definition.ts'
import { DIGESTS } from './digests.ts'
import { GEOGRAPHY } from './geography.ts'
import { LOOKUPS } from './lookups.ts'
import { NUMBERS } from './numbers.ts'
import { RANDOM } from './random.ts'
import { REPEATS } from './repeats.ts'
import { SELECTS } from './selects.ts'
import { STRINGS } from './strings.ts'

/** Every function of the language by its name. */
export const FUNCTIONS: ReadonlyMap<string, Definition> = new Map(
  [CHECKS, CONTROL, DATES, DIGESTS, GEOGRAPHY, LOOKUPS, NUMBERS, RANDOM, REPEATS, SELECTS, STRINGS].flatMap((group) =>
    Object.entries(group),
  ),
)

/** Functions of other XForms clients that bangfu deliberately leaves out. */
export const UNSUPPORTED: ReadonlySet<string> = new Set([
  'area',
  'geofence',
  'intersects',
  'extract-signed',
  'base64-decode',
])
