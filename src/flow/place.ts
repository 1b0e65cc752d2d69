/** Where in a flow: a row and the instances it is looked at in. `people[2].name` in words. */
import type { Program, RepeatRow, Row } from './program.ts'

export interface Place {
  readonly row: number
  /** Instances of the repeats around the row, from 0. On a repeat's own row one more: the instance that is asked about. */
  readonly position: readonly number[]
}

export const OUTSIDE: readonly number[] = []

export function pathOf(program: Program, place: Place): string {
  const row = program.rows[place.row] as Row
  if (place.position.length === 0) return row.path
  let path = ''
  row.scope.forEach((repeat, depth) => {
    path += `${(program.rows[repeat] as Row).key}[${(place.position[depth] as number) + 1}].`
  })
  const own = place.position[row.scope.length]
  return path + row.key + (own === undefined ? '' : `[${own + 1}]`)
}

/** @returns null for a path that this flow has no row for. */
export function placeOf(program: Program, path: string): Place | null {
  const plain = program.byPath.get(path)
  if (plain && plain.scope.length === 0) return { row: plain.at, position: OUTSIDE }
  const position: number[] = []
  const keys: string[] = []
  for (const part of path.split(/(?<=\])\./)) {
    const match = /^(.*)\[(\d+)\]$/.exec(part)
    keys.push(match ? (match[1] as string) : part)
    if (match) position.push(Number(match[2]) - 1)
  }
  const row = program.byPath.get(keys.join('.'))
  if (!row || position.some((at) => at < 0)) return null
  const wanted = row.scope.length + (row.kind === 'repeat' ? 1 : 0)
  return position.length === wanted ? { row: row.at, position } : null
}

/** Innermost repeat that the row is in. */
export function repeatAround(program: Program, row: Row): RepeatRow | null {
  const at = row.scope.at(-1)
  return at === undefined ? null : (program.rows[at] as RepeatRow)
}
