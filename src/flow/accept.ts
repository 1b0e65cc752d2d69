/** An answer that was understood takes effect. */
import { AnswersEnvironment } from './answers-environment.ts'
import { closeBegun } from './begun.ts'
import { fillFrom } from './fill.ts'
import { unitIn, unitRow } from './unit.ts'
import { forgetOpen, keep } from './keep.ts'
import { pathOf, type Place } from './place.ts'
import type { AskRow } from './program.ts'
import { putQuestion } from './question.ts'
import { record } from './record.ts'
import type { Run } from './run.ts'
import { sayBack, sayHowToMend } from './said-back.ts'
import { sentence } from './spoken.ts'
import { takeTold } from './told.ts'
import { walkOn } from './walk.ts'

export interface Accepted {
  readonly raw: string
  /** As stored. */
  readonly value: string
  readonly approximate?: boolean
  /** It was not said just so: what was understood is said back. */
  readonly echo?: string | null
  readonly label?: string
  readonly media?: readonly string[]
}

/** Stores the answer to the open question and goes on. */
export function accept(run: Run, row: AskRow, place: Place, answer: Accepted): void {
  store(run, row, place, answer)
  const echoes = answer.echo !== undefined && answer.echo !== null && row.type !== 'acknowledge'
  const echoAt = echoes ? sayBack(run, row, place, answer) : 0
  forgetOpen(run)
  closeBegun(run, row)
  raiseAlert(run, row, place)
  if (run.more.told !== undefined) takeTold(run, row.at)
  walkOn(run, place)
  if (echoes) sayHowToMend(run, echoAt)
}

/** Stores part of an answer; the question stays open for more. */
export function gather(run: Run, row: AskRow, place: Place, answer: Accepted): void {
  store(run, row, place, answer)
  run.attempts = 0
  run.more = { ...run.more, gathering: 1 }
}

function store(run: Run, row: AskRow, place: Place, { raw, value, approximate, label, media }: Accepted): void {
  const { k } = run.cell(row, place.position)
  if (k === 'a' || k === 's' || k === 'k') record(run, place, 'superseded')
  const files = media !== undefined && media.length > 0 ? media : null
  const isKept = label !== undefined || files !== null
  keep(run, place, isKept ? { ...(label !== undefined && { label }), ...(files && { media: files }) } : null)
  record(run, place, 'answered', { raw, value, approximate: approximate === true })
  fillFrom(run, row, place, value)
  keepUnit(run, row, place, label ?? raw)
}

/** The unit said with an amount answers the question that asks for it. */
function keepUnit(run: Run, row: AskRow, place: Place, said: string): void {
  const asks = unitRow(run, row)
  const unit = unitIn(run, row, said)
  if (asks && unit !== null)
    record(run, { row: asks.at, position: place.position }, 'answered', { raw: '', value: unit })
}

function raiseAlert(run: Run, row: AskRow, place: Place): void {
  const { alert } = row
  if (!alert) return
  const path = pathOf(run.program, place)
  if (run.more.alerted?.includes(path)) return
  const environment = new AnswersEnvironment(run, place.position, run.cell(row, place.position).v)
  if (!alert.when.boolean(environment)) return
  run.more = { ...run.more, alerted: [...(run.more.alerted ?? []), path] }
  run.effects.push({ kind: 'alert', level: alert.level, question: row.path })
  if (alert.say && row.sentences.alert)
    run.effects.push({ kind: 'say', text: sentence(run, row.sentences.alert, place.position) })
}

/** Leaves the open question unanswered and goes on. */
export function skip(run: Run, place: Place, raw: string): void {
  const row = run.row(place.row)
  if (row.kind === 'ask' && run.cell(row, place.position).k === 'a') record(run, place, 'superseded')
  keep(run, place, null)
  record(run, place, 'skipped', { raw, value: '' })
  forgetOpen(run)
  if (row.kind === 'ask') closeBegun(run, row)
  if (run.more.told !== undefined) takeTold(run, row.at)
  walkOn(run, place)
}

/** Goes on with the answer that is there. */
export function leaveAsIs(run: Run, place: Place): void {
  forgetOpen(run)
  const row = run.row(place.row)
  if (row.kind === 'ask') closeBegun(run, row)
  walkOn(run, place)
}

/** Says the open question again. */
export const askAgain = (run: Run): void => putQuestion(run)
