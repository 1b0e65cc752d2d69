/** How departments call columns, causes and rows that are no people: of every language, in `comparison.json`. */
import { AppError } from '../../base/errors.ts'
import type { Json } from '../../base/json.ts'
import { COMPARISON_COLUMNS } from '../../domain/comparison/row.ts'
import { normalForm } from '../../domain/registry/import/normal-form.ts'
import { RISK_CAUSES } from '../../domain/risk/causes.ts'
import type { Text } from '../../text/text.ts'

/**
 * Titles in normal form → column.
 * @param map `姓名=name,身份证=id_number` in place of what the title would mean
 * @throws AppError ARGUMENT_INVALID for a map that names no column
 */
export function comparisonTitles(text: Text, map: string | null, language: string): ReadonlyMap<string, string> {
  const titles = new Map<string, string>(COMPARISON_COLUMNS.map((name) => [normalForm(name), name]))
  for (const each of text.languages) {
    for (const name of COMPARISON_COLUMNS) {
      for (const title of sentences(text.object(each, `comparison:columns.${name}`))) {
        if (!titles.has(normalForm(title))) titles.set(normalForm(title), name)
      }
    }
  }
  for (const pair of (map ?? '').split(/[,，]/).filter((each) => each.trim() !== '')) {
    const [title = '', name = ''] = pair.split(/[=＝]/).map((part) => part.trim())
    if (title === '' || !(COMPARISON_COLUMNS as readonly string[]).includes(name)) {
      const params = { pair: pair.trim(), columns: COMPARISON_COLUMNS.join(' ') }
      throw new AppError('ARGUMENT_INVALID', {
        argument: '--map',
        reason: text.say({ key: 'comparison:import.bad_map', params }, language),
      })
    }
    // What is said on the command line goes before what the titles would mean.
    for (const [known, column] of titles) if (column === name) titles.delete(known)
    titles.set(normalForm(title), name)
  }
  return titles
}

export interface ComparisonWords {
  /** What a risk is called → risk_cause; null for none. */
  kinds(said: string): string | null
  /** Normal form of what rows of totals and remarks begin with. */
  readonly notPeople: readonly string[]
}

export function comparisonWords(text: Text): ComparisonWords {
  const kinds = new Map<string, string>(RISK_CAUSES.map((name) => [name, name]))
  for (const language of text.languages) {
    for (const name of RISK_CAUSES) {
      const listed = text.object(language, `lists:risk_cause.${name}`)
      const also = listed === undefined ? [] : Object.values(listed).flat()
      const said = [text.raw(language, `risk:cause.${name}`), ...also]
      for (const word of said) {
        if (typeof word === 'string' && !kinds.has(normalForm(word))) kinds.set(normalForm(word), name)
      }
    }
  }
  const notPeople = text.languages.flatMap((language) => sentences(text.object(language, 'comparison:not_people')))
  return { kinds: (said) => kinds.get(normalForm(said)) ?? null, notPeople: notPeople.map(normalForm) }
}

const sentences = (value: Json | undefined): readonly string[] =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : []
