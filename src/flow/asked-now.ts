/** The open question as the understanding sees it now. */
import { AnswersEnvironment } from './answers-environment.ts'
import type { Asked } from './answers/understanding.ts'
import { isRequired } from './enough.ts'
import { lookupKey } from './lookups.ts'
import type { Place } from './place.ts'
import type { AskRow } from './program.ts'
import { shownRows, spoken } from './question.ts'
import type { Run } from './run.ts'
import { unitIn } from './unit.ts'

export const saidIn = (run: Run) => ({ at: run.turn.at, zone: run.turn.zone, language: run.language })

export const isPicker = (row: AskRow): boolean =>
  row.type === 'territory' ||
  row.type === 'household' ||
  row.type === 'staff' ||
  row.type === 'course' ||
  row.type === 'posting' ||
  row.type === 'matter'

/** The question as it stands now, for the understanding. */
export function askedNow(run: Run, row: AskRow, place: Place, text: string): Asked {
  let asked = row.asked.get(run.language) as Asked
  if (row.list && (row.filter || row.randomized)) {
    const names = shownRows(run, row, place.position).map(({ name }) => name)
    const options = asked.choices ?? []
    asked = { ...asked, choices: names.flatMap((name) => options.filter((option) => option.name === name)) }
  }
  if (row.type === 'acknowledge')
    asked = {
      ...asked,
      choices: spoken(run, row.refusal === 'none' ? run.program.own.seen : run.program.own.consent).options,
    }
  const unit = unitIn(run, row, text)
  if (unit !== null) asked = { ...asked, unit }
  if (isPicker(row)) {
    const found = run.turn.found.get(lookupKey(row.type as 'territory', row.level, text)) ?? []
    asked = { ...asked, found }
  }
  if (typeof row.required !== 'boolean' && isRequired(run, row, place.position)) asked = { ...asked, required: true }
  const { constraint } = row
  if (!constraint) return asked
  const allows = (stored: string) => constraint.boolean(new AnswersEnvironment(run, place.position, stored))
  return { ...asked, allows }
}
