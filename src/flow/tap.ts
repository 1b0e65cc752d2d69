/** A tap: a choice of the open question, one of the engine's own, or one of a question that is over. */
import { accept, leaveAsIs } from './accept.ts'
import { AnswersEnvironment } from './answers-environment.ts'
import { REASONS } from './answers/reasons.ts'
import { editPath, obey, putOpen } from './command.ts'
import { takeInstance } from './instance.ts'
import type { Place } from './place.ts'
import type { AskRow } from './program.ts'
import { putQuestion, shownRows } from './question.ts'
import { refuse } from './refuse.ts'
import type { Run } from './run.ts'
import { isBegun } from './begun.ts'
import { notAllowed } from './trouble.ts'
import { pickedBefore, takePicked, tickedWithRest, unfold } from './first-choices.ts'
import { shown } from './spoken.ts'
import { GLOBAL_WORDS, type GlobalWord } from './words.ts'

export function tap(run: Run, id: string): void {
  if (run.phase === 'asking' && run.cursor !== null && tapOpen(run, run.cursor, id)) return
  if (id.startsWith('edit:')) return editPath(run, id.slice('edit:'.length))
  if ((GLOBAL_WORDS as readonly string[]).includes(id)) return obey(run, { word: id as GlobalWord }, id)
  run.say('flow:stale')
  putOpen(run)
}

/** @returns whether it was a choice of the open question */
function tapOpen(run: Run, place: Place, id: string): boolean {
  const row = run.row(place.row)
  const isYesNo = id === 'yes' || id === 'no'
  if (row.kind === 'repeat') {
    if (isYesNo) takeInstance(run, place, id === 'yes', id)
    return isYesNo
  }
  if (row.kind !== 'ask') return false
  const { confirming, offered } = run.more
  if (confirming) {
    if (isYesNo) confirmTap(run, row, place, id === 'yes', confirming)
    return isYesNo
  }
  if ((run.more.gathering === 1 || isBegun(run, row)) && id === 'skip') {
    leaveAsIs(run, place)
    return true
  }
  const chosen = offered?.find(({ value }) => value === id)
  if (chosen) {
    accept(run, row, place, { raw: id, value: chosen.value, label: chosen.label })
    return true
  }
  if (row.type === 'acknowledge' && (id === 'OK' || (id === 'no' && row.refusal !== 'none'))) {
    if (id === 'OK') accept(run, row, place, { raw: id, value: id })
    else refuse(run, row, place, id)
    return true
  }
  const ticked = tickedWithRest(run, row, id)
  if (ticked !== null) {
    unfold(run, row, ticked)
    const picked = pickedBefore(run, row)
    if (picked !== '') run.say('flow:picked', { value: shown(run, row, place.position, picked) })
    putQuestion(run)
    return true
  }
  return row.list !== null && tapList(run, row, place, id)
}

function confirmTap(run: Run, row: AskRow, place: Place, yes: boolean, fact: { value: string; label: string }): void {
  if (yes) return accept(run, row, place, { raw: 'yes', value: fact.value, label: fact.label })
  const { confirming: _confirming, ...rest } = run.more
  run.more = rest
  putQuestion(run)
}

function tapList(run: Run, row: AskRow, place: Place, id: string): boolean {
  const rows = shownRows(run, row, place.position)
  const chosen = new Set(id.split(' ').filter((name) => name !== ''))
  const known = rows.filter(({ name }) => chosen.has(name)).map(({ name }) => name)
  if (chosen.size === 0 || known.length !== chosen.size) return false
  if (row.type === 'select_one' && chosen.size > 1) return false
  if (row.type === 'rank' && chosen.size !== rows.length) return false
  const value = row.type === 'rank' ? [...chosen].join(' ') : known.join(' ')
  if (row.constraint && !row.constraint.boolean(new AnswersEnvironment(run, place.position, value)))
    notAllowed(run, row, place, { result: 'not_allowed', why: REASONS.constraint })
  else accept(run, row, place, { raw: id, value: takePicked(run, row, value) })
  return true
}
