/** Whoever reported a matter hears of each stage, by message where one arrives, else by a call of the responsible person. */
import { dateAt, type Instant } from '../../base/time.ts'
import { afterQuiet } from '../../domain/calendar/quiet-hours.ts'
import { hasDied } from '../../domain/cases/death.ts'
import type { CaseRecord } from '../../domain/cases/ports.ts'
import type { Tell } from '../../domain/cases/stages-schema.ts'
import type { TextRef } from '../../flow/effects.ts'
import type { Notice } from '../handlers.ts'
import type { StageChange, StageConsequence, StageHook } from '../stage-hooks.ts'
import { solvedChoices } from './ask-solved.ts'
import { asIn, mergedIn } from './on-kept-moved.ts'
import { askToCall, type PhoneParts } from './phone-notice.ts'
import { PROXY, reachOf, type Reach, type ReachParts } from './reach.ts'
import { stageSentence } from './told-words.ts'

export type TellParts = PhoneParts & ReachParts

const NOTHING: StageConsequence = { changes: [], notices: [] }

export const tellVillagerOnMove =
  (parts: TellParts): StageHook =>
  async (change) => {
    const { after, by, at, zone, ids } = change
    const tell = tellOf(parts, after)
    // What somebody did oneself is answered at once; whoever was visited knows of it.
    if (tell === 'none' || by.kind === 'villager' || change.isPresent) return NOTHING
    if (hasDied(await parts.casework.progress.timeline(after.id))) return NOTHING
    const leave = afterQuiet(at, parts.told.quiet, zone)
    const reach = await reachOf(parts, after, leave)
    const sentence = await sentenceFor(parts, change)
    const call = { matter: after, about: after.stage, at, zone, ids }
    if (tell === 'person_first') {
      return askToCall(parts, { ...call, what: byPerson(change), why: 'person_first' })
    }
    const notices = messageOf(after, sentence, reach, at, leave)
    if (reach.call === null || !isCalled(parts, after, reach)) return { changes: [], notices }
    const asked = await askToCall(parts, { ...call, what: sentence, why: reach.call })
    return { changes: asked.changes, notices: [...notices, ...asked.notices] }
  }

function tellOf({ casework }: TellParts, { kind, stage }: CaseRecord): Tell {
  return casework.stages.ledgerOf(kind).stages.find(({ id }) => id === stage)?.tell ?? 'message'
}

/** Who never wrote to us is called for what counts only. */
const isCalled = ({ told }: TellParts, { stage }: CaseRecord, { call }: Reach): boolean =>
  call !== 'no_account' || told.phone.withoutAccount.includes(stage)

async function sentenceFor(parts: TellParts, { before, after, at, zone }: StageChange): Promise<TextRef> {
  const { casework } = parts
  const [staff] = after.assigneeId === null ? [] : await casework.registry.staff([after.assigneeId])
  const planned = after.stage === 'assisting' ? await casework.progress.measuresOf(after.id) : []
  const measures = [...new Set(planned.filter(({ state }) => state === 'planned').map(({ kind }) => kind))]
  return stageSentence(after, casework.stages.ledgerOf(after.kind).stages, {
    who: staff?.name ?? null,
    measures,
    on: dateAt(at, zone),
    isReopened: before.closedAt !== null && after.closedAt === null,
  })
}

/** The reason is said by somebody who can explain it. */
const byPerson = ({ after, reason }: StageChange): TextRef => ({
  key: 'told:phone.not_included',
  params: { case: after.number, reason: reason === null ? { key: 'told:phone.no_reason' } : { literal: reason } },
})

/** What follows once somebody has told it in person. */
export async function messageAfterCall(
  parts: TellParts,
  matter: CaseRecord,
  at: Instant,
  zone: string,
): Promise<readonly Notice[]> {
  if (tellOf(parts, matter) !== 'person_first') return []
  const leave = afterQuiet(at, parts.told.quiet, zone)
  const merged = await mergedIn(parts.casework, matter)
  const told = [matter, ...merged.map((own) => asIn(own, matter))].map(async (each) => {
    const reach = await reachOf(parts, each, leave)
    const sentence = stageSentence(each, [], { who: null, measures: [], on: dateAt(at, zone), isReopened: false })
    return messageOf(each, sentence, reach, at, leave)
  })
  return (await Promise.all(told)).flat()
}

function messageOf(
  { number, kind, stage, source }: CaseRecord,
  sentence: TextRef,
  { identityId, isShared }: Reach,
  at: Instant,
  leave: Instant,
): readonly Notice[] {
  if (identityId === null) return []
  // Whoever spoke for somebody hears how far it is, and no more of another's affairs.
  const forProxy: TextRef = { key: 'told:proxy', params: { number, stage: { key: `cases:stage_plain.${stage}` } } }
  const full = source === PROXY ? forProxy : sentence
  const text: TextRef = isShared ? { key: 'told:short', params: { number } } : full
  return [
    {
      to: { kind: 'identity', identityId },
      say: [{ text, ...(stage === 'done' && { choices: solvedChoices(number), numbered: false }) }],
      matter: { number, kind, stage },
      reminder: null,
      notBefore: leave > at ? leave : null,
      about: 'stage',
    },
  ]
}
