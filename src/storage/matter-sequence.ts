/**
 * Matter numbers of a day, reserved in blocks through the one row of that day, so that no two processes give the same.
 * What is left of a block is given back when storage closes, unless another process has gone on behind it.
 */
import { insertOnce, update, type Writer } from '../base/change.ts'
import { AppError } from '../base/errors.ts'
import type { PlainDate } from '../base/time.ts'
import type { MatterSequence } from '../domain/cases/ports.ts'
import type { RowSource } from './row-source.ts'

const BLOCK = 32
const TRIES = 50

interface Block {
  readonly day: string
  next: number
  readonly end: number
  /** Of the row, as long as nobody else has reserved after this block. */
  readonly revision: number
}

export interface StoredSequence extends MatterSequence {
  /** Call before the writer closes. */
  giveBack(): Promise<void>
}

const dayOf = (on: PlainDate): string => on.slice(2).replaceAll('-', '')

export function createMatterSequence(writer: Writer, rows: RowSource): StoredSequence {
  const blocks = new Map<string, Block>()
  let turn: Promise<unknown> = Promise.resolve()

  const reserve = async (day: string, count: number): Promise<Block> => {
    for (let tries = 0; tries < TRIES; tries++) {
      const row = await rows.first('NumberBlock', { where: { id: day } })
      const first = row?.next ?? 1
      const end = first + count
      const outcome = await writer.commit([
        row
          ? update('NumberBlock', day, row.revision, { next: end })
          : insertOnce('NumberBlock', { id: day, next: end, revision: 0 }),
      ])
      if (outcome.kind === 'committed') return { day, next: first, end, revision: row ? row.revision + 1 : 0 }
    }
    throw new AppError('WRITE_CONFLICT', { table: 'NumberBlock' })
  }

  const take = async (day: string): Promise<number> => {
    let block = blocks.get(day)
    if (!block || block.next === block.end) {
      block = await reserve(day, BLOCK)
      blocks.set(day, block)
    }
    return block.next++
  }

  /** What is left of the block at hand, then a block of exactly what is missing. */
  const takeMany = async (day: string, count: number): Promise<number[]> => {
    const taken: number[] = []
    const block = blocks.get(day)
    while (block && block.next < block.end && taken.length < count) taken.push(block.next++)
    if (taken.length === count) return taken
    const fresh = await reserve(day, count - taken.length)
    blocks.set(day, fresh)
    while (fresh.next < fresh.end) taken.push(fresh.next++)
    return taken
  }

  return {
    takeMany(on, count) {
      const taken = turn.then(() => takeMany(dayOf(on), count))
      turn = taken.catch(() => undefined)
      return taken
    },
    take(on: PlainDate) {
      const day = dayOf(on)
      const block = blocks.get(day)
      if (block && block.next < block.end) return Promise.resolve(block.next++)
      const taken = turn.then(() => take(day))
      turn = taken.catch(() => undefined)
      return taken
    },
    async giveBack() {
      await turn
      for (const { day, next, end, revision } of blocks.values()) {
        if (next < end) await writer.commit([update('NumberBlock', day, revision, { next })])
      }
      blocks.clear()
    },
  }
}
