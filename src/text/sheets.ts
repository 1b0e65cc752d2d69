/**
 * Plain sheets (明白纸): how to apply, and what help there is. The words are `locales/<language>/sheets.json`; a place has its
 * own in `locales/<language>/sheets/<path of the place>.json` (`sheets/吉首市.json`, `sheets/吉首市/矮寨镇.json`), with the
 * parts that differ: `{ "help": { "lines": […], "source": "…", "as_of": "2026-11-22" } }`. The nearest place counts.
 */
import type { Text } from './text.ts'

export const SHEETS = ['apply', 'help'] as const
/** What a tap carries: `sheet:help`. */
export const SHEET_TAP = 'sheet:'
export type SheetName = (typeof SHEETS)[number]

export interface PlainSheet {
  readonly name: SheetName
  readonly title: string
  readonly lines: readonly string[]
  /** What it is based on and when it was put together; "" where a place's own sheet does not say. */
  readonly source: string
}

/** @param path of the reader's place, null where it is unknown */
export function plainSheet(text: Text, name: SheetName, language: string, path: string | null): PlainSheet {
  const own = namespacesOf(path).find((namespace) => text.object(language, `${namespace}:${name}.lines`) !== undefined)
  const namespace = own ?? 'sheets'
  const lines = text.object(language, `${namespace}:${name}.lines`)
  const title = text.has(`${namespace}:${name}.title`, language) ? namespace : 'sheets'
  return {
    name,
    title: text.say({ key: `${title}:${name}.title` }, language),
    lines: Array.isArray(lines) ? lines.map(String) : [],
    source: sourceOf(text, `${namespace}:${name}`, language),
  }
}

/** As a message: the title, the lines by number, what it is based on. */
export function sheetMessage(text: Text, { title, lines, source }: PlainSheet, language: string): string {
  const numbered = lines.map((line, at) => text.say({ key: 'sheets:line', params: { n: at + 1, line } }, language))
  return [title, ...numbered, ...(source === '' ? [] : [source])].join('\n')
}

/** The nearest place first. */
function namespacesOf(path: string | null): readonly string[] {
  if (path === null) return []
  const names = path.split('/')
  return names.map((_, at) => `sheets/${names.slice(0, names.length - at).join('/')}`)
}

/** Never the source of other lines than those that are shown. */
function sourceOf(text: Text, key: string, language: string): string {
  const source = text.raw(language, `${key}.source`)
  const asOf = text.raw(language, `${key}.as_of`)
  if (source === undefined) return ''
  return asOf === undefined ? source : text.say({ key: 'sheets:dated', params: { source, as_of: asOf } }, language)
}
