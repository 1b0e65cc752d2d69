/** What somebody who leaves, or hands over, has to do goes to others at once; what nobody owns becomes a task of the county. */
import { insert, update, type Change, type Writer } from '../../base/change.ts'
import { AppError } from '../../base/errors.ts'
import type { IdSource } from '../../base/ids.ts'
import { addDays, type Instant, type PlainDate } from '../../base/time.ts'
import type { WorkingCalendar } from '../calendar/working-days.ts'
import { matterNumber } from '../cases/matter-number.ts'
import type { MatterSequence } from '../cases/ports.ts'
import { event } from '../cases/report.ts'
import type { TaskReads } from '../tasks/ports.ts'
import { openTask, taskKey } from '../tasks/tasks.ts'
import type { Watching } from '../watching.ts'
import { newOwnerOf, type OfficerOf } from './new-owner.ts'
import { WORK_KINDS, type OpenWork, type OpenWorkReads, type RegistryReads, type WorkKind } from './ports.ts'
import { leadIn, readChain, type Chain } from './responsible.ts'

export interface HandOverParts {
  readonly registry: RegistryReads
  readonly work: OpenWorkReads
  readonly tasks: TaskReads
  readonly watching: Watching
  readonly sequence: MatterSequence
  readonly calendar: WorkingCalendar
  readonly writer: Writer
  readonly ids: IdSource
  readonly officerOf: OfficerOf
  /** What the county is told of a place without anybody. */
  readonly words: (place: string, counts: WorkCounts) => string
}

export interface HandOver {
  readonly fromId: string
  /** Null: whoever answers for each place. */
  readonly toId: string | null
  /** Only what lies in these territories; null = everything. */
  readonly within: ReadonlySet<string> | null
  readonly dryRun: boolean
  /** `operator`, `staff:<id>` */
  readonly actor: string
  readonly at: Instant
  readonly on: PlainDate
}

export type WorkCounts = Readonly<Record<WorkKind, number>>

export interface HandedOver {
  readonly total: WorkCounts
  /** Staff id → what that one was given. */
  readonly given: ReadonlyMap<string, WorkCounts>
  /** Places where nobody answers below the county. */
  readonly ownerless: readonly {
    readonly territoryId: string
    readonly path: string
    readonly counts: WorkCounts
    /** Number of the task that came of it; null in a dry run. */
    readonly task: string | null
  }[]
}

/** Things in one commit: a case is two rows, so that no commit holds more than 200. */
const CHUNK = 90
const TRIES = 5
/** Days in which the county should have appointed somebody. */
const DAYS_TO_APPOINT = 3

const TABLES: Readonly<Record<WorkKind, readonly [table: string, column: string]>> = {
  case: ['Case', 'assigneeId'],
  plan: ['VisitPlan', 'assigneeId'],
  task: ['Task', 'assigneeId'],
  measure: ['Measure', 'ownerId'],
  household: ['Household', 'helperId'],
  confirmation: ['Confirmation', 'staffId'],
  referral: ['Referral', 'toId'],
}

export const noWork = (): Record<WorkKind, number> =>
  Object.fromEntries(WORK_KINDS.map((kind) => [kind, 0])) as Record<WorkKind, number>

/** @throws AppError WRITE_CONFLICT */
export async function handOver(parts: HandOverParts, request: HandOver): Promise<HandedOver> {
  const tally = tallies()
  const chains = chainsOf(parts.registry)
  for (const kind of WORK_KINDS) {
    let afterId = ''
    for (let tries = 0; ;) {
      const page = await parts.work.workOf(request.fromId, kind, afterId, CHUNK)
      if (page.length === 0) break
      const mine = page.filter(({ territoryId }) => request.within?.has(territoryId) ?? true)
      const moves = await Promise.all(mine.map((thing) => moveOf(thing, request, chains, parts.officerOf)))
      if (!request.dryRun && moves.length > 0) {
        const outcome = await parts.writer.commit(changesOf(moves, kind, request, parts.ids))
        if (outcome.kind !== 'committed') {
          // Somebody worked on one of them meanwhile: read again and decide again.
          if (++tries >= TRIES) throw new AppError('WRITE_CONFLICT', { table: outcome.table })
          continue
        }
      }
      for (const move of moves) tally.count(move)
      tries = 0
      afterId = page.at(-1)?.id ?? afterId
    }
  }
  return { ...tally.all(), ownerless: await appoint(parts, tally.ownerless(), request, chains) }
}

interface Move {
  readonly thing: OpenWork
  readonly toId: string | null
  readonly ownerless: boolean
}

type Chains = (territoryId: string) => Promise<Chain>

/** Places are few, things many: each place is read once. */
export function chainsOf(registry: RegistryReads): Chains {
  const chains = new Map<string, Promise<Chain>>()
  return (territoryId) => {
    const known = chains.get(territoryId) ?? readChain(registry, territoryId)
    chains.set(territoryId, known)
    return known
  }
}

async function moveOf(
  thing: OpenWork,
  { fromId, toId, on }: HandOver,
  chains: Chains,
  officerOf: OfficerOf,
): Promise<Move> {
  const owner = newOwnerOf(await chains(thing.territoryId), thing, fromId, toId, on, officerOf)
  return { thing, toId: owner.staffId, ownerless: owner.ownerless }
}

function changesOf(moves: readonly Move[], kind: WorkKind, request: HandOver, ids: IdSource): readonly Change[] {
  const { fromId, actor, at } = request
  return [
    ...moves.flatMap(({ thing, toId }) => ownerChanges(thing, toId, at, ids)),
    insert('AuditEntry', {
      at,
      actor,
      action: 'hand_over',
      subject: fromId,
      detail: { what: kind, moved: moves.map(({ thing, toId }) => [thing.id, toId]) },
    }),
  ]
}

/** The row, and for a case an entry on its timeline. */
export function ownerChanges(
  thing: OpenWork,
  toId: string | null,
  at: Instant,
  ids: IdSource,
  set = {},
): readonly Change[] {
  const [table, column] = TABLES[thing.kind]
  // A confirmation knows no place, and waits for somebody always: it stays where it is until one is found.
  if (thing.kind === 'confirmation')
    return toId === null || toId === thing.ownerId ? [] : [update(table, thing.id, thing.revision, { [column]: toId })]
  const changed = update(table, thing.id, thing.revision, { ...set, [column]: toId })
  if (thing.kind !== 'case' || toId === thing.ownerId) return [changed]
  return [changed, event(ids, thing.id, at, { kind: 'system', id: null }, 'assigned', toId)]
}

function tallies() {
  const total = noWork()
  const given = new Map<string, Record<WorkKind, number>>()
  const places = new Map<string, Record<WorkKind, number>>()
  const add = (map: Map<string, Record<WorkKind, number>>, key: string, kind: WorkKind) => {
    const counts = map.get(key) ?? noWork()
    counts[kind] += 1
    map.set(key, counts)
  }
  return {
    count({ thing, toId, ownerless }: Move) {
      total[thing.kind] += 1
      if (toId !== null) add(given, toId, thing.kind)
      if (ownerless) add(places, thing.territoryId, thing.kind)
    },
    all: () => ({ total, given }),
    ownerless: (): ReadonlyMap<string, WorkCounts> => places,
  }
}

/** One task for each place, however much lies there; an open one is left as it is. */
async function appoint(
  parts: HandOverParts,
  places: ReadonlyMap<string, WorkCounts>,
  { at, on, dryRun }: Pick<HandOver, 'at' | 'on' | 'dryRun'>,
  chains: Chains,
): Promise<HandedOver['ownerless']> {
  const found: HandedOver['ownerless'][number][] = []
  for (const [territoryId, counts] of places) {
    const chain = await chains(territoryId)
    const path = chain.lineage[0]?.path ?? ''
    const task = dryRun ? null : await appointTask(parts, chain, territoryId, parts.words(path, counts), at, on)
    found.push({ territoryId, path, counts, task })
  }
  return found
}

async function appointTask(
  { tasks, sequence, calendar, watching, writer, ids }: HandOverParts,
  chain: Chain,
  territoryId: string,
  detail: string,
  at: Instant,
  on: PlainDate,
): Promise<string> {
  for (let tries = 0; tries < TRIES; tries++) {
    const known = await tasks.taskByOpenKey(taskKey('no_owner', territoryId))
    if (known) return known.number
    const { task, changes } = openTask(
      {
        kind: 'no_owner',
        number: matterNumber(on, await sequence.take(on)),
        caseId: null,
        householdId: null,
        territoryId,
        assigneeId: leadIn({ ...chain, covers: [] }, 'county', on),
        refId: null,
        detail,
        dueOn: calendar.onOrAfter(addDays(on, DAYS_TO_APPOINT)),
        seenFrom: 'county',
        about: territoryId,
      },
      watching,
      at,
      ids,
    )
    if ((await writer.commit(changes)).kind === 'committed') return task.number
  }
  throw new AppError('WRITE_CONFLICT', { table: 'Task' })
}
