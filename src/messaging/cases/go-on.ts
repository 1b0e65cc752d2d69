/** The villager says that it is not solved, or that it is: a closed matter is opened again, one that is called done goes back to work. */
import type { Change } from '../../base/change.ts'
import type { IdSource } from '../../base/ids.ts'
import { dateAt, type Instant } from '../../base/time.ts'
import type { CaseRecord } from '../../domain/cases/ports.ts'
import { event } from '../../domain/cases/report.ts'
import { readChain, responsibleIn } from '../../domain/registry/responsible.ts'
import type { TextRef } from '../../flow/effects.ts'
import type { Casework } from '../casework.ts'
import type { Notice, Speaker } from '../handlers.ts'
import type { StageHook } from '../stage-hooks.ts'
import { actorOf } from '../submit/case.ts'
import { noticesTo } from './matter-notices.ts'
import { moveCase, reopenCase, type Moved } from './move-case.ts'
import { whenOf } from './told-words.ts'

export interface GoOnParts {
  readonly casework: Casework
  readonly hooks: readonly StageHook[]
}

export interface GoneOn {
  readonly changes: readonly Change[]
  readonly notices: readonly Notice[]
  /** As it is afterwards. */
  readonly matter: CaseRecord
  /** What the villager is told. */
  readonly text: TextRef
}

interface Said {
  readonly speaker: Speaker
  readonly at: Instant
  readonly zone: string
  readonly ids: IdSource
}

const DONE = 'done'
const CONFIRMED = 'confirmed_by_villager'

/** Name of the timeline entry of somebody who wants a matter gone on with. */
export const REOPEN_ASKED = 'reopen_asked'

/** @param cause kept on the timeline: what asked for it */
export async function goOnWith(
  { casework, hooks }: GoOnParts,
  matter: CaseRecord,
  { speaker, at, zone, ids }: Said,
  cause: string | null,
): Promise<GoneOn> {
  const on = dateAt(at, zone)
  const asked = event(ids, matter.id, at, actorOf(speaker), REOPEN_ASKED, cause)
  const step = { matter, at, zone, ids }
  const back = stageBehind(casework, matter)
  const moved: Moved | null =
    matter.closedAt !== null
      ? await reopenCase(casework, hooks, { ...step, by: { ...actorOf(speaker), kind: 'villager' } })
      : back === null
        ? null
        : // Nobody but staff moves it there: the house does, because the villager asked.
          await moveCase(casework, hooks, { ...step, to: back, by: { kind: 'system', id: null } })
  const isMoved = moved?.kind === 'moved'
  const after = isMoved ? moved.matter : matter
  const params = { number: matter.number, when: whenOf(after, on) }
  const leave = casework.watching.mayLeave('case_new', at)
  const staffId = after.assigneeId ?? (await somebody(casework, after, on))
  const key = isMoved ? 'told:staff.reopened' : 'cases:staff.reopen_asked'
  return {
    changes: [asked, ...(isMoved ? moved.changes : [])],
    notices: [
      ...noticesTo(staffId, after, { key, params }, leave),
      ...(isMoved ? moved.notices.filter((notice) => !isTo(notice, speaker)) : []),
    ],
    matter: after,
    text: isMoved
      ? { key: `told:feedback.${matter.closedAt !== null ? 'reopened' : 'again'}`, params }
      : { key: 'cases:feedback.goes_on', params },
  }
}

/** What is called done is so once the villager says it. @returns null where nothing waits for that word */
export async function confirmDone(
  { casework, hooks }: GoOnParts,
  matter: CaseRecord,
  { speaker, at, zone, ids }: Said,
): Promise<Pick<GoneOn, 'changes' | 'notices' | 'matter'> | null> {
  if (matter.stage !== DONE || matter.closedAt !== null) return null
  const by = { ...actorOf(speaker), kind: 'villager' } as const
  const moved = await moveCase(casework, hooks, { matter, to: CONFIRMED, by, at, zone, ids })
  return moved.kind === 'moved' ? moved : null
}

/** The stage of work that a matter which is called done goes back to. */
function stageBehind({ stages }: Casework, { kind, stage }: CaseRecord): string | null {
  const all = stages.ledgerOf(kind).stages
  const place = all.findIndex(({ id }) => id === stage)
  const present = all[place]
  if (!present?.decides || stage !== DONE) return null
  return present.next.find((next) => all.findIndex(({ id }) => id === next) < place) ?? null
}

async function somebody({ registry }: Casework, matter: CaseRecord, on: ReturnType<typeof dateAt>) {
  if (matter.seenFrom !== null) return null
  return responsibleIn(await readChain(registry, matter.territoryId), on)
}

/** They are answered where they wrote. */
const isTo = ({ to }: Notice, { identityId }: Speaker): boolean =>
  to.kind === 'identity' && to.identityId === identityId
