/** Which column a header names, and which word a cell means: names of the contract, or what any language calls them. */
import { normalForm } from '../../domain/registry/import/normal-form.ts'
import { departmentRole } from '../../domain/registry/responsible.ts'
import { vocabularyOf, type Vocabulary } from '../../domain/registry/import/vocabulary.ts'
import type { ColumnSpec } from '../../domain/registry/import/row.ts'
import type { Json } from '../../base/json.ts'
import type { Text } from '../../text/text.ts'

/** Titles in normal form → name of the column. */
export function titlesOf(what: string, columns: readonly ColumnSpec[], text: Text): ReadonlyMap<string, string> {
  const titles = new Map(columns.map(({ name }) => [normalForm(name), name]))
  for (const language of text.languages) {
    for (const { name } of columns) {
      for (const title of sentences(text.object(language, `imports:columns.${what}.${name}`))) {
        if (!titles.has(normalForm(title))) titles.set(normalForm(title), name)
      }
    }
  }
  return titles
}

/** @param departments of flows/policy/routing.yaml: each has its officers */
export function vocabularyFrom(text: Text, departments: readonly string[] = []): Vocabulary {
  return vocabularyOf(
    text.languages.flatMap((language) =>
      Object.entries(text.object(language, 'imports:values') ?? {}).flatMap(([list, names]) =>
        Object.entries(isObject(names) ? names : {}).flatMap(([name, titles]) =>
          sentences(titles).map((title) => [list, name, title] as const),
        ),
      ),
    ),
    departments.map(departmentRole),
  )
}

/** What the language calls a column; its name when it has no word for it. */
export const titleOf = (what: string, column: string, text: Text, language: string): string =>
  sentences(text.object(language, `imports:columns.${what}.${column}`))[0] ?? column

const isObject = (value: Json): value is { readonly [name: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const sentences = (value: Json | undefined): readonly string[] =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : []
