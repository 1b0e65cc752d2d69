/** Rows of a file of days off and make-up days. */
import type { PlainDate } from '../../base/time.ts'
import { amend } from '../registry/import/amend.ts'
import { normalForm } from '../registry/import/normal-form.ts'
import type { PlaceIndex } from '../registry/import/place-index.ts'
import { refused, type ColumnSpec, type RawRow, type Reading, type Verdict } from '../registry/import/row.ts'
import { rowReader, type ReadContext } from '../registry/import/row-reader.ts'
import type { ImportWork } from '../registry/import/work.ts'
import type { CalendarDayRecord } from './ports.ts'
import { shippedKind } from './working-days.ts'

export const CALENDAR_COLUMNS: readonly ColumnSpec[] = [
  { name: 'date', required: true },
  { name: 'kind', required: true },
  { name: 'name' },
  { name: 'territory' },
  { name: 'source' },
]

/** What is neither is a slipped digit. */
const FIRST_DAY = '2004-01-01'
const LAST_DAY = '2099-12-31'

export interface CalendarDayRow {
  readonly date: PlainDate
  readonly kind: 'off' | 'work'
  readonly name: string | null
  /** As it was typed; null = the whole country. */
  readonly territory: string | null
  readonly source: string | null
}

/** @param kinds words for a kind, in normal form */
export function readCalendarDayRow(
  row: RawRow,
  context: ReadContext,
  kinds: ReadonlyMap<string, 'off' | 'work'>,
): Reading<CalendarDayRow> {
  const reader = rowReader(row, context)
  for (const column of ['date', 'kind']) if (reader.raw(column) === null) reader.refuse(column, 'missing')
  const date = reader.day('date')
  if (date !== null && (date < FIRST_DAY || date > LAST_DAY)) reader.refuse('date', 'not_a_day', { value: date })
  const word = reader.raw('kind')
  const kind = word === null ? undefined : kinds.get(normalForm(word))
  if (word !== null && !kind) reader.refuse('kind', 'unknown_word', { value: word.slice(0, 20) })
  return reader.done({
    date: date as PlainDate,
    kind: kind as 'off' | 'work',
    name: reader.text('name', 60),
    territory: reader.text('territory', 200),
    source: reader.text('source', 200),
  })
}

type KnownDay = { -readonly [Field in keyof CalendarDayRecord]: CalendarDayRecord[Field] }

export interface CalendarFacts {
  readonly places: PlaceIndex
  readonly days: Map<string, KnownDay>
  /** Day → kind, of the rows of this file. */
  readonly taken: Map<string, 'off' | 'work'>
  /** Days of the whole country that the table that ships says otherwise of. */
  readonly conflicts: Map<PlainDate, 'off' | 'work'>
}

export const calendarFacts = (places: PlaceIndex, days: readonly CalendarDayRecord[]): CalendarFacts => ({
  places,
  days: new Map(days.map((day) => [day.id, { ...day }])),
  taken: new Map(),
  conflicts: new Map(),
})

export function decideCalendarDay(row: CalendarDayRow, facts: CalendarFacts, work: ImportWork): Verdict {
  const place = row.territory === null ? null : facts.places.find(row.territory)
  if (place === undefined) return refused('territory', 'unknown_territory', { value: row.territory ?? '' })
  const territoryId = place?.id ?? null
  const id = `${row.date} ${territoryId ?? ''}`
  const subject = [row.date, row.kind, row.name, place?.path].filter(Boolean).join(' ')
  const before = facts.taken.get(id)
  if (before !== undefined && before !== row.kind) return refused('kind', 'day_said_otherwise', { date: row.date })
  facts.taken.set(id, row.kind)
  const shipped = shippedKind(row.date)
  if (territoryId === null && shipped !== null && shipped !== row.kind) facts.conflicts.set(row.date, row.kind)

  const known = facts.days.get(id)
  if (known) {
    const set = amend(known, { kind: row.kind, name: row.name, source: row.source })
    if (set) work.sheet.set('CalendarDay', known, set)
    return { kind: set ? 'updated' : 'unchanged', subject }
  }
  const { date, kind, name, source } = row
  const day = { id, date, territoryId, kind, name, source, revision: 0 }
  work.sheet.insert('CalendarDay', day, { ...day, enteredAt: work.at })
  facts.days.set(id, day)
  return { kind: 'created', subject }
}
