/** Reads what a report is decided from, decides, and says who must hear of it: the same for a report and for danger in the middle of one. */
import type { IdSource } from '../base/ids.ts'
import { dateAt, type Instant, type PlainDate } from '../base/time.ts'
import { matterNumber } from '../domain/cases/matter-number.ts'
import {
  decideReport,
  FOR_DEPARTMENT,
  isAgain,
  openKeyOf,
  type Report,
  type ReportDecision,
} from '../domain/cases/report.ts'
import {
  answererIn,
  isReachable,
  leadIn,
  ownerIn,
  reachableIn,
  readChain,
  type Chain,
} from '../domain/registry/responsible.ts'
import { keysOfDays, stagesAt } from '../domain/cases/stages-at.ts'
import type { WatchKind } from '../domain/watching.ts'
import type { TextRef } from '../flow/effects.ts'
import { afterOpening } from './cases/after-opening.ts'
import type { Casework } from './casework.ts'
import type { ReminderMark } from './channel.ts'
import type { Notice, Say } from './handlers.ts'

/** What staff are told of who speaks; words, or the key that says that they are missing. */
export interface Told {
  readonly name: string | TextRef | null
  readonly phone: string | null
  /** Whose phone that is, when it isn't the speaker's own. */
  readonly phoneOf?: string | null
  readonly causes: TextRef | null
  readonly what: TextRef
}

export interface ReportedCase {
  /** With everything that follows from it. */
  readonly decision: ReportDecision
  readonly chain: Chain
  /** When staff hear of it. */
  readonly leave: Instant
  readonly notices: readonly Notice[]
}

export async function reportCase(
  casework: Casework,
  report: Report,
  told: Told,
  at: Instant,
  zone: string,
  ids: IdSource,
): Promise<ReportedCase> {
  const on = dateAt(at, zone)
  const [open, chain] = await Promise.all([
    openCase(casework, report),
    readChain(casework.registry, report.territoryId),
  ])
  const assigneeId = open?.assigneeId ?? ownerIn(chain, on)
  const number = open?.number ?? matterNumber(on, await casework.sequence.take(on))
  const leave = casework.watching.mayLeave(kindOf(report), at)
  // A new matter that may not be told now is left to the clock, which puts it into one message with what is due then.
  const toldAt = report.urgency !== 'normal' ? leave : leave <= at && assigneeId !== null ? at : null
  const entries = open && report.departments ? await casework.cases.eventDetails([open.id], FOR_DEPARTMENT) : []
  const named = entries.flatMap(({ detail }) => detail ?? [])
  const [withdrawn, stages] = open
    ? [null, await stagesIn(casework, report, chain)]
    : await Promise.all([withdrawnBefore(casework, report, on, zone), stagesIn(casework, report, chain)])
  const facts = { ...casework, stages, open, withdrawn, number, assigneeId, named }
  const decision = decideReport(report, facts, toldAt, at, zone, ids)
  const people = listeners(decision, chain, on)
  const key = noticeKey(decision, told)
  const opening = { matter: decision.matter, chain, phone: told.phone, at, zone, ids }
  const follows = decision.kind === 'joined' ? null : await afterOpening(casework, opening, decision.kind === 'opened')
  const isNews = decision.kind !== 'opened' || report.urgency !== 'normal' || toldAt !== null
  const say = { key: `cases:staff.${key}`, params: paramsOf(decision, chain, told) }
  const ack = { id: `ack:${number}`, label: { key: 'cases:staff.acknowledge' } }
  const { matter } = decision
  return {
    decision: { ...decision, changes: [...decision.changes, ...(follows?.changes ?? [])] },
    chain,
    leave,
    notices: [
      ...(isNews
        ? people.map((staffId): Notice => ({
            to: { kind: 'staff', staffId },
            say: [{ text: say, choices: [ack], numbered: false }, ...particularsOf(report)],
            matter: { number, kind: matter.kind, stage: matter.stage },
            reminder: decision.kind === 'opened' || decision.raised ? markOf(casework, kindOf(report), number) : null,
            notBefore: leave > at ? leave : null,
          }))
        : []),
      ...(follows?.notices ?? []),
    ],
  }
}

/** The newest one that counts. */
async function withdrawnBefore({ cases, stages }: Casework, report: Report, on: PlainDate, zone: string) {
  if (report.identityId === null) return null
  const theirs = await cases.casesOfIdentity(report.identityId, false)
  return theirs.find((before) => isAgain(report, before, stages, on, zone)) ?? null
}

/** With the days that hold where it was reported. */
const stagesIn = async ({ stages, settings }: Casework, { kind }: Report, { lineage }: Chain) =>
  stagesAt(stages, lineage, await settings.settings(keysOfDays(stages, kind)))

async function openCase(casework: Casework, report: Report) {
  const { identityId, profileId, householdId, kind, personName } = report
  if (identityId === null) return casework.cases.caseByOpenKey(`household ${householdId ?? report.territoryId} ${kind}`)
  const speakerId = profileId ?? identityId
  const named = await casework.cases.caseByOpenKey(openKeyOf(speakerId, kind, personName))
  if (named || personName === null) return named
  // Danger may have been said before the name.
  return casework.cases.caseByOpenKey(openKeyOf(speakerId, kind, null))
}

const kindOf = (report: Report): WatchKind =>
  report.urgency === 'danger' ? 'danger_case' : report.urgency === 'urgent' ? 'urgent_case' : 'case_new'

/** Danger goes to the responsible person and the township; when neither can be reached, to the nearest who can. */
function listeners(decision: ReportDecision, chain: Chain, on: ReturnType<typeof dateAt>): readonly string[] {
  const { matter, raised } = decision
  const township = raised && matter.urgency === 'danger' ? leadIn(chain, 'township', on) : null
  const assignee = matter.assigneeId === null ? null : answererIn(chain, matter.assigneeId, on, [], matter.seenFrom)
  const people = [...new Set([assignee, township].filter((id) => id !== null))]
  if (!raised || people.some((id) => isReachable(chain, id))) return people
  const reachable = reachableIn(chain, on).slice(0, 1)
  return reachable.length > 0 ? reachable : people
}

function noticeKey(decision: ReportDecision, told: Told): string {
  if (decision.kind === 'completed' && !decision.raised) return 'completed'
  if (decision.kind === 'joined' && !decision.raised) return 'joined'
  switch (decision.matter.urgency) {
    case 'danger':
      return 'danger_numbered'
    case 'urgent':
      return told.causes ? 'urgent' : 'urgent_short'
    case 'normal':
      return told.causes ? 'new' : 'new_short'
  }
}

function paramsOf({ matter }: ReportDecision, chain: Chain, told: Told): Readonly<Record<string, string | TextRef>> {
  return {
    number: matter.number,
    kind: { key: `cases:kind_staff.${matter.kind}` },
    village: chain.lineage[0]?.name ?? { key: 'cases:staff.no_village' },
    name: told.name ?? { key: 'cases:staff.no_name' },
    phone: phoneIn(told),
    causes: told.causes ?? { literal: '' },
    what: told.what,
    by: matter.stageDueOn ?? '',
    decide: matter.decideBy ?? '',
  }
}

function phoneIn({ phone, phoneOf = null }: Told): string | TextRef {
  if (phone === null) return { key: 'cases:staff.no_phone' }
  return phoneOf === null ? phone : { key: 'people:data.phone_of', params: { phone, of: phoneOf } }
}

/** What more staff must know, each a sentence of its own; a single department is the one that has the matter anyway. */
function particularsOf({ departments = [], notes = [] }: Report): readonly Say[] {
  const several: readonly Say[] =
    departments.length > 1
      ? [
          {
            text: {
              key: 'cases:staff.departments',
              params: { departments: listed(departments.map((id) => ({ key: `cases:department.${id}` }))) },
            },
          },
        ]
      : []
  return [...several, ...notes.map((note): Say => ({ text: { key: `cases:note.${note}` } }))]
}

/** a、b、c */
export function listed(items: readonly TextRef[], key = 'flow:and'): TextRef {
  const [first, ...rest] = items
  if (!first) return { literal: '' }
  return rest.length === 0 ? first : { key, params: { first, rest: listed(rest, key) } }
}

function markOf(casework: Casework, kind: WatchKind, number: string): ReminderMark | null {
  const mark = casework.watching.markOf(kind)
  return mark && { ...mark, matters: [number], items: [{ ...mark, matter: number }] }
}
