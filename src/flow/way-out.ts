/**
 * Nobody is stuck: message after message that leaves the same thing open is counted, whatever kind it is. The third is answered
 * with ways out, the fourth takes one: what need not be answered is left, for the rest a person is called.
 * Not here: what an author wants after so many tries (`max_attempts`, `on_failure`: trouble.ts).
 */
import { leaveAsIs, skip } from './accept.ts'
import { OFFER_PERSON, type Choice, type Effect } from './effects.ts'
import { isRequired, mayEnd } from './enough.ts'
import type { Input } from './input.ts'
import { textIn } from './input-text.ts'
import { pathOf, type Place } from './place.ts'
import { choicesOf } from './question.ts'
import { record } from './record.ts'
import type { Run } from './run.ts'
import { walkPast } from './walk.ts'
import type { GlobalWord } from './words.ts'

const OFFERED_AT = 3
const TAKEN_AT = 4

/** What was open before a message came. */
export interface Opened {
  readonly place: Place | null
  readonly phase: Run['phase']
  readonly attempts: number
  readonly offered: number
}

export const openedIn = (run: Run): Opened => ({
  place: run.cursor,
  phase: run.phase,
  attempts: run.attempts,
  offered: run.more.offered?.length ?? 0,
})

/** To be called once the message was dealt with. */
export function lookForWayOut(run: Run, before: Opened, input: Input): void {
  if (!isStillOpen(run, before)) return forget(run)
  const path = run.cursor === null ? '' : pathOf(run.program, run.cursor)
  const isTry = run.attempts > before.attempts
  const strayed = countOf(run, path) + (isTry ? 0 : 1)
  if (!isTry) run.more = { ...run.more, strayed: { at: path, n: strayed } }
  const tries = run.attempts + strayed
  if (tries % TAKEN_AT === 0) return takeWayOut(run, textIn(input)?.trim() ?? '', isTry)
  const limit = Math.min(OFFERED_AT, mostTries(run))
  if (tries >= limit) offerWaysOut(run)
}

function forget(run: Run): void {
  if (run.more.strayed === undefined) return
  const { strayed: _strayed, ...rest } = run.more
  run.more = rest
}

const countOf = (run: Run, path: string): number => (run.more.strayed?.at === path ? run.more.strayed.n : 0)

function mostTries(run: Run): number {
  const row = run.cursor === null ? null : run.row(run.cursor.row)
  return row?.kind === 'ask' ? row.maxAttempts : OFFERED_AT
}

function isStillOpen(run: Run, before: Opened): boolean {
  if (run.phase !== before.phase || (run.phase !== 'asking' && run.phase !== 'review')) return false
  if (!isSame(run.cursor, before.place)) return false
  if (run.log.some(({ kind }) => kind !== 'superseded')) return false
  if (run.effects.some(({ kind }) => kind !== 'say')) return false
  // A shorter list to choose from is nearer to the answer.
  const offered = run.more.offered?.length ?? 0
  return !(offered > 0 && offered < before.offered)
}

const isSame = (one: Place | null, other: Place | null): boolean =>
  one === other || (one?.row === other?.row && one?.position.join() === other?.position.join())

/** @param raw what was typed, "" for what was not */
function takeWayOut(run: Run, raw: string, isTry: boolean): void {
  const place = run.cursor
  const row = place === null ? null : run.row(place.row)
  if (place !== null && isTry) {
    if (row?.kind === 'repeat') {
      startOver(run)
      record(run, place, 'answered', { raw, value: 'no' })
      return walkPast(run, place)
    }
    if (row?.kind === 'ask' && !isRequired(run, row, place.position)) {
      startOver(run)
      const { k } = run.cell(row, place.position)
      return k === 'n' || k === 's' ? skip(run, place, raw) : leaveAsIs(run, place)
    }
  }
  // Whoever answers the word puts the question again.
  const kept = run.effects.filter((effect) => !isQuestion(effect))
  run.effects.length = 0
  run.effects.push(...kept, OFFER_PERSON)
}

/** What was said about the answer is of no use any more. */
function startOver(run: Run): void {
  run.effects.length = 0
  run.say('flow:skipped')
}

const isQuestion = (effect: Effect): boolean =>
  effect.kind === 'say' && (effect.question !== undefined || effect.progress !== undefined)

const choice = (id: string): Choice => ({ id, label: { key: `flow:${id}_choice` } })

/** Skipped where it may be; help, a person, a kept draft. */
function waysFrom(run: Run): readonly GlobalWord[] {
  const place = run.cursor
  const row = place === null ? null : run.row(place.row)
  const mayLeave = row?.kind === 'ask' && place !== null && !isRequired(run, row, place.position)
  return mayLeave ? ['skip', 'help', 'human', 'stop'] : ['help', 'human', 'stop']
}

/** The way out that a number stands for: they are shown behind the choices of a list. */
export function wayNumbered(run: Run, text: string): GlobalWord | null {
  const place = run.cursor
  const row = place === null ? null : run.row(place.row)
  if (place === null || row?.kind !== 'ask' || !/^\s*\d{1,2}\s*$/.test(text)) return null
  const own = run.more.confirming ? 2 : (choicesOf(run, row, place.position)?.length ?? 0)
  const tries = run.attempts + countOf(run, pathOf(run.program, place))
  if (own === 0 || tries < Math.min(OFFERED_AT, row.maxAttempts)) return null
  const submits = !isRequired(run, row, place.position) && mayEnd(run) ? 1 : 0
  return waysFrom(run)[Number(text) - own - submits - 1] ?? null
}

/** What else the person can do, behind the choices of what is open. */
function offerWaysOut(run: Run): void {
  const at = run.effects.findLastIndex(isQuestion)
  const put = run.effects[at]
  if (put?.kind !== 'say') return
  const own = put.choices ?? []
  const words = waysFrom(run)
  const ways = words.filter((id) => !own.some((one) => one.id === id))
  const numbered = own.length === 0 ? { numbered: false } : {}
  run.effects[at] = { ...put, ...numbered, choices: [...own, ...ways.map(choice)] }
  run.effects.splice(at, 0, {
    kind: 'say',
    text: { key: words.includes('skip') ? 'flow:stuck' : 'flow:stuck_required' },
  })
}
