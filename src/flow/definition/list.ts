/** Choice lists with the words for each choice in each language. */
import { normalise } from '../answers/normalise.ts'
import type { ChoiceOption } from '../answers/understanding.ts'
import type { Choice, TextRef } from '../effects.ts'
import type { ChoiceRow, List, SpokenList } from '../program.ts'
import { isLocatedList, isLocatedMap, textOf, type Located } from './located.ts'
import type { Complaints } from './problems.ts'
import { inlineOf } from './sentence.ts'
import { wordsAnywhere, type Words } from './words.ts'

export interface ListSource {
  readonly name: string
  readonly file: string
  readonly line: number
  /** As written; null for a list that only the locales have. */
  readonly rows: Located | null
  /** Where its words may be, best first: `flows/x:choices.causes`, `lists:causes`. */
  readonly keys: readonly string[]
}

const YES_NO = new Set(['yes', 'no', 'dk'])
const NAME_COLUMNS = new Set(['name', 'label', 'also', 'image'])

interface WrittenChoice extends ChoiceRow {
  readonly label: Readonly<Record<string, string>> | null
}

/** @param withOther adds the choice `other`. */
export function buildList(source: ListSource, words: Words, withOther: boolean, complaints: Complaints): List {
  const written = readChoices(source, words, complaints)
  if (withOther && !written.some(({ name }) => name === 'other'))
    written.push({ name: 'other', columns: { name: 'other' }, label: null })
  const spot = { file: source.file, line: source.line }
  if (written.length === 0) complaints.add('empty_list', spot, { list: source.name })
  const seen = new Set<string>()
  for (const { name } of written) {
    if (seen.has(name)) complaints.add('duplicate_choice', spot, { list: source.name, choice: name })
    if (/\s/.test(name)) complaints.add('choice_name_blank', spot, { list: source.name, choice: name })
    seen.add(name)
  }
  const missing = new Set<string>()
  const spoken = new Map(
    words.languages.map((language) => [language, speak(written, source, words, language, missing)]),
  )
  for (const choice of missing) complaints.add('missing_label', spot, { key: `${source.keys[0] as string}.${choice}` })
  const yesNo = written.length >= 2 && written.every(({ name }) => YES_NO.has(name))
  return { name: source.name, rows: written.map(({ name, columns }) => ({ name, columns })), yesNo, spoken }
}

function readChoices({ rows, file, line, name: list, keys }: ListSource, words: Words, complaints: Complaints) {
  if (rows === null) {
    const listed = words.languages.map((language) => words.list(language, keys.at(-1) as string)).find((found) => found)
    const names = typeof listed === 'object' && listed !== null && !Array.isArray(listed) ? Object.keys(listed) : []
    return names.map((name): WrittenChoice => ({ name, columns: { name }, label: null }))
  }
  if (!isLocatedList(rows.value)) {
    complaints.add('wrong_value', { file, line }, { key: list, expected: 'list' })
    return []
  }
  return rows.value.flatMap((item): WrittenChoice[] => {
    const plain = textOf(item)
    if (plain !== null) return [{ name: plain, columns: { name: plain }, label: null }]
    const name = isLocatedMap(item.value) ? textOf(item.value.get('name')) : null
    if (name === null || !isLocatedMap(item.value)) {
      complaints.add('wrong_value', { file, line: item.line }, { key: list, expected: 'name' })
      return []
    }
    const columns: Record<string, string> = { name }
    for (const [column, located] of item.value) if (!NAME_COLUMNS.has(column)) columns[column] = textOf(located) ?? ''
    return [{ name, columns, label: inlineOf(item.value.get('label'), words) }]
  })
}

function speak(
  written: readonly WrittenChoice[],
  source: ListSource,
  words: Words,
  language: string,
  missing: Set<string>,
): SpokenList {
  const anywhere = wordsAnywhere(words, language)
  const options: ChoiceOption[] = []
  const choices: Choice[] = []
  const labels = new Map<string, string>()
  for (const { name, label: inline } of written) {
    const keys = [...source.keys, ...(name === 'other' ? ['flow:choices'] : [])].map((key) => `${key}.${name}`)
    const found = inline ? undefined : findLabel(keys, words, language)
    const label = inline?.[language] ?? found?.text ?? name
    if (!inline && !found) missing.add(name)
    const ref: TextRef = found ? { key: found.key } : { literal: label }
    const also = keys.flatMap((key) => wordsOf(words.list(language, `${key}.also`)))
    options.push({
      name,
      label,
      ...(also.length > 0 && { also }),
      ...(anywhere.has(normalise(name)) && { unspoken: true }),
    })
    choices.push({ id: name, label: ref })
    labels.set(name, label)
  }
  return { options, choices, labels }
}

/** A choice is written as an object with a `label`, or as the label alone. */
function findLabel(keys: readonly string[], words: Words, language: string): { key: string; text: string } | undefined {
  for (const base of keys)
    for (const key of [`${base}.label`, base]) {
      const text = words.text(language, key)
      if (text !== undefined) return { key, text }
    }
  return undefined
}

export const wordsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : []
