/**
 * Groups on PostgreSQL: one transaction, one statement per kind of change and shape of row, whatever the number of rows.
 * Rows are handed over as one array per column, so that a statement's text depends on its shape only and stays prepared.
 */
import type pg from 'pg'
import { setTimeout as pause } from 'node:timers/promises'
import { link } from './audit-chain.ts'
import type { Changeset, GroupResult, Lost, WriteConnection } from './connection.ts'
import { batchesOf, type Batch } from './postgres-batches.ts'
import { postgresFault, transientCode, UNIQUE_VIOLATION } from './postgres-fault.ts'
import type { InsertStep } from './plan.ts'

/** Deadlocks and failed serialisations are nobody's fault: the same group is run again. */
const TRIES = 8
const PAUSE_MILLISECONDS = 10

/**
 * @param connect gives a connection of the writer's own; called again after a connection was lost
 * @param auditChain name of this writer's chain
 */
export async function postgresWriteConnection(
  connect: () => Promise<pg.Client>,
  auditChain: string,
): Promise<WriteConnection> {
  let client = await connect()
  let lost = false
  const watch = () => client.once('error', () => (lost = true))
  watch()

  const reconnect = async (): Promise<void> => {
    await client.end().catch(() => undefined)
    client = await connect()
    lost = false
    watch()
  }

  const query = (name: string, text: string, values: unknown[]) =>
    client.query<{ id: string }>({ name, text, values }).then(({ rows }) => rows)

  const chainUp = async (steps: readonly InsertStep[]): Promise<void> => {
    if (steps.length === 0) return
    const found = await client.query<{ hash: string }>(
      'SELECT "hash" FROM "AuditEntry" WHERE "chain" = $1 ORDER BY "id" DESC LIMIT 1',
      [auditChain],
    )
    let head: string | null = found.rows[0]?.hash ?? null
    for (const step of steps) head = link(step, auditChain, head)
  }

  /** @returns null when every row of the batch went through */
  const runBatch = async (batch: Batch): Promise<Map<Changeset, Lost> | null> => {
    const done = await query(batch.name, batch.sql, batch.values())
    if (batch.expected === null || done.length === batch.expected) return null
    const through = new Set(done.map(({ id }) => String(id)))
    return batch.losersBut(through)
  }

  const execute = async (group: readonly Changeset[]): Promise<GroupResult> => {
    const { audits, batches } = batchesOf(group)
    await client.query('BEGIN')
    await chainUp(audits)
    for (const batch of batches) {
      const losers = await runBatch(batch)
      if (losers === null) continue
      await client.query('ROLLBACK')
      return { committed: false, losers }
    }
    await client.query('COMMIT')
    return { committed: true, losers: new Map() }
  }

  return {
    async run(group) {
      for (let tries = 1; ; tries++) {
        try {
          if (lost) await reconnect()
          return await execute(group)
        } catch (error) {
          await client.query('ROLLBACK').catch(() => undefined)
          if (UNIQUE_VIOLATION === (error as { code?: string }).code) return { committed: false, losers: new Map() }
          if (!transientCode(error) || tries === TRIES) throw postgresFault(error)
          await pause(PAUSE_MILLISECONDS * tries * (0.5 + Math.random()))
        }
      }
    },
    close: () => client.end(),
  }
}
