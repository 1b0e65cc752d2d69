/**
 * A round that a county officer released: its matches become leads, its candidates are put to whoever knows the village.
 * In small commits; a process that dies goes on where it was, because what is done is no longer waiting.
 */
import { insert, update, type Change, type Writer } from '../../base/change.ts'
import { AppError } from '../../base/errors.ts'
import type { IdSource } from '../../base/ids.ts'
import { addDays, dateAt, type Instant } from '../../base/time.ts'
import { matterNumber } from '../../domain/cases/matter-number.ts'
import type { CaseRecord } from '../../domain/cases/ports.ts'
import { keysOfDays, stagesAt } from '../../domain/cases/stages-at.ts'
import { countColumns, countRound } from '../../domain/comparison/counts.ts'
import { LEAD_KIND } from '../../domain/comparison/match.ts'
import { noteKnown, openLead } from '../../domain/comparison/open-lead.ts'
import type { ComparisonReads, RoundRecord, RowRecord } from '../../domain/comparison/ports.ts'
import { ownerIn, readChain, type Chain } from '../../domain/registry/responsible.ts'
import type { SettingRecord } from '../../domain/settings/ports.ts'
import { openTask, taskKey } from '../../domain/tasks/tasks.ts'
import { afterOpening } from '../cases/after-opening.ts'
import type { Casework } from '../casework.ts'
import { withRisk } from '../risk.ts'

/** Matches in one commit: each is about thirteen table rows, and a commit should hold no more than 200. */
const CHUNK = 14
const TRIES = 5

/** Days for saying who somebody is. Our proposal. */
const CANDIDATE_DAYS = 3

export const RELEASE_ROLE = 'county_officer'

export type ReleaseParts = Casework & { readonly comparison: ComparisonReads; readonly writer: Writer }

interface Run {
  readonly parts: ReleaseParts
  readonly round: RoundRecord
  readonly staffId: string
  /** Places that the officer answers for. */
  readonly scope: ReadonlySet<string>
  /** Days that counties set in place of those of the stage table. */
  readonly days: readonly SettingRecord[]
  readonly chains: Map<string, Chain>
  readonly at: Instant
  readonly zone: string
  readonly ids: IdSource
}

/** Marks a round as being released: from then on the clock works on it. Its row and an audit entry. */
export const beginRelease = (round: RoundRecord, staffId: string, at: Instant): readonly Change[] => [
  update('ComparisonRound', round.id, round.revision, { releasedById: staffId }),
  insert('AuditEntry', {
    at,
    actor: `staff:${staffId}`,
    action: 'comparison_release',
    subject: round.id,
    detail: { round: round.round, source: round.source, kind: round.kind },
  }),
]

/** Everything that still waits in a round whose release was begun. */
export async function releaseRound(
  parts: ReleaseParts,
  round: RoundRecord,
  at: Instant,
  zone: string,
  ids: IdSource,
): Promise<void> {
  const staffId = round.releasedById
  if (staffId === null) return
  const scope = await placesOf(parts, staffId)
  const days = await parts.settings.settings(keysOfDays(parts.stages, LEAD_KIND))
  const run: Run = { parts, round, staffId, scope, days, chains: new Map(), at, zone, ids }
  await inChunks(run, 'known', entriesOf)
  const outside = (await inChunks(run, 'matched', leadsOf)) + (await inChunks(run, 'candidate', questionsOf))
  await finish(run, outside)
}

/** Every place that the officer's county holds. */
async function placesOf({ registry }: ReleaseParts, staffId: string): Promise<ReadonlySet<string>> {
  const roles = await registry.rolesOf([staffId])
  const all = new Set<string>()
  for (const { role, territoryId } of roles) {
    if (role === RELEASE_ROLE) for (const id of await registry.within(territoryId)) all.add(id)
  }
  return all
}

type Decide = (
  run: Run,
  rows: readonly RowRecord[],
) => Promise<{ readonly changes: readonly Change[]; readonly outside: number }>

/** @returns rows that lie outside of what the officer answers for: left as they are */
async function inChunks(run: Run, state: 'known' | 'matched' | 'candidate', decide: Decide): Promise<number> {
  const { comparison, writer } = run.parts
  let outside = 0
  for (let after = ''; ;) {
    let rows: readonly RowRecord[] = []
    for (let tries = 0; ; tries += 1) {
      rows = await comparison.rowsIn(run.round.id, state, after, CHUNK)
      const decided = await decide(run, rows)
      if (decided.changes.length === 0 || (await writer.commit(decided.changes)).kind === 'committed') {
        outside += decided.outside
        break
      }
      if (tries >= TRIES) throw new AppError('WRITE_CONFLICT', { table: 'ComparisonRow' })
    }
    const last = rows.at(-1)
    if (!last) return outside
    after = last.id
  }
}

const leadsOf: Decide = async (run, rows) => {
  const { parts, round, staffId, scope, at, zone, ids } = run
  const { comparison, sequence } = parts
  const householdIds = [...new Set(rows.flatMap(({ householdId }) => householdId ?? []))]
  const households = new Map((await comparison.rosterHouseholds(householdIds)).map((one) => [one.id, one]))
  const cases = [...(await comparison.casesOfHouseholds(householdIds))]
  const on = dateAt(at, zone)
  const changes: Change[] = []
  const opened: CaseRecord[] = []
  let outside = 0
  for (const row of rows) {
    const household = households.get(row.householdId ?? '')
    if (!household || !scope.has(household.territoryId)) {
      outside += 1
      continue
    }
    const chain = await chainOf(run, household.territoryId)
    const lead = openLead(
      row,
      {
        ...parts,
        stages: stagesAt(parts.stages, chain.lineage, run.days),
        round,
        household,
        cases: cases.filter(({ householdId }) => householdId === household.id),
        number: matterNumber(on, await sequence.take(on)),
        assigneeId: ownerIn(chain, on, household.helperId),
        actor: { kind: 'staff', id: staffId },
      },
      at,
      zone,
      ids,
    )
    const { matter } = lead
    const isNew = lead.kind === 'opened' && matter !== null
    changes.push(...(isNew ? await withRisk(parts, matter, lead.changes, at, zone, ids) : lead.changes))
    // A second row of the same household finds the matter of the first.
    if (isNew) {
      cases.push(matter)
      opened.push(matter)
    }
  }
  return { changes: [...changes, ...(await following(run, opened))], outside }
}

/** What follows as for any matter that is opened. Several of one village are counted together, at the last of them. */
async function following(run: Run, opened: readonly CaseRecord[]): Promise<readonly Change[]> {
  const { parts, at, zone, ids } = run
  const households = await parts.registry.households(opened.flatMap(({ householdId }) => householdId ?? []))
  const villages: string[] = []
  const changes: Change[] = []
  for (const matter of opened.toReversed()) {
    const chain = await chainOf(run, matter.territoryId)
    const village = chain.lineage.find(({ level }) => level === 'village')?.id ?? matter.territoryId
    const isLast = !villages.includes(village)
    if (isLast) villages.push(village)
    const phone = households.find(({ id }) => id === matter.householdId)?.phone ?? null
    const opening = { matter, chain, phone, at, zone, ids, isQuiet: true, beside: opened }
    changes.push(...(await afterOpening(parts, opening, isLast)).changes)
  }
  return changes
}

/** What was known when it was compared gets an entry on its matter. */
const entriesOf: Decide = async ({ parts, round, staffId, scope, at, ids }, rows) => {
  const waiting = rows.filter(({ caseId }) => caseId === null)
  const cases = await parts.comparison.casesOfHouseholds(waiting.flatMap(({ householdId }) => householdId ?? []))
  const actor = { kind: 'staff', id: staffId } as const
  const changes = waiting.flatMap((row) => {
    const theirs = cases.filter(
      ({ householdId, territoryId }) => householdId === row.householdId && scope.has(territoryId),
    )
    return noteKnown(row, { round, cases: theirs, actor }, at, ids)
  })
  return { changes, outside: 0 }
}

const questionsOf: Decide = async (run, rows) => {
  const { parts, scope, at, zone, ids } = run
  const { comparison, registry, tasks, sequence, watching } = parts
  const on = dateAt(at, zone)
  const single = await comparison.rosterHouseholds(rows.flatMap(({ householdId }) => householdId ?? []))
  const places = await registry.territories([...new Set(rows.flatMap(({ territoryId }) => territoryId ?? []))])
  const changes: Change[] = []
  let outside = 0
  for (const row of rows) {
    const place = places.find(({ id }) => id === row.territoryId)
    if (!place || !scope.has(place.id)) {
      outside += 1
      continue
    }
    if (await tasks.taskByOpenKey(taskKey('candidate_check', row.id))) continue
    const household = single.find(({ id }) => id === row.householdId)
    const task = {
      kind: 'candidate_check',
      number: matterNumber(on, await sequence.take(on)),
      caseId: null,
      householdId: household?.id ?? null,
      territoryId: place.id,
      assigneeId: ownerIn(await chainOf(run, household?.territoryId ?? place.id), on, household?.helperId ?? null),
      refId: row.id,
      detail: row.name,
      dueOn: addDays(on, CANDIDATE_DAYS),
      seenFrom: null,
      about: row.id,
    } as const
    changes.push(...openTask(task, watching, at, ids).changes)
  }
  return { changes, outside }
}

async function chainOf({ parts, chains }: Run, territoryId: string): Promise<Chain> {
  const known = chains.get(territoryId)
  if (known) return known
  const chain = await readChain(parts.registry, territoryId)
  chains.set(territoryId, chain)
  return chain
}

/** The round is released once nothing in it waits; what another county's officer must release leaves it open. */
async function finish({ parts, round, at }: Run, outside: number): Promise<void> {
  const { comparison, writer } = parts
  for (let tries = 0; tries < TRIES; tries += 1) {
    const now = await comparison.round(round.round, round.source, round.kind)
    if (!now || now.releasedAt !== null) return
    const counts = countColumns(await countRound(comparison, now))
    const state = outside === 0 ? { releasedAt: at } : { releasedById: null }
    const outcome = await writer.commit([update('ComparisonRound', now.id, now.revision, { ...counts, ...state })])
    if (outcome.kind === 'committed') return
  }
  throw new AppError('WRITE_CONFLICT', { table: 'ComparisonRound' })
}
