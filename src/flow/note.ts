import type { GroupRow, NoteRow, SilentRow } from './program.ts'
import { pathOf, type Place } from './place.ts'
import type { Run } from './run.ts'
import { sentence } from './spoken.ts'

/** Says a note, the heading of a group or a calculation that is meant to be seen, once in a conversation. */
export function sayNote(run: Run, row: GroupRow | NoteRow | SilentRow, place: Place): void {
  if (!row.label) return
  const path = pathOf(run.program, place)
  if (run.more.notes?.includes(path)) return
  run.spend()
  run.more = { ...run.more, notes: [...(run.more.notes ?? []), path] }
  run.effects.push({ kind: 'say', text: sentence(run, row.label, place.position) })
}
