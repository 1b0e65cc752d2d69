/** The report of visits and of attempts to visit. */
import { dateAt, formatInstant } from '../base/time.ts'
import { maskNumbersIn, maskPhone } from './mask.ts'
import type { ReportOptions } from './options.ts'
import { readPlaces, type Places } from './places.ts'
import type { ReportReads, VisitRecord } from './ports.ts'
import { sheetOf, type Column, type Report } from './report.ts'
import { reportWords, type ReportWords } from './words.ts'

interface VisitRow {
  readonly visit: VisitRecord
  readonly key: string | null
  readonly head: string
  readonly phone: string | null
  readonly status: string
  readonly staff: string
}

export async function visitReport(reads: ReportReads, options: ReportOptions): Promise<Report> {
  const places = await readPlaces(reads, options.territory)
  const words = reportWords(options.text, options.labels)
  const staff = new Map((await reads.staffNames()).map(({ id, name }) => [id, name]))
  const sheet = sheetOf(
    'visits',
    visitColumns(places, words, options),
    (column) => words.title('visits', column),
    () => rows(reads, places, staff, options),
  )
  return { sheets: [{ ...sheet, name: words.sheet('visits') }] }
}

function visitColumns(places: Places, words: ReportWords, options: ReportOptions): readonly Column<VisitRow>[] {
  const { full, asOf, zone } = options
  return [
    { name: 'number', cell: ({ visit }) => visit.number },
    { name: 'household_key', cell: ({ key }) => key },
    { name: 'head', cell: ({ head }) => head },
    { name: 'phone', cell: ({ phone }) => (phone === null || full ? phone : maskPhone(phone)) },
    { name: 'status', cell: ({ status }) => words.values('exports:status', status) },
    { name: 'territory', cell: ({ visit }) => places.path(visit.territoryId) },
    { name: 'county', cell: ({ visit }) => places.nameAt(visit.territoryId, 'county') },
    { name: 'township', cell: ({ visit }) => places.nameAt(visit.territoryId, 'township') },
    { name: 'village', cell: ({ visit }) => places.nameAt(visit.territoryId, 'village') },
    { name: 'visited_on', cell: ({ visit }) => visit.visitedOn },
    { name: 'mode', cell: ({ visit }) => words.value('lists:mode', visit.mode) },
    { name: 'met', cell: ({ visit }) => words.value('lists:met', visit.met) },
    { name: 'changes', cell: ({ visit }) => words.values('lists:changes', visit.changes) },
    { name: 'gaps', cell: ({ visit }) => words.values('lists:gaps', visit.gaps) },
    { name: 'measures', cell: ({ visit }) => words.value('lists:measures', visit.measures) },
    {
      name: 'wish',
      cell: ({ visit }) => (visit.wish === null ? null : full ? visit.wish : maskedWish(visit.wish, words)),
    },
    { name: 'next_on', cell: ({ visit }) => visit.nextOn },
    { name: 'staff', cell: (row) => row.staff },
    { name: 'attempt', cell: ({ visit }) => words.yesNo(visit.attempt) },
    { name: 'late', cell: ({ visit }) => words.yesNo(visit.late) },
    { name: 'logged_at', cell: ({ visit }) => formatInstant(visit.loggedAt, zone) },
    { name: 'entered_later', cell: ({ visit }) => words.yesNo(asOf !== null && visit.loggedAt > asOf) },
  ]
}

/** The words of a household may be about health: not shown, whatever they are. */
const maskedWish = (wish: string, words: ReportWords): string => (wish === '' ? '' : maskNumbersIn(words.masked))

async function* rows(
  reads: ReportReads,
  places: Places,
  staff: ReadonlyMap<string, string>,
  options: ReportOptions,
): AsyncGenerator<readonly VisitRow[]> {
  const pages = reads.visits({ visitedOn: { from: options.from, to: options.to }, territoryIds: places.ids })
  const lastDay = options.asOf === null ? null : dateAt(options.asOf, options.zone)
  for await (const page of pages) {
    const kept = page.filter(
      (visit) =>
        places.includes(visit.territoryId) &&
        (lastDay === null || visit.visitedOn <= lastDay) &&
        isInState(visit, options.state),
    )
    const households = await reads.householdsById([...new Set(kept.map((visit) => visit.householdId))])
    const byId = new Map(households.map((household) => [household.id, household]))
    yield kept.map((visit) => {
      const household = byId.get(visit.householdId)
      return {
        visit,
        key: household?.key ?? null,
        head: household?.head ?? '',
        phone: household?.phone ?? null,
        status: household?.status ?? '',
        staff: staff.get(visit.staffId) ?? '',
      }
    })
  }
}

function isInState(visit: VisitRecord, state: string | null): boolean {
  if (state === null) return true
  if (state === 'late') return visit.late
  if (state === 'attempt') return visit.attempt
  return state === 'done' && !visit.attempt
}
