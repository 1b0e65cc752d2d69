/**
 * The answers of a conversation as a persistent structure: a turn copies one chunk and shares the rest.
 * Plain JSON: `null` is a cell in which nothing has happened yet.
 */
import type { Program, Row } from './program.ts'

export interface Cell {
  /**
   * answered, skipped, known (taken from a fact), value (given without asking), nothing (only its relevance is worth keeping).
   */
  readonly k: 'a' | 's' | 'k' | 'v' | 'n'
  readonly v: string
  /** 0: its own `relevant` is false. */
  readonly r: 0 | 1
  /** 1: the person said “about”. */
  readonly p: 0 | 1
}

export interface RepeatCell {
  readonly k: 'r'
  readonly r: 0 | 1
  /** Instances there are. */
  readonly n: number
  /** 1: there are no more. */
  readonly c: 0 | 1
  /** What repeat_count gives; -1 without one. */
  readonly t: number
  /** Frames of the instances there are, and behind them of those taken back. */
  readonly f: readonly Frame[]
}

export type Slot = Cell | RepeatCell | null
/** Chunks of `CHUNK` slots. */
export type Frame = readonly (readonly Slot[])[]

export interface Values {
  readonly top: Frame
  /** Questions dealt with, and questions in play (known facts are neither). */
  readonly done: number
  readonly of: number
  /** Questions that got an answer; consents and skipped ones are none. */
  readonly said: number
}

export const NOTHING: Cell = { k: 'n', v: '', r: 1, p: 0 }
export const NO_INSTANCES: RepeatCell = { k: 'r', r: 1, n: 0, c: 0, t: -1, f: [] }

const BITS = 4
const CHUNK = 1 << BITS

const blanks = new Map<number, Frame>()

/** A frame in which nothing has happened; the same object for the same size. */
export function blankFrame(slots: number): Frame {
  let blank = blanks.get(slots)
  if (!blank) {
    const chunks: Slot[][] = []
    for (let from = 0; from < slots; from += CHUNK) chunks.push(Array<Slot>(Math.min(CHUNK, slots - from)).fill(null))
    blanks.set(slots, (blank = chunks))
  }
  return blank
}

const read = (frame: Frame, slot: number): Slot => (frame[slot >> BITS] as readonly Slot[])[slot & (CHUNK - 1)] ?? null

function write(frame: Frame, slot: number, value: Slot): Frame {
  const chunks = frame.slice()
  const chunk = (frame[slot >> BITS] as readonly Slot[]).slice()
  chunk[slot & (CHUNK - 1)] = value
  chunks[slot >> BITS] = chunk
  return chunks
}

/** The frame that a row's cell is in; null when there is no such instance. */
function frameOf(program: Program, top: Frame, row: Row, position: readonly number[]): Frame | null {
  let frame = top
  for (let depth = 0; depth < row.scope.length; depth++) {
    const repeat = program.rows[row.scope[depth] as number] as Row
    const cell = read(frame, repeat.slot) as RepeatCell | null
    const next = cell?.f[position[depth] as number]
    if (!next) return null
    frame = next
  }
  return frame
}

/** `position` has an instance number (from 0) for each repeat around the row. */
export function slotAt(program: Program, top: Frame, row: Row, position: readonly number[]): Slot {
  const frame = row.scope.length === 0 ? top : frameOf(program, top, row, position)
  return frame === null ? null : read(frame, row.slot)
}

export function cellAt(program: Program, top: Frame, row: Row, position: readonly number[]): Cell {
  return (slotAt(program, top, row, position) as Cell | null) ?? NOTHING
}

export function repeatAt(program: Program, top: Frame, row: Row, position: readonly number[]): RepeatCell {
  return (slotAt(program, top, row, position) as RepeatCell | null) ?? NO_INSTANCES
}

/** The instance must exist. */
export function withSlot(program: Program, top: Frame, row: Row, position: readonly number[], value: Slot): Frame {
  return row.scope.length === 0 ? write(top, row.slot, value) : inside(program, top, row, position, value, 0)
}

function inside(
  program: Program,
  frame: Frame,
  row: Row,
  position: readonly number[],
  value: Slot,
  depth: number,
): Frame {
  if (depth === row.scope.length) return write(frame, row.slot, value)
  const repeat = program.rows[row.scope[depth] as number] as Row
  const cell = read(frame, repeat.slot) as RepeatCell
  const at = position[depth] as number
  const frames = cell.f.slice()
  frames[at] = inside(program, frames[at] as Frame, row, position, value, depth + 1)
  return write(frame, repeat.slot, { ...cell, f: frames })
}
