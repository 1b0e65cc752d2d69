/** `是 N` / `不是 N`: whoever knows the village says whether the person of a department's list is the one on the roster. */
import { update } from '../../base/change.ts'
import { dateAt } from '../../base/time.ts'
import { matterNumber } from '../../domain/cases/matter-number.ts'
import { keysOfDays, stagesAt } from '../../domain/cases/stages-at.ts'
import { LEAD_KIND } from '../../domain/comparison/match.ts'
import { openLead } from '../../domain/comparison/open-lead.ts'
import type { ComparisonReads, RosterHousehold, RowRecord } from '../../domain/comparison/ports.ts'
import { ownerIn, readChain } from '../../domain/registry/responsible.ts'
import type { TaskRecord } from '../../domain/tasks/ports.ts'
import { settleTask } from '../../domain/tasks/tasks.ts'
import type { Text } from '../../text/text.ts'
import { afterOpening } from '../cases/after-opening.ts'
import type { Casework } from '../casework.ts'
import type { CommandContext, CommandHandler, HandlerResult, StaffSpeaker } from '../handlers.ts'
import { withRisk } from '../risk.ts'
import { covers, maySee } from '../scope.ts'
import { answered } from './matter-for-staff.ts'
import { commandWords } from './typed.ts'

type Parts = Casework & { readonly comparison: ComparisonReads }

export function candidatesCommand(parts: Parts, text: Text): CommandHandler {
  const words = commandWords(text, 'comparison', ['is', 'is_not'])
  return async (context) => {
    const { staff } = context.speaker
    const typed = context.choice === null ? words.read(context.text) : null
    const number = typed?.numbers[0]
    if (!typed || !staff || number === undefined) return null
    const task = await parts.tasks.taskByNumber(number)
    if (task?.kind !== 'candidate_check') return null
    if (context.group) return answered('comparison:candidate.private', { number })
    const [place] = await parts.registry.territories([task.territoryId])
    const path = place?.path ?? ''
    if (!(task.assigneeId === staff.id || covers(staff, path)) || !maySee(staff, task.seenFrom, path))
      return answered('cases:staff.no_scope', { number })
    const row = task.refId === null ? null : await parts.comparison.rowById(task.refId)
    if (task.closedAt !== null || row?.state !== 'candidate')
      return answered('comparison:candidate.answered', { number })
    return typed.word === 'is_not'
      ? isNobody(parts, task, row, staff, context)
      : isOne(parts, task, row, typed.rest, staff, context)
  }
}

async function isNobody(
  { watching }: Parts,
  task: TaskRecord,
  row: RowRecord,
  staff: StaffSpeaker,
  { at }: CommandContext,
): Promise<HandlerResult> {
  return answered(
    'comparison:candidate.is_not',
    { number: task.number },
    {
      changes: [
        update('ComparisonRow', row.id, row.revision, { state: 'unknown', householdId: null }),
        ...(await settleTask(task, 'done', staff.id, watching, at)),
      ],
    },
  )
}

/** @param which place in the list of namesakes, where there are several */
async function isOne(
  parts: Parts,
  task: TaskRecord,
  row: RowRecord,
  which: string,
  staff: StaffSpeaker,
  { at, zone, ids }: CommandContext,
): Promise<HandlerResult> {
  const { comparison, registry, sequence, watching } = parts
  const { number } = task
  const households = await namesakesOf(parts, row)
  const chosen = households.length === 1 ? 0 : Number(which.normalize('NFKC').trim() || Number.NaN) - 1
  const household = households[chosen]
  if (!household) {
    if (households.length === 0) return answered('comparison:candidate.gone', { number })
    const list = households.map((one, place) => ({
      text: {
        key: 'comparison:candidate.one',
        params: { n: place + 1, head: one.head, size: one.size, number },
      },
    }))
    return {
      ...answered('comparison:candidate.which', { number, name: row.name ?? '' }),
      say: [{ text: { key: 'comparison:candidate.which', params: { number, name: row.name ?? '' } } }, ...list],
    }
  }
  const round = (await comparison.rounds()).find(({ id }) => id === row.roundId)
  if (!round) return answered('comparison:candidate.gone', { number })
  const on = dateAt(at, zone)
  const chain = await readChain(registry, household.territoryId)
  const lead = openLead(
    row,
    {
      ...parts,
      stages: stagesAt(parts.stages, chain.lineage, await parts.settings.settings(keysOfDays(parts.stages, LEAD_KIND))),
      round,
      household,
      cases: await comparison.casesOfHouseholds([household.id]),
      number: matterNumber(on, await sequence.take(on)),
      assigneeId: ownerIn(chain, on, household.helperId),
      actor: { kind: 'staff', id: staff.id },
    },
    at,
    zone,
    ids,
  )
  const { matter } = lead
  const isNew = lead.kind === 'opened' && matter !== null
  const opening = isNew ? await withRisk(parts, matter, lead.changes, at, zone, ids) : lead.changes
  const [known] = await registry.households([household.id])
  const phone = known?.phone ?? null
  const follows = isNew ? await afterOpening(parts, { matter, chain, phone, at, zone, ids }, true) : null
  return answered(
    `comparison:candidate.${lead.kind}`,
    { number: matter?.number ?? '', head: household.head },
    {
      changes: [...opening, ...(follows?.changes ?? []), ...(await settleTask(task, 'done', staff.id, watching, at))],
      notices: follows?.notices ?? [],
      matter: matter && { number: matter.number, kind: matter.kind, stage: matter.stage },
    },
  )
}

type Namesake = RosterHousehold & { readonly size: number }

/** Households of the village in which somebody has that name, by id. */
async function namesakesOf({ comparison, registry }: Parts, row: RowRecord): Promise<readonly Namesake[]> {
  if (row.name === null || row.territoryId === null) return []
  const inside = new Set(await registry.within(row.territoryId))
  const people = (await comparison.byName([row.name])).filter((one) => !(one.hasIdNumber && row.idNumberHash !== null))
  const ids = [...new Set(people.map(({ householdId }) => householdId))]
  const [found, known] = await Promise.all([comparison.rosterHouseholds(ids), registry.households(ids)])
  return found
    .filter(({ territoryId, closedOn }) => inside.has(territoryId) && closedOn === null)
    .map((one) => ({ ...one, size: known.find(({ id }) => id === one.id)?.size ?? 0 }))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
}
