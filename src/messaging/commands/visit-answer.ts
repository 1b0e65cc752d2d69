/** `26112200012 已走访`, `26112200012 不在家`, the buttons `visit:<number>:visited` and `visit:<number>:away` under a reminder. */
import { dateAt } from '../../base/time.ts'
import { normalise, unspaced } from '../../flow/answers/normalise.ts'
import type { TextRef } from '../../flow/effects.ts'
import type { Text } from '../../text/text.ts'
import type { Casework } from '../casework.ts'
import type { CommandContext, CommandHandler, HandlerResult, StaffSpeaker } from '../handlers.ts'
import { answerablePlan, type Answerable } from '../visits/answerable-plan.ts'
import { listOf } from '../visits/line-words.ts'
import { makeVisit } from '../visits/made-visit.ts'
import { linesOf } from '../visits/visit-words.ts'

type Answer = 'visited' | 'away'

export function visitAnswerCommand(casework: Casework, text: Text): CommandHandler {
  const words = new Map<string, Answer>([
    ...listOf(text, 'visits:commands.visited').map((form) => [unspaced(normalise(form)), 'visited'] as const),
    ...listOf(text, 'visits:commands.not_home').map((form) => [unspaced(normalise(form)), 'away'] as const),
  ])
  return async (context) => {
    const { staff } = context.speaker
    if (!staff) return null
    const said = read(context, words)
    if (!said) return null
    const about = await answerablePlan(casework, { identityId: context.speaker.identityId, staff }, said.number)
    return about && answered(casework, staff, said, about, context)
  }
}

const says = (text: TextRef): HandlerResult => ({ changes: [], say: [{ text }], notices: [], matter: null })

/** The number, or several of them one after another, and one of the words; the other way round as well. */
function read({ text, choice }: CommandContext, words: ReadonlyMap<string, Answer>) {
  if (choice !== null) {
    const tapped = /^visit:(\d+):(visited|away)$/.exec(choice)
    return tapped ? { number: tapped[1] as string, answer: tapped[2] as Answer } : null
  }
  const said = normalise(text)
  const match = /^(\d{9,16})[\s,:;、]*(\D.*)$/u.exec(said)
  const turned = match ? null : /^(\D.*?)[\s,:;、]*(\d{9,16})$/u.exec(said)
  const number = match?.[1] ?? turned?.[2]
  const answer = words.get(unspaced(match?.[2] ?? turned?.[1] ?? ''))
  return number !== undefined && answer !== undefined ? { number, answer } : null
}

/** In a group only the number is said. */
async function answered(
  casework: Casework,
  staff: StaffSpeaker,
  { number, answer }: { readonly number: string; readonly answer: Answer },
  about: Answerable,
  context: CommandContext,
): Promise<HandlerResult> {
  if (about.kind === 'refused') return says({ key: about.key, params: { number } })
  if (about.kind === 'site') return says({ key: 'visits:answer.site', params: { number } })
  const { plan, household } = about
  const made = await makeVisit(
    casework,
    staff,
    {
      staffId: staff.id,
      visitedOn: dateAt(context.at, context.zone),
      mode: plan.mode === 'phone' ? 'phone' : 'in_person',
      met: answer === 'away' ? 'none' : 'self',
      changes: answer === 'away' ? [] : ['none'],
      gaps: [],
      measures: null,
      wish: null,
      nextOn: null,
      submissionId: null,
    },
    household,
    context,
  )
  const next = made.decision.next[0]?.dueOn
  const key = answer === 'away' ? 'away' : next === undefined ? 'visited_plain' : 'visited'
  const brief: TextRef = { key: `visits:answer.${key}`, params: { number, next: next ?? '' } }
  const said = context.group ? [brief] : [brief, ...linesOf([made]).slice(2), { key: 'visits:line.undo' }]
  return {
    changes: made.changes,
    say: said.map((text) => ({ text })),
    notices: made.notices,
    matter: { number, kind: 'visit', stage: answer === 'away' ? 'attempted' : 'visited' },
  }
}
