/** Who answers while somebody is away. */
import type { PlainDate } from '../../base/time.ts'
import type { CoverRecord } from './ports.ts'

/** @returns the staff id itself when that one is there on that day; null when whoever was named may not, or is away too. */
export function standIn(
  staffId: string,
  covers: readonly CoverRecord[],
  mayAnswer: (staffId: string) => boolean,
  on: PlainDate,
): string | null {
  const asked = new Set<string>()
  for (let id = staffId; !asked.has(id);) {
    asked.add(id)
    const cover = coverOf(id, covers, on)
    if (!cover) return id
    if (!mayAnswer(cover.byStaffId)) return null
    id = cover.byStaffId
  }
  return null
}

/** The one that holds on that day; of several the last that was made. */
export const coverOf = (staffId: string, covers: readonly CoverRecord[], on: PlainDate): CoverRecord | null =>
  covers.findLast((cover) => cover.staffId === staffId && cover.fromOn <= on && on <= cover.toOn) ?? null

export const isAway = (staffId: string, covers: readonly CoverRecord[], on: PlainDate): boolean =>
  coverOf(staffId, covers, on) !== null
