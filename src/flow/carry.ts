/**
 * A message that answers the next question too: 石二妹 13812345678 at the question for the name, 阳孟村，石二妹 at the one for the
 * village, 三口人，生病. Only where each part can be nothing but the answer to its question; all of it is said back.
 * Not here: amounts with their unit (unit.ts), what was told before the first question (told.ts).
 */
import { accept, type Accepted } from './accept.ts'
import { askedNow, saidIn } from './asked-now.ts'
import { withoutPhone } from './answers/person-name.ts'
import { mayHoldPhone } from './answers/phone.ts'
import { storedOf, type Asked, type Understanding } from './answers/understanding.ts'
import { understand } from './answers/understand.ts'
import { partsOf, placeIn } from './carried-parts.ts'
import { isClearFor } from './clear-part.ts'
import type { Effect } from './effects.ts'
import { pathOf, type Place } from './place.ts'
import type { AskRow } from './program.ts'
import { putQuestion } from './question.ts'
import { record } from './record.ts'
import { Run } from './run.ts'
import { sayAllBack, sayHowToMend } from './said-back.ts'

/** Nobody answers several questions in less, or means just them with more. */
const [SHORTEST, LONGEST] = [3, 80]

/** @returns false where the message answers the open question only, if that */
export function carry(run: Run, row: AskRow, place: Place, text: string, media: readonly string[]): boolean {
  if (text.length < SHORTEST || text.length > LONGEST) return false
  const asked = row.asked.get(run.language) as Asked
  if (row.type === 'phone' || asked.isName) {
    if (mayHoldPhone(text) && carryPhone(run, row, place, text, media)) return true
  }
  return carryParts(run, row, place, text, media)
}

const meaning = (run: Run, row: AskRow, place: Place, text: string): Understanding =>
  understand(askedNow(run, row, place, text), text, saidIn(run), run.program.forms)

/** Name and phone, in either order, at either question. */
function carryPhone(run: Run, row: AskRow, place: Place, text: string, media: readonly string[]): boolean {
  const isPhone = row.type === 'phone'
  const other = openRow(run, place, (one) =>
    isPhone ? one.asked.get(run.language)?.isName === true : one.type === 'phone',
  )
  if (other === null) return false
  const [phoneRow, nameRow] = isPhone ? [row, other.row] : [other.row, row]
  const [phonePlace, namePlace] = isPhone ? [place, other.place] : [other.place, place]
  const phone = meaning(run, phoneRow, phonePlace, text)
  if (phone.result !== 'understood') return false
  const rest = withoutPhone(text)
  const isClear = rest !== '' && isClearFor(run, nameRow, namePlace, rest)
  const name = isClear ? meaning(run, nameRow, namePlace, rest) : null
  if (name?.result === 'understood') {
    const [mine, its] = isPhone ? [phone, name] : [name, phone]
    fill(run, other, taken(its, text, []))
    return acceptAll(
      run,
      [{ row, place, answer: taken(mine, text, media) }],
      [{ ...other, answer: taken(its, text, []) }],
    )
  }
  if (isPhone || rest !== '') return false
  // Nothing but the number where the name is asked for: it is kept, the name is asked again.
  fill(run, other, taken(phone, text, media))
  const at = sayAllBack(run, [{ ...other, answer: taken(phone, text, media) }])
  putQuestion(run)
  sayHowToMend(run, at)
  return true
}

interface Spot {
  readonly row: AskRow
  readonly place: Place
}

/** A question around the open one that waits for its answer; nobody has been asked about it as a known fact. */
function openRow(run: Run, at: Place, fits: (row: AskRow) => boolean): Spot | null {
  const own = run.row(at.row)
  for (const row of run.program.rows) {
    if (row.kind !== 'ask' || row.at === at.row || !fits(row)) continue
    if (Math.abs(row.at - at.row) > NEAR || row.scope.join() !== own.scope.join()) continue
    if (!run.inPlay(row, at.position) || (row.fact !== null && run.turn.known.has(row.fact))) continue
    const { k } = run.cell(row, at.position)
    if (k === 'n' || k === 's') return { row, place: { row: row.at, position: at.position } }
  }
  return null
}

/** The next question, or the one before. */
const NEAR = 1

function fill(run: Run, { place }: Spot, { raw, value }: Accepted): void {
  record(run, place, 'answered', { raw, value })
}

type Understood = Extract<Understanding, { result: 'understood' }>

const taken = ({ value, echo, approximate }: Understood, raw: string, media: readonly string[]): Accepted => ({
  raw,
  value: storedOf(value),
  echo,
  media,
  ...(approximate && { approximate }),
})

/** 阳孟村，石二妹; 三口人，生病: the first part answers the open question, the rest those that follow. */
function carryParts(run: Run, row: AskRow, place: Place, text: string, media: readonly string[]): boolean {
  const picked = row.type === 'territory' ? placeIn(askedNow(run, row, place, text).found ?? [], text) : null
  if (picked === null && !CARRIES.has(row.type)) return false
  const parts = partsOf(text)
  if (picked === null && parts.length < 2) return false
  const whole = meaning(run, row, place, text)
  if (whole.result === 'global' || (whole.result === 'understood' && whole.literal)) return false
  const first = picked?.found ?? null
  const meant = first === null ? meaning(run, row, place, parts[0] as string) : null
  if (first === null && (meant?.result !== 'understood' || !agrees(whole, meant))) return false
  const rest = picked?.rest ?? parts.slice(1)
  if (rest.length === 0 || (picked === null && rest.some((part) => answers(meaning(run, row, place, part)))))
    return false
  const answer: Accepted =
    first === null
      ? taken(meant as Understood, text, media)
      : { raw: text, value: first.value, label: first.label, echo: first.label, media }
  if (!followsAll(run, row, place, answer, rest, text)) return false
  return acceptAll(run, [{ row, place, answer }], [], rest)
}

/** The whole is not understood as something else than its first part. */
function agrees(whole: Understanding, first: Understood): boolean {
  if (whole.result === 'not_understood') return true
  return whole.result === 'understood' && storedOf(whole.value) === storedOf(first.value)
}

const answers = ({ result }: Understanding): boolean =>
  result === 'understood' || result === 'ambiguous' || result === 'unanswered' || result === 'global'

const CARRIES: ReadonlySet<string> = new Set(['integer', 'decimal', 'select_one', 'date', 'phone'])

/** Tried on a copy: every part finds its question. */
function followsAll(
  run: Run,
  row: AskRow,
  place: Place,
  answer: Accepted,
  rest: readonly string[],
  text: string,
): boolean {
  const trial = new Run(run.flow, run.state(), run.turn)
  accept(trial, row, place, answer)
  for (const part of rest) {
    const next = nextAnswer(trial, part, text)
    if (next === null) return false
    accept(trial, next.row, next.place, next.answer)
  }
  return true
}

function nextAnswer(run: Run, part: string, text: string): (Spot & { answer: Accepted }) | null {
  const place = run.phase === 'asking' ? run.cursor : null
  const row = place === null ? null : run.row(place.row)
  if (place === null || row?.kind !== 'ask' || run.more.confirming || run.more.offered) return null
  if (!isClearFor(run, row, place, part)) return null
  const meant = meaning(run, row, place, part)
  return meant.result === 'understood' ? { row, place, answer: taken(meant, text, []) } : null
}

/** Accepts one after another; the questions in between are not put, and all answers are said back together. */
function acceptAll(
  run: Run,
  [first]: readonly [Spot & { answer: Accepted }],
  others: readonly (Spot & { answer: Accepted })[],
  rest: readonly string[] = [],
): boolean {
  const from = run.effects.length
  const done = [first, ...others]
  accept(run, first.row, first.place, { ...first.answer, echo: null })
  for (const part of rest) {
    const next = nextAnswer(run, part, first.answer.raw)
    if (next === null) break
    dropQuestion(run)
    accept(run, next.row, next.place, { ...next.answer, echo: null })
    done.push(next)
  }
  const after = run.effects.splice(from)
  const at = sayAllBack(run, done)
  run.effects.push(...after)
  sayHowToMend(run, at)
  return true
}

function dropQuestion(run: Run): void {
  const path = run.cursor === null ? null : pathOf(run.program, run.cursor)
  const kept = run.effects.filter((effect: Effect) => !(effect.kind === 'say' && effect.question === path))
  run.effects.length = 0
  run.effects.push(...kept)
}
