/** One flow with the blocks it takes in: rows laid out, built, ordered, and the outside of it. */
import type { JsonObject } from '../../base/json.ts'
import type { Flow } from '../flow.ts'
import { hasShortList } from '../offer.ts'
import type { AskRow, List, Program, RepeatRow, Row } from '../program.ts'
import { buildRow } from './build-row.ts'
import { textColumn } from './column.ts'
import { settingsOf } from './setting.ts'
import { expressionReader } from './expressions.ts'
import { fillsOf } from './fills.ts'
import { consentGates } from './gate.ts'
import { layOut, type LaidRow } from './layout.ts'
import { buildList, wordsOf, type ListSource } from './list.ts'
import { isLocatedList, plainOf, textOf } from './located.ts'
import { ownLists } from './own-lists.ts'
import { orderOf } from './order.ts'
import type { Complaints } from './problems.ts'
import { questionInfo } from './question-info.ts'
import { scopeOf } from './scope.ts'
import { bareSentence, findSentence } from './sentence.ts'
import { durationKey, flagKey, type FileSource } from './source.ts'
import { spotOf, type RowSource } from './row-source.ts'
import type { Words } from './words.ts'

const BUILT_IN_LISTS = new Map([['yn', ['yes', 'no', 'dk']]])

export function buildFlow(
  file: FileSource,
  blocks: readonly FileSource[],
  digest: string,
  words: Words,
  complaints: Complaints,
): Flow | null {
  const top = { file: file.file, line: 1 }
  const layout = layOut([...blocks.flatMap((block) => block.rows), ...file.rows], complaints)
  if (layout.rows.length === 0) {
    complaints.add('no_questions', { file: file.file, line: file.keys.get('questions')?.line ?? 1 })
    return null
  }
  const lists = listShop(file, blocks, words, complaints)
  const scope = (columns?: readonly string[]) => scopeOf(layout.rows, lists.names, columns)
  const plain = scope()
  const expressions = expressionReader(scope, complaints)
  const shop = {
    rows: layout.rows,
    gates: consentGates(layout.rows, complaints),
    expressions,
    complaints,
    words,
    list: lists.get,
    resolve: (from: LaidRow) => (name: string) => {
      const field = plain.field(name, from.scopeNames)
      return field === null || field === 'ambiguous' ? field : (field as LaidRow['field']).at
    },
  }
  const built = layout.rows.map((row) => buildRow(row, shop))
  const settings = settingsOf(file, expressions, complaints)
  if (complaints.errors > 0) return null
  const order = orderOf(built, complaints)
  if (complaints.errors > 0) return null
  const rows = built.map((row, at): Row => ({ ...row, reaches: order.reaches[at] as number }))
  const audience = textOf(file.keys.get('audience')) ?? 'villager'
  if (audience !== 'villager' && audience !== 'staff')
    complaints.add(
      'wrong_value',
      { ...top, line: file.keys.get('audience')?.line ?? 1 },
      { key: 'audience', expected: 'villager staff' },
    )
  const menu = file.keys.get('menu')?.value ?? null
  if (menu !== null && !(typeof menu === 'number' && Number.isInteger(menu) && menu > 0))
    complaints.add(
      'wrong_value',
      { ...top, line: file.keys.get('menu')?.line ?? 1 },
      { key: 'menu', expected: 'number' },
    )
  const version = file.keys.get('version')?.value ?? 1
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1)
    complaints.add(
      'wrong_value',
      { ...top, line: file.keys.get('version')?.line ?? 1 },
      { key: 'version', expected: 'number' },
    )
  const inFlow = (key: string) =>
    findSentence(`${file.namespace}:${key}`, file.keys.get(key), words, (name) =>
      shop.resolve(layout.rows[0] as LaidRow)(name),
    )
  const title = inFlow('title')
  if (!title) complaints.add('missing_label', top, { key: `${file.namespace}:title` })
  const program: Program = {
    rows,
    slots: layout.slots,
    byPath: new Map(rows.map((row) => [row.path, row])),
    lists: lists.all(),
    derived: order.derived,
    affects: order.affects,
    nextRequired: nextRequiredOf(rows),
    owing: rows.filter(
      (row): row is RepeatRow =>
        row.kind === 'repeat' && row.scope.length === 0 && (row.count !== null || row.atLeastOne),
    ),
    shortLists: rows.filter((row): row is AskRow => row.kind === 'ask' && hasShortList(row)),
    fills: fillsOf(layout.rows, rows, complaints),
    review: flagKey(file, 'review', audience === 'villager', complaints),
    draft: flagKey(file, 'draft', true, complaints),
    title: title ?? bareSentence(file.id, words),
    intro: inFlow('intro'),
    settings,
    own: ownLists(words),
    languages: words.languages,
    forms: words.forms,
  }
  // A consent that was asked for before it does not count: it is asked of whoever wants something.
  const isAlwaysAsked = (row: Row) => textColumn((layout.rows[row.at] as LaidRow).source, 'relevant') === null
  return {
    id: file.id,
    version: typeof version === 'number' ? version : 1,
    digest,
    audience: audience === 'staff' ? 'staff' : 'villager',
    menu: typeof menu === 'number' ? menu : null,
    triggers: triggersOf(file, words),
    submit: textOf(file.keys.get('submit')) ?? '',
    settings: rawSettings(file),
    nudgeSeconds: durationKey(file, 'nudge', null, complaints),
    expiresSeconds: durationKey(file, 'expires', WEEK, complaints) ?? WEEK,
    sensitive: rows.some((row) => row.kind === 'ask' && row.pii === 'sensitive'),
    needsSensitive: rows.some(
      (row) => row.kind === 'ask' && row.pii === 'sensitive' && row.required === true && isAlwaysAsked(row),
    ),
    questions: rows.flatMap((row) => questionInfo(row, layout.rows[row.at] as LaidRow)),
    program,
  }
}

const WEEK = 7 * 86_400

function listShop(file: FileSource, blocks: readonly FileSource[], words: Words, complaints: Complaints) {
  const built = new Map<string, List>()
  const sources = [file, ...blocks]
  const declared = new Set(sources.flatMap((source) => [...source.lists.keys()]))
  const find = (name: string, row: RowSource): ListSource | null => {
    const holder = sources.find((source) => source.lists.has(name))
    const keys = [
      ...new Set([`${file.namespace}:choices.${name}`, `${row.namespace}:choices.${name}`, `lists:${name}`]),
    ]
    const located = holder?.lists.get(name)
    if (holder && located) return { name, file: holder.file, line: located.line, rows: located, keys }
    const builtIn = BUILT_IN_LISTS.get(name)
    const spot = { file: row.file, line: row.line }
    if (builtIn)
      return {
        name,
        ...spot,
        rows: { line: row.line, value: builtIn.map((value) => ({ line: row.line, value })) },
        keys,
      }
    const shared = words.languages.some((language) => words.list(language, `lists:${name}`) !== undefined)
    return shared ? { name, ...spot, rows: null, keys } : null
  }
  return {
    names: declared,
    all: (): ReadonlyMap<string, List> => built,
    get: (name: string, withOther: boolean, row: RowSource): List | null => {
      const known = withOther ? `${name} or_other` : name
      const kept = built.get(known)
      if (kept) return kept
      const source = find(name, row)
      if (!source) {
        complaints.add('unknown_list', spotOf(row, 'type'), { list: name })
        return null
      }
      const list = buildList(source, words, withOther, complaints)
      built.set(known, list)
      return list
    },
  }
}

const isRequired = (row: Row) => row.kind === 'ask' && row.required !== false

function nextRequiredOf(rows: readonly Row[]): number[] {
  const next: number[] = Array<number>(rows.length + 1).fill(rows.length)
  for (let at = rows.length - 1; at >= 0; at--) next[at] = isRequired(rows[at] as Row) ? at : (next[at + 1] as number)
  return next
}

function triggersOf(file: FileSource, words: Words): ReadonlyMap<string, readonly string[]> {
  const written = file.keys.get('triggers')
  const own = written && isLocatedList(written.value) ? written.value.flatMap((item) => textOf(item) ?? []) : []
  return new Map(
    words.languages.map((language) => {
      const listed = wordsOf(words.list(language, `${file.namespace}:triggers`))
      const title = words.text(language, `${file.namespace}:title`)
      return [language, [...new Set([...(title ? [title] : []), ...listed, ...own])]]
    }),
  )
}

function rawSettings(file: FileSource): JsonObject {
  const submit = textOf(file.keys.get('submit'))
  const located = submit === null ? undefined : file.keys.get(submit)
  const plain = located ? plainOf(located) : {}
  return typeof plain === 'object' && plain !== null && !Array.isArray(plain) ? (plain as JsonObject) : {}
}
