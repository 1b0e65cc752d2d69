/**
 * How far a matter is. One's own are told without asking for a number, and may be added to, urged or withdrawn; from another
 * account the number and the last four digits of the phone are needed, and five tries a day are enough.
 */
import { seal } from '../../base/change.ts'
import { DAY, dateAt, instant, type Instant } from '../../base/time.ts'
import { isLikeMatterNumber, isMatterNumber } from '../../domain/cases/matter-number.ts'
import type { CaseRecord } from '../../domain/cases/ports.ts'
import { event } from '../../domain/cases/report.ts'
import { normalise } from '../../flow/answers/normalise.ts'
import type { TextRef } from '../../flow/effects.ts'
import { noticesTo, saysOf } from '../cases/matter-notices.ts'
import { goOnWith } from '../cases/go-on.ts'
import { moveCase } from '../cases/move-case.ts'
import { ownChoices } from '../cases/own-choices.ts'
import { askToCall, type PhoneParts } from '../cases/phone-notice.ts'
import { keptOf, shownOf, statusSentence } from '../cases/status-sentence.ts'
import { urgeMatter } from '../cases/urge-matter.ts'
import type { Casework } from '../casework.ts'
import type { Abilities, ChannelName } from '../channel.ts'
import type { CommandHandler, HandlerResult, Speaker, SubmitContext, SubmitHandler } from '../handlers.ts'
import type { Opening } from '../parts.ts'
import type { HandlerReads } from '../ports.ts'
import type { StageHook } from '../stage-hooks.ts'
import { textOf } from './answer-text.ts'
import { actorOf } from './case.ts'
import { isOwn, isOwnByNumber } from './own-matter.ts'

/** Wrong numbers or phones in 24 hours, after which this account may ask no more for others' matters. */
export const TRIES = 5

export interface StatusParts extends PhoneParts {
  readonly reads: Pick<HandlerReads, 'profilePhone' | 'fruitless' | 'lastEvent'>
  readonly hooks: readonly StageHook[]
  readonly zone: string
  /** Default: everything may be told everywhere. */
  readonly abilitiesOf?: (channel: ChannelName) => Abilities
}

/** Words to a matter are of the sensitive class: where those may not be told, adding is not offered. */
const tellable = ({ abilitiesOf }: StatusParts, { channel }: Speaker, can: readonly string[]): readonly string[] =>
  abilitiesOf?.(channel).refusesSensitive ? can.filter((what) => what !== 'add') : can

/** What `status_query` begins with: one's own open matters, the newest first. Whoever has none may send a number. */
export const statusOpening =
  (parts: StatusParts): Opening =>
  async (speaker, at) => {
    const { casework, text, zone } = parts
    const { identityId, language } = speaker
    const all = await casework.cases.casesOfIdentity(identityId, true)
    const own = all.filter((matter) => isOwn(matter, speaker))
    const [newest] = own
    if (!newest) return { instead: { key: 'cases:status.none' } }
    const state = await statusSentence(casework, newest, dateAt(at, zone))
    const told = own.length === 1 ? [state] : [...listOf(own), state]
    const can = tellable(parts, speaker, ownChoices(newest, true, casework.stages))
    return { given: ownAnswers(newest, told.map((one) => text.say(one, language)).join('\n'), can) }
  }

/** A matter's number and nothing else, outside a flow: how far is it? A digit that was copied wrongly is said to be. */
export const statusByNumber =
  (parts: StatusParts): CommandHandler =>
  async ({ text: said, choice, group, speaker, at, zone }) => {
    const { casework, text } = parts
    const number = digitsOf(said)
    if (choice !== null || group || !isLikeMatterNumber(normalise(said))) return null
    if (!isMatterNumber(number)) return saysOf({ key: 'cases:staff.bad_number', params: { number } }, null)
    const matter = await casework.cases.caseByNumber(number)
    const start = (answers: Readonly<Record<string, string>>) => ({
      changes: [],
      say: [],
      notices: [],
      matter: null,
      start: { flow: STATUS_FLOW, answers },
    })
    if (matter === null || !isOwnByNumber(matter, speaker)) return start({ case_no: number })
    const state = await statusSentence(casework, matter, dateAt(at, zone))
    const can = tellable(parts, speaker, await choicesOf(casework, matter))
    if (can.length === 0) return saysOf(overSentence(matter, state), null)
    return start(ownAnswers(matter, text.say(state, speaker.language), can))
  }

export const STATUS_FLOW = 'status_query'

const digitsOf = (said: string): string => normalise(said).replace(/\D/g, '')

/** What is known before the flow begins of one's own matter. @param state the sentence that says how far it is */
export const ownAnswers = (matter: CaseRecord, state: string, can: readonly string[]) => ({
  own: 'yes',
  case_no: matter.number,
  state,
  can: can.join(' '),
})

/** See ownChoices. */
export async function choicesOf(casework: Pick<Casework, 'cases' | 'stages'>, matter: CaseRecord) {
  const kept = await keptOf(casework.cases, matter)
  return ownChoices(matter, (kept ?? matter).closedAt === null, casework.stages)
}

/** For a matter that nothing can be done with any more. @param state the sentence that says how it ended */
export const overSentence = ({ stage }: CaseRecord, state: TextRef): TextRef => ({
  key: `cases:more.over${stage === 'not_included' ? '_not_included' : ''}`,
  params: { state },
})

export const submitStatusQuery =
  (parts: StatusParts & Parameters<typeof urgeMatter>[0]): SubmitHandler =>
  (context) =>
    textOf(context.submission.answers, 'own') === 'yes' ? ownMatter(parts, context) : somebodys(parts, context)

const listOf = (own: readonly CaseRecord[]): TextRef[] => [
  { key: 'cases:status.list' },
  ...own.map((matter, place) => ({ key: 'cases:status.line', params: { n: place + 1, ...shownOf(matter) } })),
]

async function somebodys({ casework, reads }: StatusParts, context: SubmitContext): Promise<HandlerResult> {
  const { submission, speaker, at, zone } = context
  const tries = await reads.fruitless(context.flow.id, speaker.identityId, instant(at - DAY))
  if (tries >= TRIES) return saysOf({ key: 'cases:status.tried_too_often' }, null)
  const number = digitsOf(textOf(submission.answers, 'case_no'))
  const matter = number === '' ? null : await casework.cases.caseByNumber(number)
  const phone = matter?.profileId ? await reads.profilePhone(matter.profileId) : null
  const fits = phone !== null && phone.slice(-4) === digitsOf(textOf(submission.answers, 'check'))
  // What goes over somebody's head is told nowhere but where it was said.
  if (!matter || !fits || matter.seenFrom !== null) return saysOf({ key: 'cases:status.not_found' }, null)
  return saysOf(await statusSentence(casework, matter, dateAt(at, zone)), matter)
}

async function ownMatter(
  parts: StatusParts & Parameters<typeof urgeMatter>[0],
  context: SubmitContext,
): Promise<HandlerResult> {
  const { casework } = parts
  const { answers } = context.submission
  const { at, zone, ids, speaker } = context
  const own = await casework.cases.caseByNumber(textOf(answers, 'case_no'))
  if (!own || !isOwnByNumber(own, speaker)) return saysOf({ key: 'cases:status.not_yours' }, null)
  // What was merged is added to, and urged, where it goes on; it is taken back by itself.
  const matter = (await keptOf(casework.cases, own)) ?? own
  const leave = casework.watching.mayLeave('case_new', at)
  switch (textOf(answers, 'more')) {
    case 'add':
      return addTo(matter, textOf(answers, 'addition'), context, leave)
    case 'urge':
      return urgeMatter(parts, matter, context)
    case 'call': {
      const what = { key: 'told:phone.call_back', params: { case: matter.number } }
      const asked = await askToCall(parts, { matter, what, why: 'asked', about: 'call_back', at, zone, ids })
      return {
        ...saysOf({ key: 'cases:more.call' }, matter),
        ...asked,
        changes: [entry(context, matter, 'call_asked'), ...asked.changes],
      }
    }
    case 'again': {
      const gone = await goOnWith(parts, own, context, null)
      return { ...saysOf(gone.text, gone.matter), changes: gone.changes, notices: gone.notices }
    }
    case 'stop':
      if (textOf(answers, 'sure') !== 'yes') return saysOf({ key: 'cases:more.not_withdrawn' }, own)
      return withdraw(parts, context, own, leave)
    default:
      return saysOf({ key: 'cases:more.end' }, own)
  }
}

/** Words, a recording or a photo, kept on the timeline. */
function addTo(matter: CaseRecord, said: string, context: SubmitContext, leave: Instant): HandlerResult {
  const key = said.startsWith('voice:')
    ? 'cases:staff.voice'
    : said.startsWith('image:')
      ? 'told:staff.photo'
      : 'cases:staff.added'
  const isOpen = matter.closedAt === null
  return {
    ...saysOf({ key: 'cases:more.added' }, matter),
    changes: [entry(context, matter, 'added', said)],
    notices: isOpen ? noticesTo(matter.assigneeId, matter, { key, params: { number: matter.number } }, leave) : [],
  }
}

async function withdraw(
  { casework, hooks }: StatusParts,
  { at, zone, ids, speaker }: SubmitContext,
  matter: CaseRecord,
  leave: Instant,
): Promise<HandlerResult> {
  const moved = await moveCase(casework, hooks, {
    matter,
    to: 'withdrawn',
    by: { ...actorOf(speaker), kind: 'villager' },
    at,
    zone,
    ids,
  })
  if (moved.kind === 'refused') return saysOf(await statusSentence(casework, matter, dateAt(at, zone)), matter)
  const told = { key: 'cases:staff.withdrawn', params: { number: matter.number } }
  return {
    ...saysOf({ key: 'cases:more.withdrawn' }, moved.matter),
    changes: moved.changes,
    notices: [...noticesTo(matter.assigneeId, moved.matter, told, leave), ...moved.notices],
  }
}

const entry = ({ ids, at, speaker }: SubmitContext, matter: CaseRecord, what: string, said: string | null = null) =>
  event(ids, matter.id, at, actorOf(speaker), what, said === null ? null : seal(said))
