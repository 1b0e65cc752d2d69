import type { Flow } from './flow.ts'
import type { Input } from './input.ts'
import { textIn } from './input-text.ts'
import { MAX_TEXT } from './limits.ts'
import { lookupKey, type Lookup } from './lookups.ts'
import { placeOf } from './place.ts'
import type { AskRow, Program } from './program.ts'
import type { FlowState } from './state.ts'
import { cellAt, type Values } from './values.ts'

/**
 * What the registry has to be asked before `step` takes this input: what was typed at a picker, and the short lists
 * (courses that are open) of questions that are still to come.
 */
export function lookups(flow: Flow, state: FlowState, input: Input): Lookup[] {
  const program = flow.program as Program
  const found = comingLists(program, state)
  const { cursor, phase } = state.parked
  const place = phase === 'asking' && cursor !== null ? placeOf(program, cursor) : null
  const row = place === null ? undefined : program.rows[place.row]
  if (row?.kind !== 'ask' || !isPicker(row)) return found
  const text = textIn(input)?.trim()
  if (text !== undefined && text !== '' && text.length <= MAX_TEXT) found.unshift(lookupOf(row, text))
  return found
}

/** The same before `begin`, `reopen` and `ask`. */
export const openingLookups = (flow: Flow): Lookup[] => comingLists(flow.program as Program, null)

type Picker = AskRow & { readonly type: Lookup['type'] }

const PICKERS: ReadonlySet<string> = new Set(['territory', 'household', 'staff', 'course', 'posting'])

function isPicker(row: AskRow): row is Picker {
  return PICKERS.has(row.type)
}

function lookupOf(row: Picker, text: string): Lookup {
  return { key: lookupKey(row.type, row.level, text), type: row.type, level: row.level, text }
}

function comingLists(program: Program, state: FlowState | null): Lookup[] {
  if (program.shortLists.length === 0) return []
  const wanted = new Map<string, Lookup>()
  for (const row of program.shortLists) {
    const isOpen =
      row.scope.length > 0 || state === null || cellAt(program, (state.values as Values).top, row, []).k !== 'a'
    if (!isOpen || !isPicker(row)) continue
    const lookup = lookupOf(row, '')
    wanted.set(lookup.key, lookup)
  }
  return [...wanted.values()]
}
