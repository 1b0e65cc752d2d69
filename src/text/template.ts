/**
 * Sentences with gaps: `还差 ${n} 个问题`, `${by, date}`. A sentence is cut up once and filled in one pass, so that a value
 * that looks like a gap itself (people type anything) stays what it is.
 */
import { FORMATS, type FormatName } from './formats.ts'

export interface Gap {
  readonly name: string
  readonly format: FormatName | null
}

/** Words and gaps in order. */
export type Template = readonly (string | Gap)[]

const GAP = /\$\{\s*([^\s,{}$]+)\s*(?:,\s*(\w+)\s*)?\}/g

export function compileTemplate(sentence: string): Template {
  const parts: (string | Gap)[] = []
  let end = 0
  for (const match of sentence.matchAll(GAP)) {
    if (match.index > end) parts.push(sentence.slice(end, match.index))
    const format = match[2]
    parts.push({ name: match[1] as string, format: format !== undefined && isFormat(format) ? format : null })
    end = match.index + match[0].length
  }
  if (end < sentence.length || parts.length === 0) parts.push(sentence.slice(end))
  return parts
}

const isFormat = (name: string): name is FormatName => Object.hasOwn(FORMATS, name)

/** Names that a sentence expects to be given. */
export const gapsOf = (sentence: string): readonly string[] =>
  compileTemplate(sentence).flatMap((part) => (typeof part === 'string' ? [] : [part.name]))
