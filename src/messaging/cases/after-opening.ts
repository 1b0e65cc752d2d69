/** What follows when a report opens a matter, or completes one: staff are shown what may be the same, and what is more than one. */
import type { Change } from '../../base/change.ts'
import type { IdSource } from '../../base/ids.ts'
import { addDays, dateAt, instantOf, type Instant } from '../../base/time.ts'
import { reportersOf } from '../../domain/cases/clusters.ts'
import { askAboutDuplicate, likelyDuplicate, pairKey } from '../../domain/cases/duplicates.ts'
import { matterNumber } from '../../domain/cases/matter-number.ts'
import type { CaseRecord } from '../../domain/cases/ports.ts'
import { asAtWork, departmentOfficer, leadIn, type Chain } from '../../domain/registry/responsible.ts'
import { clusterAt, clusterKeys } from '../../domain/settings/settings.ts'
import { openTask, taskKey } from '../../domain/tasks/tasks.ts'
import type { Casework } from '../casework.ts'
import { taskNotices } from './announce-task.ts'
import { told } from '../commands/matter-for-staff.ts'
import type { Notice } from '../handlers.ts'

export interface Opening {
  readonly matter: CaseRecord
  readonly chain: Chain
  /** Of whoever reports; null = not said. */
  readonly phone: string | null
  readonly at: Instant
  readonly zone: string
  readonly ids: IdSource
  /** Nobody is written to: the clock tells of the tasks. */
  readonly isQuiet?: boolean
  /** Others that are opened in the same commit. */
  readonly beside?: readonly CaseRecord[]
}

export interface Consequence {
  readonly changes: readonly Change[]
  readonly notices: readonly Notice[]
}

const NOTHING: Consequence = { changes: [], notices: [] }

/** @param isNew false for the matter that danger had opened already, and that has its name only now: it was counted then */
export async function afterOpening(casework: Casework, opening: Opening, isNew: boolean): Promise<Consequence> {
  const parts = [await shownDuplicate(casework, opening), isNew ? await clusterAlert(casework, opening) : NOTHING]
  return {
    changes: parts.flatMap(({ changes }) => changes),
    notices: parts.flatMap(({ notices }) => notices),
  }
}

/** The villager hears nothing of it: nobody can find out whether a neighbour has a matter. */
async function shownDuplicate(
  casework: Casework,
  { matter, chain, phone, at, zone, ids, isQuiet }: Opening,
): Promise<Consequence> {
  const { duplicates, alerts, tasks, sequence, watching } = casework
  if (matter.kind === 'complaint' || matter.kind === 'message') return NOTHING
  const on = dateAt(at, zone)
  const village = villageOf(chain) ?? matter.territoryId
  const { householdId, kind } = matter
  const since = instantOf(addDays(on, -alerts.sameNameDays), '00:00', zone)
  const [ofHousehold, ofSamePhone, inVillage] = await Promise.all([
    householdId === null ? [] : duplicates.openOfHousehold(householdId, kind),
    phone === null ? [] : duplicates.openOfSamePhone(phone, kind),
    matter.personName === null
      ? []
      : duplicates.openNamed(matter.personName, await casework.registry.within(village), kind, since),
  ])
  const facts = { ofHousehold, ofSamePhone, inVillage, sameNameDays: alerts.sameNameDays }
  const other = likelyDuplicate(matter, facts, on)
  if (!other || (await tasks.taskByOpenKey(taskKey('duplicate_check', pairKey(matter, other))))) return NOTHING
  const number = matterNumber(on, await sequence.take(on))
  if (isQuiet) return { changes: askAboutDuplicate(matter, other, number, on, watching, at, ids), notices: [] }
  const leave = watching.mayLeave('task', at)
  const text = { key: 'referrals:duplicate.ask', params: { number: matter.number, other: other.number } }
  return {
    changes: askAboutDuplicate(matter, other, number, on, watching, at, ids, leave),
    notices: taskNotices(casework, { number, assigneeId: matter.assigneeId }, text, later(leave, at)),
  }
}

/** One alert for a village and kind within the days of the rule, however many more come. */
async function clusterAlert(
  casework: Casework,
  { matter, chain, at, zone, ids, isQuiet, beside = [] }: Opening,
): Promise<Consequence> {
  const { duplicates, alerts, sequence, watching, registry, settings } = casework
  const written = alerts.clusterOf(matter.kind)
  const villageId = villageOf(chain)
  if (!written || villageId === null || matter.seenFrom !== null) return NOTHING
  const rule = clusterAt(written, chain.lineage, await settings.settings(clusterKeys(written.kind)))
  const on = dateAt(at, zone)
  const since = instantOf(addDays(on, 1 - rule.withinDays), '00:00', zone)
  const about = `${rule.kind} ${villageId}`
  if (await casework.tasks.taskByOpenKey(taskKey('cluster', about))) return NOTHING
  if ((await duplicates.clustersSince(villageId, rule.kind, since)).length > 0) return NOTHING
  const inside = await registry.within(villageId)
  const before = await duplicates.openedIn(inside, rule.kind, since)
  const now = beside.filter(({ id, kind, territoryId }) => {
    return id !== matter.id && kind === rule.kind && inside.includes(territoryId)
  })
  const reports = reportersOf([...before.filter(({ id }) => id !== matter.id), ...now, matter])
  if (reports.length < rule.reports) return NOTHING
  const people = rule.tell.map((level) => leadIn(chain, level, on))
  const [lowest] = rule.tell
  const ownerId = lowest === undefined ? null : leadIn(asAtWork(chain), lowest, on)
  const officer = rule.department === null ? null : departmentOfficer(chain, rule.department, on)
  const village = chain.lineage.find(({ id }) => id === villageId)?.name ?? ''
  const number = matterNumber(on, await sequence.take(on))
  const task = {
    kind: 'cluster',
    number,
    caseId: null,
    householdId: null,
    territoryId: villageId,
    assigneeId: ownerId,
    refId: rule.kind,
    detail: reports.map((report) => report.number).join(' '),
    dueOn: on,
    seenFrom: 'township',
    about,
  } as const
  const params = {
    number,
    village,
    kind: { key: `cases:kind_staff.${rule.kind}` },
    count: reports.length,
    days: rule.withinDays,
    numbers: reports.map((report) => report.number).join(' '),
  }
  if (isQuiet) return { changes: openTask(task, watching, at, ids).changes, notices: [] }
  const text = { key: 'referrals:cluster', params }
  const leave = watching.mayLeave('urgent_case', at)
  const notBefore = later(leave, at)
  return {
    changes: openTask(task, watching, at, ids, leave).changes,
    notices: [
      ...taskNotices(casework, { number, assigneeId: people[0] ?? null }, text, notBefore),
      ...told([...people.slice(1), officer], people[0] ?? null, [{ text }], null, notBefore),
    ],
  }
}

const villageOf = (chain: Chain): string | null => chain.lineage.find(({ level }) => level === 'village')?.id ?? null

const later = (leave: Instant, at: Instant): Instant | null => (leave > at ? leave : null)
