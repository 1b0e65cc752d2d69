/** How a house was made safe, in what staff say at the end of it. */
import { normalise, unspaced } from '../../flow/answers/normalise.ts'
import type { Text } from '../../text/text.ts'
import { formsIn } from './stage-said.ts'

const REMEDIES = ['repaired', 'rebuilt', 'moved'] as const

export interface RemedyForms {
  readonly remedies: readonly (readonly [form: string, remedy: (typeof REMEDIES)[number]])[]
  readonly negations: readonly string[]
}

export const remedyForms = (text: Text): RemedyForms => ({
  remedies: REMEDIES.flatMap((remedy) =>
    formsIn(text, `stages:remedy.${remedy}`).map((form) => [form, remedy] as const),
  ),
  negations: formsIn(text, 'stages:negations'),
})

/** @returns null where none is named, or only one that has not happened (还没修好) */
export function remedyIn(said: string, { remedies, negations }: RemedyForms): string | null {
  const text = unspaced(normalise(said))
  for (const [form, remedy] of remedies) {
    const at = text.indexOf(form)
    if (at >= 0 && !negations.some((no) => text.slice(0, at).endsWith(no))) return remedy
  }
  return null
}
