import type { Change, Writer } from '../../base/change.ts'

/** Rows marked in one changeset. */
const BATCH = 500

/** A mark waits at most so long for a changeset that it can share a flush to disk with. Until then a crash means a resend. */
const LONGEST_WAIT_MS = 20
const RETRY_MS = 1_000

/** Marks that nobody waits for (`sent`): gathered, and written with the next group. */
export interface Marks {
  add(change: Change): void
  /** What waits by the end of this turn of the event loop shares the group of whatever is committed in it. */
  join(): void
  /** Resolves once everything added so far is on disk; a batch that can't be written now is kept for the next time. */
  flush(): Promise<void>
}

export function lateMarks(writer: Writer, logError: (error: unknown) => void): Marks {
  let waiting: Change[] = []
  let timer: ReturnType<typeof setTimeout> | null = null
  let joining = false
  const writing = new Set<Promise<void>>()

  const write = async (batch: readonly Change[]) => {
    try {
      const outcome = await writer.commit(batch)
      if (outcome.kind === 'committed' || batch.length === 1) return
      for (const change of batch) await writer.commit([change])
    } catch (error) {
      waiting = [...batch, ...waiting]
      arm(RETRY_MS)
      logError(error)
    }
  }

  const arm = (ms: number) => {
    timer ??= setTimeout(() => {
      timer = null
      handOver()
    }, ms)
  }

  const handOver = () => {
    joining = false
    while (waiting.length > 0) {
      const written = write(waiting.splice(0, BATCH)).finally(() => writing.delete(written))
      writing.add(written)
    }
  }

  return {
    add(change) {
      waiting.push(change)
      arm(LONGEST_WAIT_MS)
    },
    join() {
      if (joining || waiting.length === 0) return
      joining = true
      setImmediate(handOver)
    },
    async flush() {
      handOver()
      await Promise.all(writing)
      if (timer !== null && waiting.length === 0) {
        clearTimeout(timer)
        timer = null
      }
    },
  }
}
