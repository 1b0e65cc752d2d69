/** A visit in one line, as busy people type it. Pure: says what was meant, looks nothing up. */
import type { PlainDate } from '../../base/time.ts'
import { readDate } from '../../flow/answers/date.ts'
import { normalise } from '../../flow/answers/normalise.ts'
import type { LineWord, LineWords } from './line-words.ts'

export interface VisitLine {
  /** From the first word; null for a line that begins with numbers of the list. */
  readonly verb: 'in_person' | 'phone' | null
  readonly mode: 'in_person' | 'phone' | null
  readonly met: 'self' | 'family' | 'none' | null
  readonly changes: readonly string[]
  readonly gaps: readonly string[]
  readonly measures: string | null
  readonly day: SaidDay | null
  readonly next: SaidDay | null
  /** Places in the list of what is to do. */
  readonly numbers: readonly number[]
  readonly names: readonly string[]
  /** Behind the words that are known: what else was said, or a name more. */
  readonly others: readonly string[]
}

/** A day, several that may be meant (likeliest first), or one that does not exist. */
export type SaidDay = { readonly days: readonly PlainDate[] } | 'impossible'

const LONGEST = 300
/** A day may stand before the first word: 昨天走访…, 12月1日走访…. */
const LONGEST_DAY = 14
const BREAK = /[\s,，、;；。:：]+/u
const PLACE_IN_LIST = /^\d{1,2}$/
/** @returns null for what is no such line */
export function readLine(said: string, words: LineWords, today: PlainDate): VisitLine | null {
  if (said.length > LONGEST) return null
  const text = normalise(said)
  const begun = beginning(text, words, today)
  const numbered = begun === null && /^\d{1,2}(?=[\s,、，])/.test(text)
  if (!begun && !numbered) return null
  const line = pieces(begun ? begun.rest : text, words, today)
  if (!begun && (line.numbers.length === 0 || ((line.mode ?? line.met) === null && line.changes.length === 0)))
    return null
  return { ...line, verb: begun?.mode ?? null, day: line.day ?? begun?.day ?? null }
}

function beginning(text: string, words: LineWords, today: PlainDate) {
  for (const { form, mode } of words.verbs) {
    const at = text.indexOf(form)
    if (at < 0 || at > LONGEST_DAY) continue
    const before = withoutFillers(text.slice(0, at), words)
    const day = before === '' ? null : dayIn(before, today)
    if (before !== '' && day === null) continue
    const rest = text.slice(at + form.length)
    if (/[a-z]$/.test(form) && /^[a-z]/.test(rest)) continue
    return { mode, day, rest: withoutFillers(rest, words) }
  }
  return null
}

/** What says nothing at either end: who speaks, and that it is done. */
function withoutFillers(said: string, { fillers }: LineWords): string {
  let text = said.trim()
  for (let round = 0; round < 3; round += 1) {
    const first = fillers.find((form) => text.startsWith(form))
    if (first !== undefined) text = text.slice(first.length).trim()
    const last = fillers.find((form) => text.endsWith(form))
    if (last !== undefined) text = text.slice(0, -last.length).trim()
  }
  return text
}

type Collected = { -readonly [Field in keyof Omit<VisitLine, 'verb'>]: VisitLine[Field] }

function pieces(rest: string, words: LineWords, today: PlainDate): Collected {
  const line: Collected = {
    mode: null, met: null, changes: [], gaps: [], measures: null, day: null, next: null, numbers: [], names: [], others: [],
  } // prettier-ignore
  let known = false
  let awaitsNext = false
  const unknown = (piece: string) => {
    if (piece === '') return
    if (known) line.others = [...line.others, piece]
    else line.names = joined(line.names, piece)
  }
  for (const token of together(rest.split(BREAK), words)) {
    if (token === '') continue
    const next = words.next.find((form) => token.startsWith(form))
    const bare = next === undefined ? token : token.slice(next.length)
    if (next !== undefined && bare === '') {
      awaitsNext = true
      continue
    }
    if (PLACE_IN_LIST.test(bare) && !known && next === undefined) {
      line.numbers = [...line.numbers, Number(bare)]
      continue
    }
    const word = words.words.get(bare)
    if (word) {
      take(line, word)
      known = true
      continue
    }
    const day = looksLikeDay(bare, words) ? dayIn(bare, today) : null
    if (day !== null) {
      if (next !== undefined || awaitsNext) line.next = day
      else line.day = day
      awaitsNext = false
      continue
    }
    const { core, found } = stripped(bare, words)
    unknown(core)
    for (const one of found) take(line, one)
    known ||= found.length > 0
  }
  return line
}

const looksLikeDay = (piece: string, { dayMarks }: LineWords): boolean =>
  /\d/.test(piece) || dayMarks.some((mark) => piece.includes(mark))

/** English words of one meaning stand apart: “no change”. */
function together(tokens: readonly string[], { words }: LineWords): readonly string[] {
  const made: string[] = []
  for (let at = 0; at < tokens.length; at += 1) {
    const longest = [4, 3, 2].find((length) => words.has(tokens.slice(at, at + length).join(' ')))
    made.push(longest ? tokens.slice(at, at + longest).join(' ') : (tokens[at] ?? ''))
    if (longest) at += longest - 1
  }
  return made
}

/** 张国强上门无变化: known words at its end, the last first. A single character is no such word. */
function stripped(piece: string, { words }: LineWords): { core: string; found: readonly LineWord[] } {
  const found: LineWord[] = []
  let core = piece
  for (;;) {
    const form = [...Array(Math.max(0, core.length - 1)).keys()]
      .map((from) => core.slice(from))
      .find((end) => end.length >= 2 && !/^[a-z]/.test(end) && words.has(end))
    if (form === undefined || form.length === core.length) break
    found.unshift(words.get(form) as LineWord)
    core = core.slice(0, -form.length)
  }
  return { core, found }
}

function take(line: Collected, word: LineWord): void {
  switch (word.kind) {
    case 'mode':
      line.mode = word.value
      return
    case 'met':
      line.met = word.value
      return
    case 'change':
      if (!line.changes.includes(word.value)) line.changes = [...line.changes, word.value]
      return
    case 'gap':
      if (!line.gaps.includes(word.value)) line.gaps = [...line.gaps, word.value]
      return
    case 'measures':
      line.measures = word.value
  }
}

/** A name in letters is written in two or three words. */
function joined(names: readonly string[], piece: string): readonly string[] {
  const last = names.at(-1)
  const isLatin = (text: string) => /^[a-z' ]+$/.test(text)
  return last !== undefined && isLatin(last) && isLatin(piece)
    ? [...names.slice(0, -1), `${last} ${piece}`]
    : [...names, piece]
}

export function dayIn(text: string, today: PlainDate): SaidDay | null {
  const read = readDate(normalise(text), today)
  if (!read) return null
  return read.reading.kind === 'impossible' ? 'impossible' : { days: read.reading.options.map(({ date }) => date) }
}
