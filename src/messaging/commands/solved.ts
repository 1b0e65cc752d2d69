/** 解决了 / 没解决: the answer to what was asked after the end, by a tap or in words. It counts at once; the rest is asked after it. */
import { instant, DAY } from '../../base/time.ts'
import type { CaseRecord } from '../../domain/cases/ports.ts'
import { normalise, unspaced } from '../../flow/answers/normalise.ts'
import { ASKED_SOLVED } from '../cases/ask-solved.ts'
import { confirmDone, goOnWith, type GoOnParts } from '../cases/go-on.ts'
import { markOf, saysOf } from '../cases/matter-notices.ts'
import type { CommandContext, CommandHandler, Speaker } from '../handlers.ts'
import type { HandlerReads } from '../ports.ts'
import { isOwn, isOwnByNumber } from '../submit/own-matter.ts'
import type { Text } from '../../text/text.ts'

const FEEDBACK_FLOW = 'feedback'
/** Typed without a number it means what was asked in these days. */
const ASKED_WITHIN = 30 * DAY
const MOST_LOOKED_AT = 10

type Answer = 'yes' | 'no'

export interface SolvedParts extends GoOnParts {
  readonly reads: Pick<HandlerReads, 'lastEvent' | 'lastFeedback'>
  readonly text: Text
}

export function solvedCommand(parts: SolvedParts): CommandHandler {
  const words = wordsOf(parts.text)
  return async (context) => {
    const { choice, group, speaker } = context
    if (group) return null
    const tapped = choice === null ? null : /^solved:(\d{9,16}):(yes|no)$/.exec(choice)
    if (choice !== null && !tapped) return null
    const answer = tapped ? (tapped[2] as Answer) : words.get(unspaced(normalise(context.text)))
    if (!answer) return null
    const matter = tapped
      ? await parts.casework.cases.caseByNumber(tapped[1] as string)
      : await askedLately(parts, speaker, context)
    if (!matter) return tapped ? saysOf({ key: 'cases:status.not_yours' }, null) : null
    if (!isOwnByNumber(matter, speaker)) return saysOf({ key: 'cases:status.not_yours' }, null)
    return take(parts, matter, answer, context)
  }
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

/** The newest of one's own that waits for that answer. */
async function askedLately({ casework, reads }: SolvedParts, speaker: Speaker, { at }: CommandContext) {
  if (speaker.staff) return null
  const all = await casework.cases.casesOfIdentity(speaker.identityId, false)
  for (const matter of all.filter((one) => isOwn(one, speaker)).slice(0, MOST_LOOKED_AT)) {
    if (matter.stage === 'done' && matter.closedAt === null) return matter
    const asked = await reads.lastEvent(matter.id, ASKED_SOLVED)
    if (asked === null || asked < instant(at - ASKED_WITHIN)) continue
    const answered = await reads.lastFeedback(matter.id)
    if (answered === null || answered < asked) return matter
  }
  return null
}

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
