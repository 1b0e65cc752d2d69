/** Words of a visit in one line, in every language: those of the flow's lists, and those that only a line needs. */
import { normalise, unspaced } from '../../flow/answers/normalise.ts'
import type { Text } from '../../text/text.ts'

export type LineWord =
  | { readonly kind: 'mode'; readonly value: 'in_person' | 'phone' }
  | { readonly kind: 'met'; readonly value: 'self' | 'family' | 'none' }
  | { readonly kind: 'change'; readonly value: string }
  | { readonly kind: 'gap'; readonly value: string }
  | { readonly kind: 'measures'; readonly value: string }

export interface LineWords {
  /** What a line begins with: 走访, 电访. Longest first. */
  readonly verbs: readonly { readonly form: string; readonly mode: 'in_person' | 'phone' }[]
  /** Before the day that was agreed: 下次. */
  readonly next: readonly string[]
  /** 我, 我们, 了 … at either end of what is read. */
  readonly fillers: readonly string[]
  /** A piece that holds one of these, or a digit, may be a day. */
  readonly dayMarks: readonly string[]
  /** Of a piece without blanks (Chinese) or of one word after another (English). */
  readonly words: ReadonlyMap<string, LineWord>
}

export function lineWords(text: Text): LineWords {
  const words = new Map<string, LineWord>()
  const add = (form: string, word: LineWord) => {
    const even = unspacedChinese(normalise(form))
    if (even !== '' && !words.has(even)) words.set(even, word)
  }
  // What stands in two lists is a change rather than a gap.
  for (const list of ['mode', 'met', 'changes', 'gaps', 'measures'] as const) {
    for (const { name, form } of choicesOf(text, list)) add(form, wordOf(list, name))
  }
  for (const name of ['met_none', 'met_self', 'no_change', 'mode_in_person'] as const) {
    for (const form of listOf(text, `visits:words.${name}`)) add(form, EXTRA[name])
  }
  const verbs = (['in_person', 'phone'] as const).flatMap((mode) =>
    listOf(text, `visits:words.verb_${mode}`).map((form) => ({ form: normalise(form), mode })),
  )
  return {
    verbs: verbs.sort((a, b) => b.form.length - a.form.length),
    next: listOf(text, 'visits:words.next').map(normalise),
    fillers: listOf(text, 'visits:words.fillers').map(normalise),
    dayMarks: listOf(text, 'visits:words.day_marks').map(normalise),
    words,
  }
}

const EXTRA = {
  met_none: { kind: 'met', value: 'none' },
  met_self: { kind: 'met', value: 'self' },
  no_change: { kind: 'change', value: 'none' },
  mode_in_person: { kind: 'mode', value: 'in_person' },
} as const satisfies Record<string, LineWord>

function wordOf(list: 'mode' | 'met' | 'changes' | 'gaps' | 'measures', name: string): LineWord {
  switch (list) {
    case 'mode':
      return { kind: 'mode', value: name === 'phone' ? 'phone' : 'in_person' }
    case 'met':
      return { kind: 'met', value: name === 'none' ? 'none' : name === 'family' ? 'family' : 'self' }
    case 'changes':
      return { kind: 'change', value: name }
    case 'gaps':
      return { kind: 'gap', value: name }
    case 'measures':
      return { kind: 'measures', value: name }
  }
}

function choicesOf(text: Text, list: string): readonly { readonly name: string; readonly form: string }[] {
  return text.languages.flatMap((language) =>
    Object.entries(text.object(language, `lists:${list}`) ?? {}).flatMap(([name, choice]) => {
      const { label, also } = choice as { readonly label?: unknown; readonly also?: unknown }
      const forms = [label, ...(Array.isArray(also) ? also : [])].filter((form) => typeof form === 'string')
      return forms.map((form) => ({ name, form }))
    }),
  )
}

/** A list of forms, of all languages. */
export const listOf = (text: Text, key: string): readonly string[] =>
  text.languages.flatMap((language) => {
    const forms = text.object(language, key)
    return Array.isArray(forms) ? forms.map(String) : []
  })

export const unspacedChinese = (form: string): string => (/[a-z]/.test(form) ? form : unspaced(form))
