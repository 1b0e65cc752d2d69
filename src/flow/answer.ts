/** What was said at the open question: understood, asked back, or answered with help. */
import { accept, gather, leaveAsIs, skip, type Accepted } from './accept.ts'
import { storedOf, type Asked, type Understanding } from './answers/understanding.ts'
import { normalise } from './answers/normalise.ts'
import { isNone } from './answers/silence.ts'
import { understand } from './answers/understand.ts'
import { isObjection } from './answers/objection.ts'
import { askedNow, isPicker, saidIn } from './asked-now.ts'
import { carry } from './carry.ts'
import { editSaidBack, obey } from './command.ts'
import { forgetOpen } from './keep.ts'
import { isRequired } from './enough.ts'
import { MAX_OFFERED } from './limits.ts'
import type { Offered } from './more.ts'
import type { Place } from './place.ts'
import type { AskRow, List } from './program.ts'
import { choicesOf, putQuestion, spoken } from './question.ts'
import { refuse } from './refuse.ts'
import { asksForRest, besidesRest, pickedBefore, takePicked, unfold } from './first-choices.ts'
import { shown } from './spoken.ts'
import type { Run } from './run.ts'
import { isBegun } from './begun.ts'
import { fail, needed, notAllowed, notUnderstood } from './trouble.ts'

/** @param raw as it goes into the log @param media a recording that the text was heard in */
export function answerText(
  run: Run,
  row: AskRow,
  place: Place,
  text: string,
  raw: string,
  media: readonly string[],
): void {
  if (asksForMore(run, row, text)) return sayFull(run, row)
  if (asksForRest(run, row, text)) return showRest(run, row, place, text)
  const picked = pickedBefore(run, row)
  if (picked !== '' && isSaid(run, run.program.own.gathered, text))
    return settle(run, row, place, { raw, value: takePicked(run, row, picked), media })
  const mayAdd = run.more.gathering === 1 || isBegun(run, row)
  if (mayAdd && isSaid(run, run.program.own.gathered, text)) return leaveAsIs(run, place)
  if (isBegun(run, row) && isNone(normalise(text))) return leaveAsIs(run, place)
  if (run.more.confirming) return confirm(run, row, place, text, raw, media)
  if (run.more.offered && isSaid(run, run.program.own.neither, text)) return askOpenly(run)
  const fitting = run.more.offered ? pickOffered(run, run.more.offered, text) : []
  const [offered] = fitting
  if (offered && fitting.length > 1) return offer(run, fitting)
  if (offered) return settle(run, row, place, { raw, value: offered.value, label: offered.label, media })
  answerOpenly(run, row, place, text, raw, media)
}

function answerOpenly(run: Run, row: AskRow, place: Place, text: string, raw: string, media: readonly string[]): void {
  if (isSubmitNumber(run, row, place, text)) return obey(run, { word: 'submit' }, raw)
  if (carry(run, row, place, text, media)) return
  const understanding = understand(askedNow(run, row, place, text), text, saidIn(run), run.program.forms)
  if (objects(run, row, text, understanding)) return
  take(run, row, place, understanding, raw, media)
}

/** “That's wrong” behind what was said back opens that answer. */
function objects(run: Run, row: AskRow, text: string, meant: Understanding): boolean {
  if (run.more.saidBack === undefined || meant.result === 'global') return false
  if (row.list && meant.result === 'understood' && meant.literal) return false
  const isYesNo = row.type === 'acknowledge' || row.list?.yesNo === true
  return isObjection(text, isYesNo) && editSaidBack(run)
}

/** The whole list, with what was named beside “more” kept and said back. */
function showRest(run: Run, row: AskRow, place: Place, text: string): void {
  const named = besidesRest(row, text)
  const meant =
    named === '' ? null : understand(askedNow(run, row, place, named), named, saidIn(run), run.program.forms)
  unfold(run, row, meant?.result === 'understood' ? storedOf(meant.value) : '')
  const picked = pickedBefore(run, row)
  if (picked !== '') run.say('flow:picked', { value: shown(run, row, place.position, picked) })
  putQuestion(run)
}

function take(
  run: Run,
  row: AskRow,
  place: Place,
  understanding: Understanding,
  raw: string,
  media: readonly string[],
): void {
  switch (understanding.result) {
    case 'understood': {
      const said = storedOf(understanding.value)
      const value = takePicked(run, row, said)
      if (row.type === 'acknowledge' && value === 'no') return refuse(run, row, place, raw)
      const echo = understanding.literal && value === said ? null : understanding.echo
      const approximate = understanding.approximate === true
      const answer = { raw, value, echo, approximate, media }
      return settle(run, row, place, isPicker(row) ? { ...answer, label: understanding.echo } : answer)
    }
    case 'ambiguous': {
      const candidates = understanding.candidates.map(({ value, echo }) => ({ value: storedOf(value), label: echo }))
      return offer(run, candidates.slice(0, MAX_OFFERED))
    }
    case 'not_allowed':
      return notAllowed(run, row, place, understanding)
    case 'unanswered':
      return isRequired(run, row, place.position) ? needed(run, row, place, 'flow:required') : skip(run, place, raw)
    case 'global':
      return obey(run, understanding, raw)
    case 'not_understood':
      // Who has been asked to speak may also write.
      if (row.type === 'audio') return settle(run, row, place, { raw, value: raw, media })
      return notUnderstood(run, row, place)
  }
}

/** Takes a value; a question that takes several messages stays open. */
export function settle(run: Run, row: AskRow, place: Place, answer: Accepted): void {
  if (isBegun(run, row)) return accept(run, row, place, added(run, row, place, answer))
  if (!row.gathers || row.type !== 'text') return accept(run, row, place, answer)
  const before = run.more.gathering === 1 ? run.cell(row, place.position).v : ''
  const value = before === '' ? answer.value : `${before}\n${answer.value}`
  gather(run, row, place, { ...answer, value })
  run.effects.push({
    kind: 'say',
    text: { key: 'flow:gathered' },
    choices: spoken(run, run.program.own.gathered).choices,
    numbered: false,
  })
}

/** What was told before stays in front; a recording belongs to it as a file. */
function added(run: Run, row: AskRow, place: Place, answer: Accepted): Accepted {
  const before = run.cell(row, place.position).v
  return { ...answer, value: answer.value.startsWith('voice:') ? before : `${before}\n${answer.value}` }
}

/** Several may be meant: to choose from. One may be meant: to say yes or no to. */
function offer(run: Run, candidates: readonly Offered[]): void {
  const [only] = candidates
  if (only && candidates.length === 1) run.more = { ...run.more, confirming: only }
  else {
    run.more = { ...run.more, offered: candidates }
    run.say('flow:ambiguous')
  }
  putQuestion(run)
}

/** None of what was offered is meant. */
function askOpenly(run: Run): void {
  forgetOpen(run)
  putQuestion(run)
}

/** The choice that a text means, null when it is none of the list. */
export function pick(run: Run, list: List, text: string): string | null {
  const { options } = spoken(run, list)
  const asked: Asked = { type: 'select_one', choices: options, ...(list.yesNo && { yesNo: true }) }
  const understanding = understand(asked, text, saidIn(run), run.program.forms)
  return understanding.result === 'understood' ? storedOf(understanding.value) : null
}

/** Those of the offered that a text may mean; none where it says nothing about them, or as little as before. */
function pickOffered(run: Run, offered: readonly Offered[], text: string): readonly Offered[] {
  const choices = offered.map(({ label }, at) => ({ name: `offered-${at}`, label }))
  const understanding = understand({ type: 'select_one', choices }, text, saidIn(run), run.program.forms)
  const of = (name: string) => offered[Number(name.slice('offered-'.length))] as Offered
  if (understanding.result === 'understood') return [of(storedOf(understanding.value))]
  if (understanding.result !== 'ambiguous' || understanding.candidates.length === offered.length) return []
  return understanding.candidates.map(({ value }) => of(storedOf(value)))
}

/** A fact that is only believed: yes takes it, no asks openly, anything else may be the answer itself. */
function confirm(run: Run, row: AskRow, place: Place, text: string, raw: string, media: readonly string[]): void {
  const said = pick(run, run.program.own.yesNo, text)
  const { confirming, ...rest } = run.more
  if (said === 'yes' && confirming)
    return accept(run, row, place, { raw, value: confirming.value, label: confirming.label })
  if (said === 'no') {
    run.more = rest
    return putQuestion(run)
  }
  const meant = understand(askedNow(run, row, place, text), text, saidIn(run), run.program.forms)
  if (meant.result === 'global') return obey(run, meant, raw)
  if (meant.result !== 'understood' && meant.result !== 'ambiguous') {
    run.say('flow:not_understood.yes_no')
    return fail(run, row, place)
  }
  run.more = rest
  take(run, row, place, meant, raw, media)
}

const TAKES_A_FILE: ReadonlySet<string> = new Set(['image', 'video', 'file'])

/** The number behind the last choice, where “submit” stands. */
function isSubmitNumber(run: Run, row: AskRow, place: Place, text: string): boolean {
  if (run.more.enough !== 1 || isRequired(run, row, place.position)) return false
  // A file is no number: 1 answers “submit now, or a few more?”, which was said just before.
  if (TAKES_A_FILE.has(row.type)) return normalise(text) === '1'
  if (!row.list) return false
  return text.trim() === String((choicesOf(run, row, place.position)?.length ?? 0) + 1)
}

const asksForMore = (run: Run, row: AskRow, text: string): boolean =>
  row.sentences.full !== null && isSaid(run, run.program.own.full, text)

/** The one choice of a list is named; it has no number. */
function isSaid(run: Run, list: List, text: string): boolean {
  if (text.length > LONGEST_LABEL) return false
  const said = normalise(text)
  return spoken(run, list).options.some(({ label, also = [] }) =>
    [label, ...also].some((form) => normalise(form) === said),
  )
}

const LONGEST_LABEL = 40

function sayFull(run: Run, row: AskRow): void {
  if (row.sentences.full) run.effects.push({ kind: 'say', text: { key: row.sentences.full.key } })
  putQuestion(run)
}
