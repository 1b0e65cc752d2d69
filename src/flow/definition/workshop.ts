/** What building a row needs, and the pieces that all kinds of rows share. */
import type { Compiled } from '../expression/environment.ts'
import type { GroupRow, List, Sentence } from '../program.ts'
import { isDynamic, textColumn } from './column.ts'
import type { ExpressionReader } from './expressions.ts'
import type { LaidRow } from './layout.ts'
import type { Complaints } from './problems.ts'
import { spotOf, type RowSource } from './row-source.ts'
import { bareSentence, findSentence, type Resolve } from './sentence.ts'
import type { Words } from './words.ts'

export interface Workshop {
  readonly rows: readonly LaidRow[]
  readonly gates: ReadonlyMap<number, readonly string[]>
  readonly expressions: ExpressionReader
  readonly complaints: Complaints
  readonly words: Words
  /** Finds a name as seen from a row. */
  resolve(from: LaidRow): Resolve
  list(name: string, withOther: boolean, source: RowSource): List | null
}

/** What all kinds of rows have; `reaches` is known only once all rows are built. */
export type Base = Omit<GroupRow, 'kind' | 'end' | 'label'>

export function expression(laid: LaidRow, column: string, text: string, shop: Workshop): Compiled | null {
  return shop.expressions.read(text, laid.scopeNames, spotOf(laid.source, column), column)
}

/** A static text, or an expression that is evaluated once. */
export function initialOf(laid: LaidRow, shop: Workshop): Compiled | string | null {
  const text = textColumn(laid.source, 'default')
  if (text === null) return null
  return isDynamic(text) ? expression(laid, 'default', text, shop) : text.trim()
}

export function wordsFor(laid: LaidRow, what: string, shop: Workshop, own: readonly string[] = []): Sentence | null {
  const { source } = laid
  const key = `${source.namespace}:questions.${source.name}.${what}`
  const found = findSentence(key, source.columns.get(what), shop.words, shop.resolve(laid), own)
  for (const name of found?.unknown ?? [])
    shop.complaints.add('unknown_reference', spotOf(source, what), { column: what, name })
  if (found && !found.inline && shop.words.own)
    for (const language of shop.words.languages)
      if (!shop.words.own(language, key)) shop.complaints.add('missing_translation', spotOf(source), { language, key })
  return found
}

/** The question that `or_other` makes has words even when nobody wrote any. */
const OTHER: Sentence = { key: 'flow:other_specify', inline: null, refs: [] }

export function labelFor(laid: LaidRow, shop: Workshop): Sentence {
  const found = wordsFor(laid, 'label', shop)
  if (found) return found
  if (laid.source.made) return OTHER
  shop.complaints.add('missing_label', spotOf(laid.source), {
    key: `${laid.source.namespace}:questions.${laid.source.name}.label`,
  })
  return bareSentence(laid.source.name, shop.words)
}
