/**
 * What somebody wants who writes in their own words, before any flow is open. Pure and total.
 * Not here: what is done about it (messaging/), answers to a question (flow/answers/).
 */
import { normalise, unspaced } from '../answers/normalise.ts'
import { choose, NOT_BY_A_RULE, REPORTS, STATUS } from './choose.ts'
import type { Lexicon, Span } from './lexicon.ts'
import { CLAUSE_END } from './pattern.ts'

export interface Telling {
  /** Flows that it may be about, best first; one = clear. */
  readonly flows: readonly string[]
  /** Kind of danger to life that is told of, null when none. */
  readonly danger: string | null
  /** Kind of small talk, when it is nothing else. */
  readonly talk: string | null
  readonly advert: boolean
  readonly insult: boolean
  /** It asks about a rule, and tells of no trouble. */
  readonly policy: boolean
  /** The clauses that count, normalised: without what was said to be well, or taken back. */
  readonly clear: string
}

/** Longer tellings are looked through that far: what is the matter is said at the start. In UTF-16 units. */
const LONGEST = 600

/** Words that say little count only in a message as short as that, in which nothing is denied. */
const SHORT = 8

/** Where a danger leads when nothing else was told. */
const DANGER_FLOW: Readonly<Record<string, string>> = { collapse: 'housing_report' }
const ANY_DANGER_FLOW = 'hardship_report'

const IDEOGRAPHS = /[\u2E80-\u9FFF]/

export function readTelling(words: Lexicon, said: string): Telling {
  const text = clean(words, said)
  const clauses = clausesOf(text)
  const talk = talkOf(words, clauses)
  const advert = words.advert.said(text)
  const insult = clauses.some((clause) => words.insult.said(clause))
  const counted = countedClauses(words, clauses)
  const danger = dangerIn(words, counted)
  const clear = counted.join(',')
  const rest = { danger, talk, advert, insult, clear }
  if ((talk !== null || advert) && danger === null) return { ...rest, flows: [], policy: false }
  const heard = new Set<string>()
  let policy = false
  for (const clause of counted) {
    const asksRule = words.policy.said(clause)
    policy ||= asksRule
    const flows = flowsIn(words, clause)
    const startsNone = asksRule ? NOT_BY_A_RULE : flows.includes(STATUS) ? REPORTS : []
    for (const flow of flows) if (!startsNone.includes(flow)) heard.add(flow)
  }
  if (danger !== null)
    heard.add(DANGER_FLOW[danger] ?? (heard.size === 0 ? ANY_DANGER_FLOW : ([...heard][0] as string)))
  if (heard.size === 0 && !policy && clear.length <= SHORT)
    for (const clause of counted)
      if (!words.denying.test(clause))
        for (const [flow, finder] of words.maybe) if (finder.said(clause)) heard.add(flow)
  return { ...rest, flows: choose(heard), policy: policy && heard.size === 0 }
}

/** Only whether there is danger: asked of everything that is said in the middle of a flow. */
export function readDanger(words: Lexicon, said: string): string | null {
  if (said.length < 2) return null
  const text = clean(words, said)
  return words.alarming.test(text) ? dangerIn(words, text.split(CLAUSE_END)) : null
}

/** Only whether it is small talk. */
export const readTalk = (words: Lexicon, said: string): string | null => talkOf(words, clausesOf(clean(words, said)))

const clausesOf = (text: string): readonly string[] =>
  text
    .split(CLAUSE_END)
    .map((clause) => clause.trim())
    .filter((clause) => clause !== '')

function clean(words: Lexicon, said: string): string {
  const even = normalise(said.slice(0, LONGEST)).replace(/[’‘]/g, "'")
  const tight = IDEOGRAPHS.test(even) ? unspaced(even) : even
  return tight.replace(words.neutral, (form) => [...form][0] as string)
}

/** Every clause is small talk: its kind, greetings last. */
function talkOf(words: Lexicon, clauses: readonly string[]): string | null {
  let kind: string | null = null
  for (const clause of clauses) {
    const found = kindOfTalk(words, clause)
    if (found === null) return null
    if (kind === null || kind === 'hello') kind = found
  }
  return kind
}

function kindOfTalk({ talk }: Lexicon, clause: string): string | null {
  for (const [kind, form] of talk) if (form.test(clause)) return kind
  return null
}

/** Without what was said to be well, and without what was taken back. */
function countedClauses(words: Lexicon, clauses: readonly string[]): readonly string[] {
  const counted: string[] = []
  for (const clause of clauses) {
    if (words.over.said(clause)) counted.length = 0
    else if (words.fine.said(clause)) {
      // 修好了 alone is about what was said just before; 房子修好了 says itself what it is about.
      if (flowsIn(words, clause).length === 0) counted.pop()
    } else counted.push(clause)
  }
  return counted
}

interface Heard extends Span {
  readonly flow: string
}

/** Flows that a clause speaks of. Where one is said inside a longer phrase of another, the longer one is meant: 水管漏水. */
function flowsIn(words: Lexicon, clause: string): readonly string[] {
  const heard: Heard[] = []
  for (const [flow, finder] of words.flows) for (const span of finder.spans(clause)) heard.push({ flow, ...span })
  const isInside = (inner: Heard, outer: Heard) =>
    inner.flow !== outer.flow &&
    inner.from >= outer.from &&
    inner.to <= outer.to &&
    inner.to - inner.from < outer.to - outer.from
  const whole = heard.filter((inner) => !heard.some((outer) => isInside(inner, outer)))
  return [...new Set(whole.map(({ flow }) => flow))]
}

function dangerIn(words: Lexicon, clauses: readonly string[]): string | null {
  for (const clause of clauses) {
    if (clause.length < 2 || words.past.test(clause)) continue
    const literal = clause.replace(words.harmless, '')
    for (const [kind, finder] of words.danger) if (finder.said(literal)) return kind
  }
  return null
}
