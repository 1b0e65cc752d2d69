import { seal, type Change, type Row } from '../../../base/change.ts'
import type { JsonObject } from '../../../base/json.ts'
import type { PlainDate } from '../../../base/time.ts'
import { amend } from './amend.ts'
import { readPhone } from './phone-cell.ts'
import type { PlaceIndex } from './place-index.ts'
import type { ImportedHousehold } from './ports.ts'
import { refused, type ColumnSpec, type RawRow, type Reading, type Verdict } from './row.ts'
import { rowReader, type ReadContext } from './row-reader.ts'
import { spell } from './spelling.ts'
import { isInScope, type StaffIndex } from './staff-index.ts'
import { LISTS } from './vocabulary.ts'
import type { ImportWork } from './work.ts'

export const HOUSEHOLD_COLUMNS: readonly ColumnSpec[] = [
  { name: 'head', required: true },
  { name: 'territory', required: true },
  { name: 'size', required: true },
  { name: 'status' },
  { name: 'monitored_type' },
  { name: 'labour_capacity' },
  { name: 'helper', text: true },
  { name: 'phone', text: true },
  { name: 'last_visit' },
  { name: 'per_capita_income' },
  { name: 'housing_grade' },
  { name: 'water_source' },
  { name: 'key', text: true },
]

/** People who live and spend together: the bounds of the report itself. */
const SIZE = { min: 1, max: 20 }

/** Levels that are too wide to be where a household lives. */
const TOO_WIDE = ['province', 'prefecture', 'county']

export interface HouseholdRow {
  readonly head: string
  readonly territory: string
  readonly size: number
  readonly status: string | null
  readonly monitoredType: string | null
  readonly labourCapacity: string | null
  /** Phone or name of a staff member. */
  readonly helper: string | null
  readonly phone: string | null
  readonly lastVisitOn: PlainDate | null
  readonly perCapitaIncome: number | null
  readonly housingGrade: string | null
  readonly waterSource: string | null
  readonly key: string | null
  readonly extra: JsonObject | null
}

export function readHouseholdRow(row: RawRow, context: ReadContext): Reading<HouseholdRow> {
  const reader = rowReader(row, context)
  const territory = reader.text('territory')
  if (territory === null) reader.refuse('territory', 'missing')
  if (reader.raw('size') === null) reader.refuse('size', 'missing')
  const key = reader.text('key', 100)
  if (key !== null && /^\d(\.\d+)?E\+?\d+$/i.test(key)) reader.refuse('key', 'key_rounded')
  return reader.done({
    head: reader.name('head'),
    territory: territory ?? '',
    size: reader.wholeNumber('size', SIZE) ?? 0,
    status: reader.raw('status') === null ? null : reader.words('status', 'status', LISTS.status).join(' '),
    monitoredType: reader.word('monitored_type', 'monitored_type'),
    labourCapacity: reader.word('labour_capacity', 'labour_capacity'),
    helper: reader.text('helper', 60),
    phone: reader.phone('phone', 'any'),
    lastVisitOn: reader.day('last_visit', { notAfterToday: true }),
    perCapitaIncome: reader.money('per_capita_income'),
    housingGrade: reader.word('housing_grade', 'housing_grade'),
    waterSource: reader.word('water_source', 'water_source'),
    key: key?.replace(/^'/, '') ?? null,
    extra: row.extra,
  })
}

export type HouseholdRecord = { -readonly [Field in keyof ImportedHousehold]: ImportedHousehold[Field] }

export interface HouseholdFacts {
  readonly places: PlaceIndex
  readonly staff: StaffIndex
  /** By identity. */
  readonly households: Map<string, HouseholdRecord>
  /** What follows for visits when a household is new, or something changed that its plan is made from (`visited`: the last visit). */
  readonly visitsFollowing: (household: HouseholdRecord, visited: boolean) => readonly Change[]
}

/** `key:<key>`, and for rows without a key (or households stored before they had one) territory, head and phone. */
export function householdIdentities(
  row: Pick<HouseholdRow, 'key' | 'head' | 'phone'>,
  territoryId: string,
  fingerprint: ImportWork['fingerprint'],
): { readonly keyed: string | null; readonly plain: string } {
  return {
    keyed: row.key === null ? null : `key:${row.key}`,
    plain: `${territoryId}|${row.head}|${row.phone === null ? '' : fingerprint('phone', row.phone)}`,
  }
}

export function decideHousehold(row: HouseholdRow, facts: HouseholdFacts, work: ImportWork): Verdict {
  const place = facts.places.find(row.territory)
  if (!place) return refused('territory', 'unknown_territory', { value: row.territory })
  if (TOO_WIDE.includes(place.level)) return refused('territory', 'territory_too_wide', { path: place.path })
  const helper = row.helper === null ? null : findHelper(row.helper, place.id, facts, work.today)
  if (helper && 'reason' in helper) return refused('helper', helper.reason, { value: row.helper ?? '' })

  const { keyed, plain } = householdIdentities(row, place.id, work.fingerprint)
  const identity = keyed ?? plain
  const namesake = facts.households.get(plain)
  const known = facts.households.get(identity) ?? (namesake?.key === null ? namesake : undefined)
  const subject = `${row.head} ${place.path}`
  const columns = columnsOf(row, place.id, helper?.id ?? null)
  if (!known) {
    const household: HouseholdRecord = { id: work.ids.next(), identity, ...columns, revision: 0 }
    work.sheet.insert('Household', household, {
      ...household,
      ...headSpelling(row.head),
      status: household.status,
      phone: household.phone === null ? null : seal(household.phone),
    })
    facts.households.set(identity, household)
    work.sheet.extend(facts.visitsFollowing(household, false))
    return { kind: 'created', subject }
  }
  const before = { ...known }
  const amended = amend(known, { ...columns, status: row.status ?? known.status, identity }, ['phone'])
  const set =
    helper === null && before.territoryId !== known.territoryId ? withoutStranger(known, amended, facts) : amended
  if (!set) return { kind: 'unchanged', subject }
  work.sheet.set('Household', known, before.head === known.head ? set : { ...set, ...headSpelling(known.head) })
  facts.households.delete(before.identity)
  facts.households.set(identity, known)
  if (before.helperId !== known.helperId || before.territoryId !== known.territoryId) {
    work.rehomed?.({ householdId: known.id, helperBefore: before.helperId })
  }
  const moved = PLANNED_BY.some((field) => before[field] !== known[field])
  if (moved) work.sheet.extend(facts.visitsFollowing(known, before.lastVisitOn !== known.lastVisitOn))
  return { kind: 'updated', subject }
}

/** A helper whose place does not cover the new one may not open the household any more. */
function withoutStranger(household: HouseholdRecord, set: Row | null, { staff, places }: HouseholdFacts): Row | null {
  const helper = household.helperId === null ? undefined : staff.byId(household.helperId)
  if (!helper || isInScope(helper, household.territoryId, places)) return set
  household.helperId = null
  return { ...set, helperId: null }
}

function columnsOf(row: HouseholdRow, territoryId: string, helperId: string | null) {
  const { territory: _territory, helper: _helper, ...columns } = row
  return { ...columns, status: row.status ?? '', territoryId, helperId }
}

function headSpelling(head: string): Row {
  const { pinyin, initials } = spell(head, 'person')
  return { headPinyin: pinyin, headInitials: initials }
}

/** What visit plans are made from. */
const PLANNED_BY = [
  'helperId',
  'territoryId',
  'lastVisitOn',
  'status',
  'monitoredType',
  'labourCapacity',
  'housingGrade',
] as const

type HelperReason = 'unknown_helper' | 'ambiguous_helper' | 'helper_elsewhere' | 'helper_left'

/** By phone, else by name among the staff whose place covers the household's. Nobody is assigned what he may not open. */
function findHelper(
  cell: string,
  territoryId: string,
  { staff, places }: HouseholdFacts,
  today: PlainDate,
): { readonly id: string } | { readonly reason: HelperReason } {
  const hasLeft = (member: { leftOn: string | null }) => member.leftOn !== null && member.leftOn <= today
  const phone = readPhone(cell, 'any')
  if (phone.kind === 'fine') {
    const member = staff.byPhone(phone.phone)
    if (!member) return { reason: 'unknown_helper' }
    if (hasLeft(member)) return { reason: 'helper_left' }
    return isInScope(member, territoryId, places) ? { id: member.id } : { reason: 'helper_elsewhere' }
  }
  const namesakes = staff.byName(cell.normalize('NFKC').replace(/\s+/g, ''))
  const named = namesakes.length > 0 ? namesakes : staff.byName(cell)
  if (named.length === 0) return { reason: 'unknown_helper' }
  const near = named.filter((member) => isInScope(member, territoryId, places))
  if (near.length === 0) return { reason: 'helper_elsewhere' }
  const present = near.filter((member) => !hasLeft(member))
  if (present.length === 0) return { reason: 'helper_left' }
  return present.length > 1 ? { reason: 'ambiguous_helper' } : { id: (present[0] as { id: string }).id }
}
