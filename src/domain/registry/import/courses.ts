import type { JsonObject } from '../../../base/json.ts'
import { amend } from './amend.ts'
import type { ImportedCourse } from './ports.ts'
import type { ColumnSpec, RawRow, Reading, Verdict } from './row.ts'
import { rowReader, type ReadContext } from './row-reader.ts'
import type { ImportWork } from './work.ts'

export const COURSE_COLUMNS: readonly ColumnSpec[] = [
  { name: 'title', required: true },
  { name: 'trade', required: true },
  { name: 'organiser' },
  { name: 'place', required: true },
  { name: 'starts', required: true },
  { name: 'ends' },
  { name: 'hours' },
  { name: 'seats', required: true },
  { name: 'allowance' },
  { name: 'certificate' },
]

export interface CourseRow {
  readonly title: string
  readonly trade: string
  readonly organiser: string | null
  readonly place: string
  readonly startsOn: string
  readonly endsOn: string | null
  readonly hours: number | null
  readonly seats: number
  readonly allowance: string | null
  readonly certificate: string | null
  readonly extra: JsonObject | null
}

export function readCourseRow(row: RawRow, context: ReadContext): Reading<CourseRow> {
  const reader = rowReader(row, context)
  for (const column of ['trade', 'starts', 'seats']) {
    if (reader.raw(column) === null) reader.refuse(column, 'missing')
  }
  const startsOn = reader.day('starts')
  const endsOn = reader.day('ends')
  if (startsOn !== null && endsOn !== null && endsOn < startsOn) {
    reader.refuse('ends', 'ends_before_start', { starts: startsOn, ends: endsOn })
  }
  return reader.done({
    title: reader.name('title'),
    trade: reader.openWords('trade', 'trade').join(' '),
    organiser: reader.text('organiser', 100),
    place: reader.name('place'),
    startsOn: startsOn ?? '',
    endsOn,
    hours: reader.wholeNumber('hours', { min: 1, max: 5_000 }),
    seats: reader.wholeNumber('seats', { min: 1, max: 10_000 }) ?? 0,
    allowance: reader.text('allowance', 100),
    certificate: reader.text('certificate', 100),
    extra: row.extra,
  })
}

export const courseIdentity = (row: { title: string; startsOn: string; place: string }): string =>
  `${row.title}|${row.startsOn}|${row.place}`

export type CourseFacts = Map<string, { -readonly [Field in keyof ImportedCourse]: ImportedCourse[Field] }>

export function decideCourse(row: CourseRow, courses: CourseFacts, work: ImportWork): Verdict {
  const identity = courseIdentity(row)
  const subject = `${row.title} ${row.startsOn} ${row.place}`
  const known = courses.get(identity)
  if (known) {
    const { trade, organiser, endsOn, hours, seats, allowance, certificate, extra } = row
    const set = amend(known, { trade, organiser, endsOn, hours, seats, allowance, certificate, extra })
    if (set) work.sheet.set('Course', known, set)
    return { kind: set ? 'updated' : 'unchanged', subject }
  }
  const course = { id: work.ids.next(), identity, ...row, revision: 0 }
  work.sheet.insert('Course', course, { ...course, taken: 0 })
  courses.set(identity, course)
  return { kind: 'created', subject }
}
