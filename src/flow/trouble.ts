/** An answer that can't be taken: why, what is expected, and after some tries what the author wants then. */
import { OFFER_PERSON, type TextRef } from './effects.ts'
import { skip } from './accept.ts'
import { PICKERS, type Understanding } from './answers/understanding.ts'
import { REASONS } from './answers/reasons.ts'
import { forgetOpen } from './keep.ts'
import { leave } from './leave.ts'
import { hasShortList, offerList } from './offer.ts'
import type { Place } from './place.ts'
import type { AskRow } from './program.ts'
import { putQuestion } from './question.ts'
import type { Run } from './run.ts'
import { sentence } from './spoken.ts'

type NotAllowed = Extract<Understanding, { result: 'not_allowed' }>

/** What they say when nothing was found names an example already. */

/** Words for an answer that was not understood. */
export function notUnderstood(run: Run, row: AskRow, place: Place): void {
  const isListed = row.type === 'territory' && hasShortList(row)
  const type = isListed ? 'listed' : row.list?.yesNo && row.type === 'select_one' ? 'yes_no' : row.type
  // What was offered has not helped: the whole question again, with its short list of the registry.
  if (row.type !== 'course' && row.type !== 'posting') {
    forgetOpen(run)
    offerList(run, row)
  }
  run.say(`flow:not_understood.${type}`)
  if (row.sentences.example && !PICKERS.has(row.type))
    run.say('flow:example', { example: sentence(run, row.sentences.example, place.position) })
  fail(run, row, place)
}

export function notAllowed(run: Run, row: AskRow, place: Place, { why, params }: NotAllowed): void {
  const own = row.sentences.constraint
  const isOwn = why === REASONS.constraint && own !== null
  const text: TextRef = isOwn
    ? sentence(run, own, place.position, params)
    : params
      ? { key: keyOf(why), params }
      : { key: keyOf(why) }
  run.effects.push({ kind: 'say', text })
  fail(run, row, place)
}

/** `answers.why.phone` → `answers:why.phone`. */
const keyOf = (why: string): string => (why.includes(':') ? why : why.replace('.', ':'))

/** “Don't know” or nothing where an answer is needed. */
export function needed(run: Run, row: AskRow, place: Place, key: 'flow:cannot_skip' | 'flow:required'): void {
  const own = row.sentences.required
  run.effects.push({ kind: 'say', text: own ? sentence(run, own, place.position) : { key } })
  fail(run, row, place)
}

/** Counts the try and asks again; at the limit does what the question says. Ways out: way-out.ts. */
export function fail(run: Run, row: AskRow, place: Place): void {
  run.attempts++
  if (run.attempts < row.maxAttempts) return putQuestion(run)
  if (row.onFailure === 'skip') {
    run.say('flow:skipped')
    return skip(run, place, '')
  }
  if (row.onFailure === 'end') {
    leave(run, 'ended')
    run.say('flow:ended')
    run.effects.push({ kind: 'end', reason: 'failed' })
    return
  }
  if (row.onFailure === 'human' && run.attempts === row.maxAttempts) run.effects.push(OFFER_PERSON)
  else putQuestion(run)
}
