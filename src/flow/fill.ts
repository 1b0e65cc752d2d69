import type { Place } from './place.ts'
import type { AskRow } from './program.ts'
import { record } from './record.ts'
import type { Run } from './run.ts'

/** What the registry knows of the row that was picked goes into the hidden questions that wait for it. */
export function fillFrom(run: Run, picker: AskRow, place: Place, picked: string): void {
  const hidden = run.program.fills.get(picker.at)
  if (!hidden) return
  const about = aboutOf(run, picked)
  for (const { at, name } of hidden)
    record(run, { row: at, position: place.position }, 'answered', { raw: '', value: about[name] ?? '' })
}

function aboutOf(run: Run, picked: string): Readonly<Record<string, string>> {
  for (const candidates of run.turn.found.values()) {
    const about = candidates.find(({ value }) => value === picked)?.about
    if (about) return about
  }
  return {}
}
