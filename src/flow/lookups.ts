import type { PickerType } from './answers/understanding.ts'

/** Questions that a picker puts to the registry before a turn is taken (the step itself asks nobody). */
export type LookupKey = string

export interface Lookup {
  readonly key: LookupKey
  readonly type: PickerType
  /** For territories: the level asked for (`village`). */
  readonly level: string | null
  /** What was typed; "" asks for the whole short list (courses that are open); a stored value finds its own row. */
  readonly text: string
}

/** Same key for the same question: what `Turn.found` is looked up by. */
export const lookupKey = (type: Lookup['type'], level: string | null, text: string): LookupKey =>
  `${type}/${level ?? ''}/${text}`
