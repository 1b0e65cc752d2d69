/**
 * A sentence to be: a key of the locales with its parameters, or words that are already somebody's own.
 * The same shape as a flow's TextRef; a parameter may be a sentence itself.
 */
export type Phrase =
  { readonly key: string; readonly params?: Readonly<Record<string, PhraseParam>> } | { readonly literal: string }

export type PhraseParam = string | number | Phrase
