/** What a kind of database gives to the writer: it runs a group of changesets in one transaction. */
import type { CommitOutcome } from '../../base/change.ts'
import type { Step } from './plan.ts'

export interface Changeset {
  readonly steps: readonly Step[]
}

export type Lost = Exclude<CommitOutcome, { kind: 'committed' }>

export interface GroupResult {
  /** True: everything but the losers is on disk. False: nothing is; the rest has to run again without the losers. */
  readonly committed: boolean
  /** Where nothing was committed and nobody is named, some changeset breaks a unique key: run the halves. */
  readonly losers: ReadonlyMap<Changeset, Lost>
}

export interface WriteConnection {
  /** @throws AppError DATABASE_BUSY, DATABASE_FULL, or what the database said: nothing of the group is on disk then. */
  run(group: readonly Changeset[]): GroupResult | Promise<GroupResult>
  close(): void | Promise<void>
}
