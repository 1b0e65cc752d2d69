import { MAX_OFFERED } from './limits.ts'
import { lookupKey } from './lookups.ts'
import type { AskRow } from './program.ts'
import type { Run } from './run.ts'

/** Said where the registry has nothing to choose from; the others are then asked openly. */
const NOTHING: Readonly<Partial<Record<AskRow['type'], string>>> = {
  course: 'flow:no_courses',
  posting: 'flow:nothing_found',
}

/** A short list that the registry has for a question (courses that are open) is offered to choose from. */
export function offerList(run: Run, row: AskRow): void {
  if (!hasShortList(row)) return
  const found = run.turn.found.get(lookupKey(row.type, row.level, ''))
  if (found === undefined) return
  const nothing = NOTHING[row.type]
  if (found.length === 0) return nothing === undefined ? undefined : run.say(nothing)
  const offered = found.slice(0, MAX_OFFERED).map(({ value, label }) => ({ value, label }))
  const [only] = offered
  const isMeant = only !== undefined && offered.length === 1 && nothing === undefined
  run.more = isMeant ? { ...run.more, confirming: only } : { ...run.more, offered }
}

type Listed = AskRow & { readonly type: 'course' | 'posting' | 'matter' | 'staff' | 'territory' }

/** Questions whose answer is one of a few rows of the registry; there are too many villages and households for that. */
export function hasShortList(row: Pick<AskRow, 'type' | 'level'>): row is Listed {
  if (row.type === 'territory') return row.level !== null && !ADMINISTRATIVE.has(row.level)
  return row.type === 'course' || row.type === 'posting' || row.type === 'matter' || row.type === 'staff'
}

const ADMINISTRATIVE: ReadonlySet<string> = new Set(['province', 'prefecture', 'county', 'township', 'village'])
