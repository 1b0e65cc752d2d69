/**
 * Where people give up: for each question of a flow, what became of those who saw it. Counted over conversations that began
 * within some days, from what is stored anyway; nothing of what was said, and nobody's name, is looked at.
 *
 * A question counts once for each conversation (each instance, in a repeat) in which it was put: known facts and defaults are
 * not seen. `seen` = `answered` + `skipped` + `abandoned` + `open`: abandoned where the person went away (stopped, was silent
 * too long, refused a consent, chose something else), open where somebody may still answer.
 */
import type { FormQuestion } from './options.ts'
import type { FunnelConversation, FunnelLine, FunnelReads, InstantRange } from './ports.ts'

export interface Tally {
  seen: number
  answered: number
  skipped: number
  abandoned: number
  open: number
  /** Those among `seen` with at least one answer that was not accepted. */
  retried: number
  /** Answers that were not accepted. */
  retries: number
}

export interface FunnelRow extends Readonly<Tally> {
  /** Without instances; null for the last step: the review, where the flow has one, and handing in. */
  readonly path: string | null
  /** null for the last step, and for what the present version of the flow does not ask. */
  readonly question: FormQuestion | null
}

export interface Funnel {
  readonly begun: number
  readonly submitted: number
  readonly abandoned: number
  readonly open: number
  /** In the order of the flow; what only other versions asked stands behind it, then the last step. */
  readonly rows: readonly FunnelRow[]
}

/** Rows that nobody is asked. */
const SILENT: ReadonlySet<string> = new Set(['calculate', 'hidden', 'start', 'end', 'today', 'session'])

const LAST_STEP = ''

export async function funnelOf(
  reads: FunnelReads,
  form: { readonly id: string; readonly questions: readonly FormQuestion[] },
  startedAt: InstantRange,
  counted: (conversations: number) => void = () => undefined,
): Promise<Funnel> {
  const tallies = new Map<string, Tally>()
  const sum = { begun: 0, submitted: 0, abandoned: 0, open: 0 }
  for await (const page of reads.conversations({ flow: form.id, startedAt })) {
    const lines = new Map<string, FunnelLine[]>(page.map(({ id }) => [id, []]))
    for (const line of await reads.answerLines(page.map(({ id }) => id))) lines.get(line.conversationId)?.push(line)
    for (const conversation of page) {
      sum.begun++
      sum[endOf(conversation)]++
      tally(conversation, lines.get(conversation.id) ?? [], tallies)
    }
    counted(sum.begun)
  }
  return { ...sum, rows: rowsOf(form.questions, tallies) }
}

function endOf({ phase }: FunnelConversation): 'submitted' | 'open' | 'abandoned' {
  if (phase === 'submitted') return 'submitted'
  return phase === 'asking' || phase === 'review' ? 'open' : 'abandoned'
}

/** What happened at one question of one conversation. */
interface Meeting {
  answered: boolean
  skipped: boolean
  refused: number
}

function tally(conversation: FunnelConversation, lines: readonly FunnelLine[], tallies: Map<string, Tally>): void {
  const met = new Map<string, Meeting>()
  const meeting = (question: string): Meeting => {
    let one = met.get(question)
    if (!one) met.set(question, (one = { answered: false, skipped: false, refused: 0 }))
    return one
  }
  for (const { question, kind, said, attempt } of lines) {
    if (kind === 'superseded' || (kind === 'answered' && !said)) continue
    const one = meeting(question)
    one.refused += attempt - 1
    one.answered ||= kind === 'answered'
    one.skipped ||= kind === 'skipped'
  }
  const end = endOf(conversation)
  const at = end === 'submitted' ? null : conversation.at
  if (at !== null) meeting(at).refused += conversation.attempts
  if (end === 'submitted') meeting(LAST_STEP).answered = true
  for (const [question, { answered, refused }] of met) {
    const counts = countsFor(question.replace(/\[\d+\]/g, ''), tallies)
    counts.seen++
    counts.retries += refused
    if (refused > 0) counts.retried++
    if (question === at) counts[end === 'open' ? 'open' : 'abandoned']++
    else counts[answered ? 'answered' : 'skipped']++
  }
}

function countsFor(path: string, tallies: Map<string, Tally>): Tally {
  let counts = tallies.get(path)
  if (!counts) {
    counts = { seen: 0, answered: 0, skipped: 0, abandoned: 0, open: 0, retried: 0, retries: 0 }
    tallies.set(path, counts)
  }
  return counts
}

function rowsOf(questions: readonly FormQuestion[], tallies: Map<string, Tally>): FunnelRow[] {
  const asked = questions.filter(({ type }) => !SILENT.has(type))
  const known = new Set([...asked.map(({ path }) => path), LAST_STEP])
  const others = [...tallies.keys()].filter((path) => !known.has(path)).sort()
  return [
    ...asked.map((question) => ({ path: question.path, question, ...countsFor(question.path, tallies) })),
    ...others.map((path) => ({ path, question: null, ...countsFor(path, tallies) })),
    { path: null, question: null, ...countsFor(LAST_STEP, tallies) },
  ]
}
