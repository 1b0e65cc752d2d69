import type { Flow } from './flow.ts'
import type { Input } from './input.ts'
import { textIn } from './input-text.ts'
import { MAX_TEXT } from './limits.ts'
import { PICKERS } from './answers/understanding.ts'
import { lookupKey, type Lookup } from './lookups.ts'
import type { More } from './more.ts'
import { placeOf } from './place.ts'
import type { AskRow, Program } from './program.ts'
import type { FlowState } from './state.ts'

/**
 * What the registry has to be asked before `step` takes this input: what was typed at a picker, the rows that it may be
 * choosing from where hidden questions want to know more of them, and the short lists (courses that are open).
 */
export function lookups(flow: Flow, state: FlowState, input: Input): Lookup[] {
  const program = flow.program as Program
  const found = comingLists(program)
  const { cursor, phase } = state.parked
  const place = phase === 'asking' && cursor !== null ? placeOf(program, cursor) : null
  const row = place === null ? undefined : program.rows[place.row]
  if (row?.kind !== 'ask' || !isPicker(row)) return found
  const text = textIn(input)?.trim()
  if (text !== undefined && text !== '' && text.length <= MAX_TEXT) found.unshift(lookupOf(row, text))
  if (program.fills.has(row.at)) for (const value of offeredIn(state)) found.push(lookupOf(row, value))
  return found
}

/** The same before `begin`, `reopen` and `ask`. */
export const openingLookups = (flow: Flow): Lookup[] => comingLists(flow.program as Program)

type Picker = AskRow & { readonly type: Lookup['type'] }

function isPicker(row: AskRow): row is Picker {
  return PICKERS.has(row.type)
}

function lookupOf(row: Picker, text: string): Lookup {
  return { key: lookupKey(row.type, row.level, text), type: row.type, level: row.level, text }
}

function offeredIn(state: FlowState): readonly string[] {
  const { offered = [], confirming } = state.parked.more as unknown as More
  return [...offered, ...(confirming ? [confirming] : [])].map(({ value }) => value)
}

/** Of questions that were answered too: they may be opened again in this very turn. */
function comingLists(program: Program): Lookup[] {
  if (program.shortLists.length === 0) return []
  const wanted = new Map<string, Lookup>()
  for (const row of program.shortLists) {
    if (!isPicker(row)) continue
    const lookup = lookupOf(row, '')
    wanted.set(lookup.key, lookup)
  }
  return [...wanted.values()]
}
