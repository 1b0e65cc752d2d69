/**
 * How far a matter is. One's own are told without asking for a number, and may be added to, urged or withdrawn; from another
 * account the number and the last four digits of the phone are needed, and five tries a day are enough.
 */
import { seal, update } from '../../base/change.ts'
import { DAY, dateAt, instant } from '../../base/time.ts'
import type { Instant } from '../../base/time.ts'
import { isLikeMatterNumber, isMatterNumber } from '../../domain/cases/matter-number.ts'
import type { CaseRecord } from '../../domain/cases/ports.ts'
import { event } from '../../domain/cases/report.ts'
import { normalise } from '../../flow/answers/normalise.ts'
import type { TextRef } from '../../flow/effects.ts'
import type { Text } from '../../text/text.ts'
import type { Casework } from '../casework.ts'
import type { MatterMark } from '../channel.ts'
import type { CommandHandler, HandlerResult, Notice, SubmitContext, SubmitHandler } from '../handlers.ts'
import type { Opening } from '../parts.ts'
import type { HandlerReads } from '../ports.ts'
import { textOf } from './answer-text.ts'
import { actorOf } from './case.ts'
import { isOwn } from './own-matter.ts'

/** Wrong numbers or phones in 24 hours, after which this account may ask no more for others' matters. */
export const TRIES = 5

export interface StatusParts {
  readonly casework: Casework
  readonly reads: Pick<HandlerReads, 'profilePhone' | 'fruitless' | 'lastEvent'>
  readonly text: Text
}

/** What `status_query` begins with: one's own open matters, the newest first. Whoever has none may send a number. */
export const statusOpening =
  ({ casework, text }: StatusParts): Opening =>
  async (speaker) => {
    const { identityId, language } = speaker
    const all = await casework.cases.casesOfIdentity(identityId, true)
    const own = all.filter((matter) => isOwn(matter, speaker))
    const [newest] = own
    if (!newest) return { instead: { key: 'cases:status.none' } }
    const told =
      own.length === 1 ? [await stateOf(casework, newest)] : [...listOf(own), await stateOf(casework, newest)]
    return { given: ownAnswers(newest, told.map((one) => text.say(one, language)).join('\n')) }
  }

/** A matter's number and nothing else, outside a flow: how far is it? A digit that was copied wrongly is said to be. */
export const statusByNumber =
  ({ casework, text }: StatusParts): CommandHandler =>
  async ({ text: said, choice, group, speaker }) => {
    const number = digitsOf(said)
    if (choice !== null || group || !isLikeMatterNumber(normalise(said))) return null
    if (!isMatterNumber(number)) return says({ key: 'cases:staff.bad_number', params: { number } }, null)
    const matter = await casework.cases.caseByNumber(number)
    const answers =
      matter !== null && isOwn(matter, speaker)
        ? ownAnswers(matter, text.say(await stateOf(casework, matter), speaker.language))
        : { case_no: number }
    return { changes: [], say: [], notices: [], matter: null, start: { flow: STATUS_FLOW, answers } }
  }

const STATUS_FLOW = 'status_query'

const digitsOf = (said: string): string => normalise(said).replace(/\D/g, '')

const ownAnswers = (matter: CaseRecord, state: string) => ({ own: 'yes', case_no: matter.number, state })

export const submitStatusQuery =
  (parts: StatusParts): SubmitHandler =>
  (context) =>
    textOf(context.submission.answers, 'own') === 'yes' ? ownMatter(parts, context) : somebodys(parts, context)

const listOf = (own: readonly CaseRecord[]): TextRef[] => [
  { key: 'cases:status.list' },
  ...own.map((matter, place) => ({ key: 'cases:status.line', params: { n: place + 1, ...shown(matter) } })),
]

const shown = ({ number, kind, stage }: CaseRecord) => ({
  number,
  kind: { key: `cases:kind.${kind}` },
  stage: { key: `cases:stage_plain.${stage}` },
})

async function stateOf({ registry }: Casework, matter: CaseRecord): Promise<TextRef> {
  if (matter.closedAt !== null) return { key: 'cases:status.one_closed', params: shown(matter) }
  const [staff] = matter.assigneeId === null ? [] : await registry.staff([matter.assigneeId])
  const who: TextRef = staff
    ? { key: 'cases:status.who', params: { name: staff.name } }
    : { key: 'cases:status.who_above' }
  const by = matter.stageDueOn ?? matter.decideBy ?? ''
  return { key: 'cases:status.one', params: { ...shown(matter), who, by } }
}

async function somebodys({ casework, reads }: StatusParts, context: SubmitContext): Promise<HandlerResult> {
  const { submission, speaker, at } = context
  const tries = await reads.fruitless(context.flow.id, speaker.identityId, instant(at - DAY))
  if (tries >= TRIES) return says({ key: 'cases:status.tried_too_often' }, null)
  const number = digitsOf(textOf(submission.answers, 'case_no'))
  const matter = number === '' ? null : await casework.cases.caseByNumber(number)
  const phone = matter?.profileId ? await reads.profilePhone(matter.profileId) : null
  const fits = phone !== null && phone.slice(-4) === digitsOf(textOf(submission.answers, 'check'))
  if (!matter || !fits) return says({ key: 'cases:status.not_found' }, null)
  return says(await stateOf(casework, matter), matter)
}

async function ownMatter({ casework, reads }: StatusParts, context: SubmitContext): Promise<HandlerResult> {
  const { answers } = context.submission
  const matter = await casework.cases.caseByNumber(textOf(answers, 'case_no'))
  if (!matter || !isOwn(matter, context.speaker)) return says({ key: 'cases:status.not_yours' }, null)
  const leave = casework.watching.mayLeave('case_new', context.at)
  const tell = (key: string, params = {}) => notices(matter, `cases:staff.${key}`, params, leave)
  switch (textOf(answers, 'more')) {
    case 'add': {
      const said = textOf(answers, 'addition')
      const added = entry(context, matter, 'added')
      return {
        ...says({ key: 'cases:more.added' }, matter),
        changes: [added.op === 'insert' ? { ...added, row: { ...added.row, detail: seal(said) } } : added],
        notices: tell(said.startsWith('voice:') ? 'voice' : 'added'),
      }
    }
    case 'urge': {
      const urged = await urge(casework, await reads.lastEvent(matter.id, URGED), matter, context)
      const isTold = urged.changes.length > 0
      return { ...urged, notices: isTold ? tell('urge') : [] }
    }
    case 'call': {
      const phone = context.speaker.profile?.phone
      return {
        ...says({ key: 'cases:more.call' }, matter),
        changes: [entry(context, matter, 'call_asked')],
        notices: tell('call', { phone: phone ? { literal: phone } : { key: 'cases:staff.no_phone' } }),
      }
    }
    case 'stop':
      if (textOf(answers, 'sure') !== 'yes') return says({ key: 'cases:more.not_withdrawn' }, matter)
      return { ...(await withdraw(casework, context, matter)), notices: tell('withdrawn') }
    default:
      return says({ key: 'cases:more.end' }, matter)
  }
}

const URGED = 'urged'

/** Once a day, and what is said is what happens: to whom it goes, when, or why it goes to nobody. */
async function urge(
  { registry, watching }: Casework,
  last: Instant | null,
  matter: CaseRecord,
  context: SubmitContext,
): Promise<HandlerResult> {
  const { at, zone } = context
  if (matter.closedAt !== null) return says({ key: 'people:urge.closed' }, matter)
  const [staff] = matter.assigneeId === null ? [] : await registry.staff([matter.assigneeId])
  const params = { name: staff?.name ?? '' }
  if (last !== null && dateAt(last, zone) === dateAt(at, zone)) {
    return says({ key: staff ? 'people:urge.already' : 'people:urge.already_nobody', params }, matter)
  }
  const isLater = watching.mayLeave('case_new', at) > at
  const key = !staff ? 'nobody' : isLater ? 'later' : 'told'
  return { ...says({ key: `people:urge.${key}`, params }, matter), changes: [entry(context, matter, URGED)] }
}

async function withdraw(casework: Casework, context: SubmitContext, matter: CaseRecord): Promise<HandlerResult> {
  const { at, zone } = context
  const set = {
    stage: 'withdrawn',
    stageEnteredOn: dateAt(at, zone),
    stageDueOn: null,
    closedAt: at,
    openKey: null,
  }
  return {
    ...says({ key: 'cases:more.withdrawn' }, { ...matter, ...set }),
    changes: [
      update('Case', matter.id, matter.revision, set),
      entry(context, matter, 'withdrawn'),
      ...(await casework.watching.end(matter.id, at)),
    ],
  }
}

const entry = ({ ids, at, speaker }: SubmitContext, matter: CaseRecord, what: string) =>
  event(ids, matter.id, at, actorOf(speaker), what, null)

/** To whoever has the matter; nobody has one that climbs to the office above, which sees it in its lists. */
function notices(matter: CaseRecord, key: string, params: object, notBefore: Instant): readonly Notice[] {
  if (matter.assigneeId === null || matter.closedAt !== null) return []
  return [
    {
      to: { kind: 'staff', staffId: matter.assigneeId },
      say: [{ text: { key, params: { number: matter.number, ...params } } }],
      matter: markOf(matter),
      reminder: null,
      notBefore,
    },
  ]
}

const markOf = ({ number, kind, stage }: MatterMark): MatterMark => ({ number, kind, stage })

/** @param matter null where nothing was found: a fruitless try */
const says = (text: TextRef, matter: MatterMark | null): HandlerResult => ({
  changes: [],
  say: [{ text }],
  notices: [],
  matter: matter && markOf(matter),
})
