/** What the columns and kinds of a file of days are called: names of the contract, or words of any language. */
import type { Json } from '../../base/json.ts'
import { CALENDAR_COLUMNS } from '../../domain/calendar/import-days.ts'
import { normalForm } from '../../domain/registry/import/normal-form.ts'
import type { Text } from '../../text/text.ts'

const KINDS = ['off', 'work'] as const

/** Titles in normal form → column. */
export const calendarTitles = (text: Text): ReadonlyMap<string, string> =>
  new Map(CALENDAR_COLUMNS.flatMap(({ name }) => wordsOf(text, 'columns', name).map((word) => [word, name])))

/** Words in normal form → kind. */
export const kindWords = (text: Text): ReadonlyMap<string, (typeof KINDS)[number]> =>
  new Map(KINDS.flatMap((kind) => wordsOf(text, 'kinds', kind).map((word) => [word, kind] as const)))

/** What `bangfu import calendar --help` says about the file. */
export function calendarGuide(text: Text, language: string): string {
  const lines = CALENDAR_COLUMNS.map(({ name, required }) => {
    const [title = name] = listOf(text.object(language, `calendar:columns.${name}`))
    return `  ${required ? '*' : ' '} ${name.padEnd(20)} ${title}: ${text.say({ key: `calendar:help.${name}` }, language)}`
  })
  return [
    text.say({ key: 'calendar:help.title' }, language),
    ...lines,
    text.say({ key: 'calendar:help.notice' }, language),
  ].join('\n')
}

const wordsOf = (text: Text, list: string, name: string): readonly string[] =>
  [name, ...text.languages.flatMap((language) => listOf(text.object(language, `calendar:${list}.${name}`)))].map(
    normalForm,
  )

const listOf = (value: Json | undefined): readonly string[] =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : []
