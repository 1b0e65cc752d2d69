/**
 * The one place that writes. What arrives while a group is being committed forms the next group, so that many
 * changesets share one flush to disk without anybody waiting for a timer.
 * Not here: SQL (writing/sqlite.ts, writing/postgresql.ts), reading (reads/), deciding (the rooms).
 */
import { type Change, type CommitOutcome, type Writer } from '../base/change.ts'
import { AppError } from '../base/errors.ts'
import type { Changeset, GroupResult, WriteConnection } from './writing/connection.ts'
import type { Step } from './writing/plan.ts'
import type { Planner } from './writing/planner.ts'

/** A group of this size pays for its flush many times over; larger ones only add latency. */
const GROUP_CHANGESETS = 256
const GROUP_ROWS = 2_000

export interface StorageWriter extends Writer {
  /** Resolves when everything handed over so far is on disk. */
  settled(): Promise<void>
  /** Waits for what was handed over, then refuses more. */
  close(): Promise<void>
}

interface Waiting extends Changeset {
  readonly resolve: (outcome: CommitOutcome) => void
  readonly reject: (error: unknown) => void
}

const COMMITTED: CommitOutcome = { kind: 'committed' }

export function createWriter(connection: WriteConnection, planner: Planner): StorageWriter {
  let queue: Waiting[] = []
  let running = false
  let closed = false
  let idle: (() => void)[] = []

  const schedule = () => {
    running = true
    setImmediate(() => void flush())
  }

  const flush = async () => {
    const group = takeGroup()
    await runOrReject(group)
    if (queue.length > 0) return schedule()
    running = false
    for (const wake of idle) wake()
    idle = []
  }

  /** From the front of the queue; a changeset that touches a row of an earlier one stays for a later group. */
  const takeGroup = (): Waiting[] => {
    const group: Waiting[] = []
    const later: Waiting[] = []
    let rows = 0
    let index = 0
    for (; index < queue.length; index++) {
      const changeset = queue[index] as Waiting
      if (group.length === GROUP_CHANGESETS || (rows + changeset.steps.length > GROUP_ROWS && group.length > 0)) break
      if (touch(changeset.steps)) {
        rows += changeset.steps.length
        group.push(changeset)
      } else later.push(changeset)
    }
    queue = later.length === 0 ? queue.slice(index) : [...later, ...queue.slice(index)]
    for (const table of planner.tables) table.release()
    return group
  }

  /** Outcomes are told when the last round is on disk: a duplicate of a row that is not there yet is no duplicate. */
  const runGroup = async (group: readonly Waiting[]): Promise<void> => {
    const outcomes = new Map<Changeset, CommitOutcome>()
    let rest = group
    while (rest.length > 0) {
      const pending = connection.run(rest)
      const result: GroupResult = pending instanceof Promise ? await pending : pending
      if (!result.committed && result.losers.size === 0) {
        await runHalves(rest)
        break
      }
      for (const [changeset, lost] of result.losers) outcomes.set(changeset, lost)
      if (result.committed) break
      rest = rest.filter((changeset) => !result.losers.has(changeset))
    }
    for (const changeset of group) changeset.resolve(outcomes.get(changeset) ?? COMMITTED)
  }

  const runHalves = async (group: readonly Waiting[]): Promise<void> => {
    const [first] = group
    if (group.length === 1 && first)
      return first.resolve({ kind: 'conflict', table: first.steps.at(-1)?.table.name ?? '' })
    const middle = group.length >> 1
    await runOrReject(group.slice(0, middle))
    await runOrReject(group.slice(middle))
  }

  /** A full or busy disk concerns everybody; any other fault is some changeset's own, and is narrowed down to it. */
  const runOrReject = async (group: readonly Waiting[]): Promise<void> => {
    try {
      await runGroup(group)
    } catch (error) {
      if (group.length === 1 || isMachineFault(error)) for (const changeset of group) changeset.reject(error)
      else await runHalves(group)
    }
  }

  return {
    commit(changes: readonly Change[]) {
      if (closed) return Promise.reject(new AppError('INTERNAL', { why: 'the writer is closed' }))
      let steps: Step[]
      try {
        steps = planner.plan(changes)
      } catch (error) {
        return Promise.reject(error as Error)
      }
      if (steps.length === 0) return Promise.resolve(COMMITTED)
      return new Promise((resolve, reject) => {
        queue.push({ steps, resolve, reject })
        if (!running) schedule()
      })
    },
    settled,
    async close() {
      closed = true
      await settled()
      await connection.close()
    },
  }

  function settled(): Promise<void> {
    return running ? new Promise((resolve) => idle.push(resolve)) : Promise.resolve()
  }
}

const isMachineFault = (error: unknown) =>
  error instanceof AppError && (error.code === 'DATABASE_FULL' || error.code === 'DATABASE_BUSY')

/**
 * Marks the rows of a changeset as taken. Guards of one row don't exclude each other.
 * @returns false where one was taken before; all are marked all the same, so that nobody overtakes.
 */
function touch(steps: readonly Step[]): boolean {
  let free = true
  for (const { op, table, id } of steps) {
    if (id === null) continue
    if (op === 'expect') {
      if (table.touched.has(id)) free = false
      table.guarded.add(id)
      continue
    }
    const before = table.touched.size
    table.touched.add(id)
    if (table.touched.size === before || (table.guarded.size > 0 && table.guarded.has(id))) free = false
  }
  return free
}
