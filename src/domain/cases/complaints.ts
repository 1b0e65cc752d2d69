/** A complaint goes over the head of whoever handled the matter, and never falls back down. */
import { insert, type Change } from '../../base/change.ts'
import type { IdSource } from '../../base/ids.ts'
import type { Instant, PlainDate } from '../../base/time.ts'
import { standIn } from '../registry/cover.ts'
import { asAtWork, leadIn, mayOpen, type Chain } from '../registry/responsible.ts'
import { decideReport, type Report, type ReportFacts } from './report.ts'
import type { CaseRecord } from './ports.ts'

export const COMPLAINT = 'complaint'

/** Whom it is about, where no matter of one's own says who handled it. */
export type Whom = 'village' | 'township' | 'county' | 'dk'

export interface Above {
  readonly seenFrom: 'township' | 'county'
  /** Whose it is, away or not. Null where nobody is left who isn't complained about. */
  readonly assigneeId: string | null
  /** Who hears of it today: that one, or who stands in meanwhile. */
  readonly hearerId: string | null
}

const LEVELS = ['township', 'county'] as const

/** The first level above whoever handled it, and who answers there: not the one it is about. */
export function aboveOf(chain: Chain, handlerId: string | null, whom: Whom, on: PlainDate): Above {
  const level = handlerId === null ? whom : levelIn(chain, handlerId)
  // A site beside the villages may lie in no township.
  const isAtTownship = level !== 'township' && level !== 'county' && chain.lineage.some((at) => at.level === 'township')
  const seenFrom = isAtTownship ? 'township' : 'county'
  const others = { ...chain, holders: chain.holders.filter(({ staffId }) => staffId !== handlerId) }
  for (const each of LEVELS.slice(LEVELS.indexOf(seenFrom))) {
    // Who stands in for the one above may be from below, or the one it is about: then it is a colleague's.
    const may = (id: string | null): id is string =>
      id !== null && id !== handlerId && mayOpen(others, id, on, seenFrom)
    const lead = leadIn(asAtWork(others), each, on)
    const meanwhile = lead && standIn(lead, chain.covers, (id) => mayOpen(chain, id, on), on)
    if (may(lead) && may(meanwhile)) return { seenFrom, assigneeId: lead, hearerId: meanwhile }
    const colleague = leadIn(others, each, on)
    if (may(colleague)) return { seenFrom, assigneeId: colleague, hearerId: colleague }
  }
  return { seenFrom, assigneeId: null, hearerId: null }
}

/** The highest level at which somebody holds a role on the way up; the village where that is nowhere. */
function levelIn({ holders, lineage }: Chain, staffId: string): string {
  const held = new Set(holders.filter((holder) => holder.staffId === staffId).map(({ territoryId }) => territoryId))
  const highest = lineage.findLast(({ id }) => held.has(id))?.level
  return highest === 'township' || highest === 'county' ? highest : 'village'
}

export interface ComplaintDecision {
  readonly matter: CaseRecord
  readonly changes: readonly Change[]
}

/** A matter like any other, but for who may know of it; several of one person stay apart. */
export function decideComplaint(
  report: Omit<Report, 'kind' | 'urgency'>,
  above: Above,
  facts: Omit<ReportFacts, 'open' | 'assigneeId'>,
  at: Instant,
  zone: string,
  ids: IdSource,
): ComplaintDecision {
  const asked = { ...report, kind: COMPLAINT, urgency: 'normal' } as const
  const opened = decideReport(asked, { ...facts, open: null, assigneeId: above.assigneeId }, at, at, zone, ids)
  const own = { seenFrom: above.seenFrom, openKey: null }
  return {
    matter: { ...opened.matter, ...own },
    changes: opened.changes.map((change) =>
      change.op === 'insert' && change.table === 'Case' ? insert('Case', { ...change.row, ...own }) : change,
    ),
  }
}
