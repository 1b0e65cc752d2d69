/** Words that work anywhere, as far as a running flow answers them; the others are for the conversation. */
import { leaveAsIs, skip } from './accept.ts'
import { mayEnd } from './enough.ts'
import { forgetOpen, keep } from './keep.ts'
import { leave } from './leave.ts'
import { answerShown, linesOf, sayLines, type Line } from './lines.ts'
import { isRequired } from './enough.ts'
import { offerList } from './offer.ts'
import type { Place } from './place.ts'
import { putQuestion } from './question.ts'
import { record } from './record.ts'
import { openReview, putReview } from './review.ts'
import type { Run } from './run.ts'
import { linesSaidBack } from './said-back.ts'
import { submit } from './submit.ts'
import { answersOf, everyPlace } from './survey.ts'
import { needed } from './trouble.ts'
import { walkAll, walkPast } from './walk.ts'
import type { GlobalWord } from './words.ts'

const SECONDS_A_DAY = 86_400

/** @param raw what was typed or tapped */
export function obey(run: Run, said: { word: GlobalWord; argument?: string }, raw: string): void {
  switch (said.word) {
    case 'back':
      return goBack(run)
    case 'skip':
      return skipOpen(run, raw)
    case 'stop':
      return stop(run)
    case 'edit':
      return editNumber(run, said.argument)
    case 'show':
      return showAnswers(run)
    case 'restart':
      return restart(run)
    case 'resume':
      return putOpen(run)
    case 'help':
      return help(run)
    case 'submit':
      return submitEarly(run)
    default:
      run.effects.push(
        said.argument === undefined
          ? { kind: 'word', word: said.word }
          : { kind: 'word', word: said.word, argument: said.argument },
      )
  }
}

/** Says again what is open. */
export const putOpen = (run: Run): void => (run.phase === 'review' ? putReview(run) : putQuestion(run))

function goBack(run: Run): void {
  let previous: Place | null = null
  for (const { place, row } of answersOf(run)) {
    if (run.cursor !== null && place.row === run.cursor.row && place.position.join() === run.cursor.position.join())
      break
    if (row.kind !== 'ask') continue
    const { k } = run.cell(row, place.position)
    if (k === 'a' || k === 's') previous = place
    else if (k === 'n') break
  }
  if (previous === null) {
    run.say('flow:nothing_to_go_back')
    return putOpen(run)
  }
  run.say('flow:back')
  openForEdit(run, previous)
}

function openForEdit(run: Run, place: Place): void {
  forgetOpen(run)
  if (run.cursor !== null && place.row > run.cursor.row) run.more = { ...run.more, jumped: 1 }
  run.phase = 'asking'
  run.cursor = place
  run.attempts = 0
  const row = run.row(place.row)
  if (row.kind === 'ask') offerList(run, row)
  putQuestion(run)
}

function skipOpen(run: Run, raw: string): void {
  const place = run.cursor
  if (place === null) return putOpen(run)
  const row = run.row(place.row)
  if (row.kind === 'repeat') {
    record(run, place, 'answered', { raw, value: 'no' })
    return walkPast(run, place)
  }
  if (row.kind !== 'ask') return
  const { k } = run.cell(row, place.position)
  if (run.more.gathering === 1 || k === 'a' || k === 'k' || k === 'v') return leaveAsIs(run, place)
  if (isRequired(run, row, place.position)) return needed(run, row, place, 'flow:cannot_skip')
  skip(run, place, raw)
}

function stop(run: Run): void {
  const isKept = run.program.draft && run.done > 0
  leave(run, isKept ? 'draft' : 'ended')
  const days = Math.round(run.flow.expiresSeconds / SECONDS_A_DAY)
  if (!isKept) run.say('flow:stopped_dropped')
  else if (days >= 1) run.say('flow:stopped', { days })
  else run.say('flow:stopped_kept')
  run.effects.push({ kind: 'end', reason: 'stopped' })
}

function editNumber(run: Run, argument: string | undefined): void {
  const all = linesOf(run)
  if (all.length === 0) return showAnswers(run)
  const back = argument === undefined ? linesSaidBack(run) : []
  const [last] = back
  if (last && back.length === 1) return edit(run, last)
  const lines = back.length > 0 ? back : all
  if (argument === undefined) {
    sayLines(run, lines, 'flow:show.line')
    return run.say('flow:edit_which')
  }
  const line = lines[Number(argument) - 1]
  if (line) return edit(run, line)
  run.say('flow:nothing_to_edit', { n: Number(argument) })
  putOpen(run)
}

/** What was just said back is not right. @returns whether there was anything */
export function editSaidBack(run: Run): boolean {
  if (linesSaidBack(run).length === 0) return false
  editNumber(run, undefined)
  return true
}

/** @param path of the question, as `edit:<path>` names it */
export function editPath(run: Run, path: string): void {
  const line = linesOf(run).find((candidate) => candidate.path === path)
  if (line) return edit(run, line)
  run.say('flow:stale')
  putOpen(run)
}

function edit(run: Run, line: Line): void {
  run.say('flow:editing', { value: answerShown(run, line, true) })
  openForEdit(run, line.place)
}

function showAnswers(run: Run): void {
  if (run.phase === 'review') return putReview(run)
  const lines = linesOf(run)
  if (lines.length === 0) run.say('flow:nothing_to_show')
  else {
    run.say('flow:show.title')
    sayLines(run, lines, 'flow:show.line')
  }
  putQuestion(run)
}

function restart(run: Run): void {
  for (const place of [...everyPlace(run)].reverse()) {
    keep(run, place, null)
    record(run, place, 'superseded')
  }
  const { seed, zone, moments, alerted } = run.more
  run.more = { seed, zone, ...(moments && { moments }), ...(alerted && { alerted }) }
  run.say('flow:restarted')
  walkAll(run)
}

function help(run: Run): void {
  run.say('flow:help.title')
  run.say('flow:help.words')
  putOpen(run)
}

function submitEarly(run: Run): void {
  if (run.phase === 'review') return submit(run)
  const place = run.cursor
  if (place === null) return openReview(run)
  const row = run.row(place.row)
  const isOpenRequired =
    row.kind === 'ask' && run.cell(row, place.position).k === 'n' && isRequired(run, row, place.position)
  if (isOpenRequired || !mayEnd(run)) {
    run.say('flow:not_enough')
    return putQuestion(run)
  }
  forgetOpen(run)
  run.more = { ...run.more, hasty: 1 }
  walkPast(run, place)
}
