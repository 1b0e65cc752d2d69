/** What might help, and why: proposed to staff, decided by a person. */
import type { MeasurePolicy } from './policy.ts'
import type { Circumstances } from './ports.ts'

/** One reason and what it speaks for; the sentence is `measures:because.<by>.<id>`. */
export interface Suggestion {
  readonly by: 'labour' | 'cause'
  readonly id: string
  /** Each measure stands under the first reason that names it. */
  readonly kinds: readonly string[]
}

/** @param planned kinds that the plan has already */
export function suggestMeasures(
  { labour, causes }: Circumstances,
  planned: readonly string[],
  policy: MeasurePolicy,
): readonly Suggestion[] {
  const said = new Set(planned)
  const reasons = [
    ...(labour === null ? [] : [{ by: 'labour', id: labour, kinds: policy.byLabour.get(labour) ?? [] } as const]),
    ...causes.map((id) => ({ by: 'cause', id, kinds: policy.byCause.get(id) ?? [] }) as const),
  ]
  const suggestions: Suggestion[] = []
  for (const { by, id, kinds } of reasons) {
    const fresh = kinds.filter((kind) => !said.has(kind))
    for (const kind of fresh) said.add(kind)
    if (fresh.length > 0) suggestions.push({ by, id, kinds: fresh })
  }
  return suggestions
}
