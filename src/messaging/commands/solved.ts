/** 解决了 / 没解决: the answer to what was asked after the end, by a tap or in words, asked or not. It counts at once; the rest is asked after it. */
import { dateAt } from '../../base/time.ts'
import type { CaseRecord } from '../../domain/cases/ports.ts'
import { normalise, unspaced } from '../../flow/answers/normalise.ts'
import { confirmDone, goOnWith, type GoOnParts } from '../cases/go-on.ts'
import { markOf, saysOf } from '../cases/matter-notices.ts'
import { isOver, solvedMatters, type SolvedReads } from '../cases/solved-matter.ts'
import { shownOf, statusSentence } from '../cases/status-sentence.ts'
import type { CommandContext, CommandHandler, HandlerResult } from '../handlers.ts'
import { isOwnByNumber } from '../submit/own-matter.ts'
import type { Text } from '../../text/text.ts'

const FEEDBACK_FLOW = 'feedback'
/** `没解决 26112200012`, `26112200012 没解决` */
const WITH_NUMBER = /^(\d{11,16})?(\D+?)[,:.]?(\d{11,16})?$/

type Answer = 'yes' | 'no'

export interface SolvedParts extends GoOnParts {
  readonly reads: SolvedReads['reads']
  readonly text: Text
}

export function solvedCommand(parts: SolvedParts): CommandHandler {
  const words = wordsOf(parts.text)
  return async (context) => {
    const { choice, group, speaker } = context
    if (group) return null
    const tapped = choice === null ? null : /^solved:(\d{9,16}):(yes|no)$/.exec(choice)
    if (choice !== null && !tapped) return null
    const typed = tapped ? null : WITH_NUMBER.exec(unspaced(normalise(context.text)))
    const answer = tapped ? (tapped[2] as Answer) : words.get(typed?.[2] ?? '')
    if (!answer) return null
    const number = tapped?.[1] ?? typed?.[1] ?? typed?.[3]
    if (number === undefined) return withoutNumber(parts, typed?.[2] ?? '', answer, context)
    const matter = await parts.casework.cases.caseByNumber(number)
    if (!matter || !isOwnByNumber(matter, speaker))
      return speaker.staff && !tapped ? null : saysOf({ key: 'cases:status.not_yours' }, null)
    if (!tapped && !isOver(matter))
      return matter.closedAt === null
        ? nothingOver([matter], answer)
        : saysOf(await statusSentence(parts.casework, matter, dateAt(context.at, context.zone)), matter)
    return take(parts, matter, answer, context)
  }
}

/** It means the one matter that is over; where there are several it is asked which. */
async function withoutNumber(parts: SolvedParts, word: string, answer: Answer, context: CommandContext) {
  const { speaker, at } = context
  // What staff type is about others' matters.
  if (speaker.staff) return null
  const { over, open } = await solvedMatters(parts, speaker, at)
  const [only] = over
  if (!only) return nothingOver(open, answer)
  return over.length > 1 ? which(over, word) : take(parts, only, answer, context)
}

async function take(parts: SolvedParts, matter: CaseRecord, answer: Answer, context: CommandContext) {
  const start = (given: Readonly<Record<string, string>>) => ({
    flow: FEEDBACK_FLOW,
    answers: { case_no: matter.number, solved: answer, ...given },
  })
  if (answer === 'no') {
    const gone = await goOnWith(parts, matter, context, null)
    return {
      changes: gone.changes,
      notices: gone.notices,
      say: [{ text: gone.text }],
      matter: markOf(gone.matter),
      start: start({ reopened: 'yes' }),
    }
  }
  const confirmed = await confirmDone(parts, matter, context)
  return {
    changes: confirmed?.changes ?? [],
    notices: confirmed?.notices ?? [],
    say: [],
    matter: markOf(confirmed?.matter ?? matter),
    start: start({}),
  }
}

/** Nothing of one's own is over: what is open is named, with what can be done about it. */
function nothingOver(open: readonly CaseRecord[], answer: Answer): HandlerResult {
  const [only] = open
  if (!only) return saysOf({ key: 'told:solved.nothing' }, null)
  if (open.length > 1) return saysOf({ key: 'told:solved.all_open' }, null)
  return saysOf({ key: `told:solved.open_${answer}`, params: shownOf(only) }, only)
}

const which = (matters: readonly CaseRecord[], word: string): HandlerResult => ({
  changes: [],
  notices: [],
  matter: null,
  say: [
    { text: { key: 'told:solved.which', params: { word, number: matters[0]?.number ?? '' } } },
    ...matters.map((matter, place) => ({
      text: { key: 'cases:status.line', params: { n: place + 1, ...shownOf(matter) } },
    })),
  ],
})

/** Every language's words, whatever the speaker's is. */
function wordsOf(text: Text): ReadonlyMap<string, Answer> {
  const words = new Map<string, Answer>()
  for (const language of text.languages) {
    for (const answer of ['yes', 'no'] as const) {
      const forms = text.object(language, `told:solved.${answer}_also`)
      if (Array.isArray(forms)) for (const form of forms) words.set(unspaced(normalise(String(form))), answer)
    }
  }
  return words
}
