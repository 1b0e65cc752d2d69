import type { Change, Writer } from '../../base/change.ts'

/** Rows marked in one changeset. */
const BATCH = 500

/** Marks that nobody waits for (`sent`): gathered, and written with a later group. */
export interface Marks {
  add(change: Change): void
  /** Resolves once everything added so far is on disk; a batch that can't be written now is kept for the next time. */
  flush(): Promise<void>
}

export function lateMarks(writer: Writer, logError: (error: unknown) => void): Marks {
  let waiting: Change[] = []
  let scheduled = false
  let running: Promise<void> | null = null

  const write = async (batch: readonly Change[]) => {
    const outcome = await writer.commit(batch)
    if (outcome.kind === 'committed' || batch.length === 1) return
    for (const change of batch) await writer.commit([change])
  }

  const work = async () => {
    while (waiting.length > 0) {
      const batch = waiting.splice(0, BATCH)
      try {
        await write(batch)
      } catch (error) {
        waiting = [...batch, ...waiting]
        logError(error)
        return
      }
    }
  }

  const flush = (): Promise<void> => {
    running ??= work().finally(() => {
      running = null
    })
    return running
  }

  return {
    add(change) {
      waiting.push(change)
      if (scheduled) return
      scheduled = true
      setImmediate(() => {
        scheduled = false
        void flush()
      })
    },
    async flush() {
      await flush()
      if (waiting.length > 0) await flush()
    },
  }
}
