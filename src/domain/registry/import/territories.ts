/** Rows of places: a row names its whole path and creates what is missing on it. */
import type { JsonObject } from '../../../base/json.ts'
import { amend } from './amend.ts'
import { tidyName } from './normal-form.ts'
import { pageCode } from './page-code.ts'
import type { ImportedTerritory } from './ports.ts'
import { refused, type ColumnSpec, type RawRow, type Reading, type Verdict } from './row.ts'
import { rowReader, type ReadContext, type RowReader } from './row-reader.ts'
import { spell } from './spelling.ts'
import type { PlaceIndex } from './place-index.ts'
import type { ImportWork } from './work.ts'

export const TERRITORY_COLUMNS: readonly ColumnSpec[] = [
  { name: 'county', required: true },
  { name: 'township' },
  { name: 'village' },
  { name: 'level' },
  { name: 'code', text: true },
  { name: 'zone' },
  { name: 'class' },
  { name: 'public_phone', text: true },
  { name: 'prefecture' },
  { name: 'province' },
  { name: 'resettlement_site' },
  { name: 'hamlet' },
  { name: 'grid' },
  { name: 'ten_household_unit' },
  { name: 'building' },
  { name: 'households' },
  { name: 'persons' },
  { name: 'leader' },
]

/** People that one site may hold. */
const SITE_LIMIT = 200_000

/** From the county down; every place lies in the nearest filled column before its own. */
const CHAIN = [
  'county',
  'township',
  'village',
  'resettlement_site',
  'hamlet',
  'grid',
  'ten_household_unit',
  'building',
] as const

interface Step {
  readonly level: string
  readonly name: string
}

export interface TerritoryRow {
  /** Province and prefecture, where the row names them. */
  readonly above: readonly Step[]
  readonly steps: readonly Step[]
  readonly code: string | null
  readonly zone: string | null
  readonly class: string | null
  readonly publicPhone: string | null
  readonly extra: JsonObject | null
}

export function readTerritoryRow(row: RawRow, context: ReadContext): Reading<TerritoryRow> {
  const reader = rowReader(row, context)
  const steps = stepsOf(reader, CHAIN)
  if (!steps.some((step) => step.level === 'county')) reader.refuse('county', 'missing')
  const filled = new Set(steps.map((step) => step.level))
  if (filled.has('village') && !filled.has('township')) reader.refuse('township', 'missing_above')
  if (filled.has('village') && filled.has('resettlement_site')) reader.refuse('resettlement_site', 'two_branches')
  for (const below of ['hamlet', 'grid', 'ten_household_unit', 'building']) {
    if (filled.has(below) && !filled.has('village') && !filled.has('resettlement_site')) {
      reader.refuse('village', 'missing_above')
      break
    }
  }
  const code = reader.text('code', 20)
  if (code !== null && !/^[0-9A-Za-z-]+$/.test(code))
    reader.refuse('code', /e\+/i.test(code) ? 'code_rounded' : 'code_shape')
  const result: TerritoryRow = {
    above: stepsOf(reader, ['province', 'prefecture']),
    steps: withLevel(steps, reader),
    code,
    zone: reader.openWords('zone', 'zone')[0] ?? null,
    class: reader.openWords('class', 'class')[0] ?? null,
    publicPhone: reader.phone('public_phone', 'public'),
    extra: attributesOf(reader, row.extra),
  }
  return reader.done(result)
}

/** What is known of a resettlement site, beside the columns that nobody knows. */
function attributesOf(reader: RowReader, extra: JsonObject | null): JsonObject | null {
  const households = reader.wholeNumber('households', { min: 0, max: SITE_LIMIT })
  const persons = reader.wholeNumber('persons', { min: 0, max: SITE_LIMIT })
  const leader = reader.text('leader', 60)
  const all: JsonObject = {
    ...extra,
    ...(households !== null && { households }),
    ...(persons !== null && { persons }),
    ...(leader !== null && { leader }),
  }
  return Object.keys(all).length > 0 ? all : null
}

const stepsOf = (reader: RowReader, levels: readonly string[]): Step[] =>
  levels.flatMap((level) => {
    const cell = reader.raw(level)
    if (cell === null) return []
    const name = tidyName(cell)
    if (name.length > 60) reader.refuse(level, 'too_long', { max: 60 })
    if (/[/／\\]/.test(name)) reader.refuse(level, 'slash')
    return name === '' ? [] : [{ level, name }]
  })

/** `level` may call the last place a resettlement site; anything else must agree with the columns that are filled. */
function withLevel(steps: readonly Step[], reader: RowReader): readonly Step[] {
  const level = reader.word('level', 'level')
  const last = steps.at(-1)
  if (level === null || !last || level === last.level) return steps
  if (level === 'resettlement_site' && last.level === 'village') return [...steps.slice(0, -1), { ...last, level }]
  reader.refuse('level', 'level_mismatch', { column: last.level })
  return steps
}

export function decideTerritory(row: TerritoryRow, places: PlaceIndex, work: ImportWork): Verdict {
  const lineage: { step: Step; path: string }[] = []
  for (const step of row.above) lineage.push({ step, path: step.name })
  let path = ''
  for (const step of row.steps) {
    path = path === '' ? step.name : `${path}/${step.name}`
    lineage.push({ step, path })
  }
  for (const [index, { step, path: at }] of lineage.entries()) {
    const known = places.byPath(at)
    if (known && known.level !== step.level) return refused(step.level, 'other_level', { level: known.level })
    const outer = lineage[index - 1]
    if (!known || known.parentId === null || !outer) continue
    if (places.byPath(outer.path)?.id !== known.parentId) return refused(outer.step.level, 'elsewhere', { path: at })
  }
  if (row.code !== null) {
    const owner = places.byCode(row.code)
    if (owner && owner.path !== path) return refused('code', 'code_taken', { path: owner.path })
  }

  let parent: ImportedTerritory | null = null
  let changed = false
  let created = false
  for (const { step, path: at } of lineage) {
    const known = places.byPath(at)
    if (!known) {
      parent = createPlace(step, at, parent, places, work)
      created = true
      continue
    }
    created = false
    if (parent && known.parentId !== parent.id) {
      const set = amend(known, { parentId: parent.id })
      if (set) work.sheet.set('Territory', known, set)
      changed = true
    }
    parent = known
  }
  const target = places.byPath(path)
  if (!target) return refused('county', 'missing')
  const set = amend(target, {
    code: row.code,
    zone: row.zone,
    class: row.class,
    publicPhone: row.publicPhone,
    extra: row.extra,
  })
  if (set) {
    work.sheet.set('Territory', target, set)
    places.indexCode(target)
  }
  return { kind: created ? 'created' : set || changed ? 'updated' : 'unchanged', subject: path }
}

function createPlace(
  step: Step,
  path: string,
  parent: ImportedTerritory | null,
  places: PlaceIndex,
  work: ImportWork,
): ImportedTerritory {
  const spelling = spell(step.name, 'place')
  const chatCode = pageCode(work.sha256(path), (code) => places.hasChatCode(code))
  const place = {
    id: work.ids.next(),
    path,
    name: step.name,
    level: step.level,
    parentId: parent?.id ?? null,
    code: null,
    zone: null,
    class: null,
    publicPhone: null,
    chatCode,
    extra: null,
    revision: 0,
  }
  work.sheet.insert('Territory', place, { ...place, pinyin: spelling.pinyin, initials: spelling.initials })
  places.add(place)
  return place
}
