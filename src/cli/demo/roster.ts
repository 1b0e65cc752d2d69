/** Rows of the demo county, as somebody would write them into files: they are imported by the rules of every import. */
import { addDays, type PlainDate } from '../../base/time.ts'
import type { RawRow } from '../../domain/registry/import/row.ts'
import type { People } from './people.ts'
import type { DemoCounty, SeedVillage } from './seed-files.ts'

/** A subscriber's number never begins with 0: nobody is called by mistake. */
const UNASSIGNED_LANDLINE = '0743000'
/** Groups and staff accounts of the demo are on the web channel: its pages show what they received. */
const CHANNEL = 'web'
/** Households of one village before the next one gets any. */
const VILLAGE_HOUSEHOLDS = 20

export interface Roster {
  readonly territories: readonly RawRow[]
  readonly staff: readonly RawRow[]
  readonly groups: readonly RawRow[]
  readonly households: readonly RawRow[]
  readonly members: readonly RawRow[]
  readonly courses: readonly RawRow[]
  /** Paths of villages that have households. */
  readonly villages: readonly string[]
}

const rowsOf = (records: readonly Readonly<Record<string, string>>[]): readonly RawRow[] =>
  records.map((record, index) => ({
    line: index + 2,
    cells: new Map(Object.entries(record).filter(([, cell]) => cell !== '')),
    extra: null,
  }))

export function demoRoster(
  county: DemoCounty,
  villages: readonly SeedVillage[],
  households: number,
  people: People,
  today: PlainDate,
): Roster {
  const own = villages.filter((village) => village.county === county.county)
  const pathOf = (village: SeedVillage) => `${village.county}/${village.township}/${village.village}`
  const paths = own.map(pathOf)
  const peopled = [...county.first, ...paths.filter((path) => !county.first.includes(path))].slice(
    0,
    Math.min(paths.length, Math.max(county.first.length, Math.ceil(households / VILLAGE_HOUSEHOLDS))),
  )
  const townships = [...new Set(own.map((village) => `${village.county}/${village.township}`))]
  const staff = staffOf(county, townships, paths, people)
  const helpers = new Map(
    staff.filter(({ role }) => role.includes('helper')).map(({ territory, phone }) => [territory, phone]),
  )
  const homes = Array.from({ length: households }, (_, index) =>
    householdOf(index, peopled[index % peopled.length] as string, helpers, county, people, today),
  )
  return {
    territories: rowsOf(
      villages.map((village, index) => ({
        ...village,
        prefecture: county.prefecture,
        province: county.province,
        public_phone: village.county === county.county ? UNASSIGNED_LANDLINE + String(index).padStart(4, '0') : '',
      })),
    ),
    staff: rowsOf(staff),
    groups: rowsOf([
      { channel: CHANNEL, chat: `group-${county.county}`, territory: county.county, purpose: 'county' },
      ...townships.map((path) => ({ channel: CHANNEL, chat: `group-${path}`, territory: path, purpose: 'township' })),
      ...paths.map((path) => ({ channel: CHANNEL, chat: `group-${path}`, territory: path, purpose: 'village' })),
    ]),
    households: rowsOf(homes),
    members: rowsOf(homes.flatMap((home) => membersOf(home, people, today))),
    courses: rowsOf(
      county.courses.map(({ startsIn, days, ...course }) => ({
        ...course,
        seats: String(course.seats),
        hours: String(course.hours),
        starts: addDays(today, startsIn),
        ends: addDays(today, startsIn + days),
      })),
    ),
    villages: peopled,
  }
}

interface StaffRecord extends Readonly<Record<string, string>> {
  readonly role: string
  readonly territory: string
  readonly phone: string
}

function staffOf(county: DemoCounty, townships: readonly string[], villages: readonly string[], people: People) {
  const member = (role: string, territory: string): StaffRecord => {
    const phone = people.phone()
    const position = county.positions[role.split(' ')[0] as string] ?? ''
    return { name: people.name(), phone, role, territory, position, channel: CHANNEL, user: `demo-staff-${phone}` }
  }
  return [
    member('county_officer', county.county),
    member('county_officer', county.county),
    ...townships.map((path) => member('township_reviewer', path)),
    ...villages.map((path) => member('village_staff responsible_helper', path)),
    ...villages.slice(0, Math.ceil(villages.length / 4)).map((path) => member('grid_worker', path)),
  ]
}

function householdOf(
  index: number,
  territory: string,
  helpers: ReadonlyMap<string, string>,
  county: DemoCounty,
  people: People,
  today: PlainDate,
): Readonly<Record<string, string>> {
  const status = people.pick([
    'lifted_out_household',
    'lifted_out_household',
    'dibao_recipient',
    'dibao_marginal',
    'disability_household',
  ])
  const monitored = people.chance(0.25)
  return {
    key: `DEMO${String(index + 1).padStart(5, '0')}`,
    head: people.name(),
    territory,
    size: String(people.between(1, 7)),
    status: monitored ? `${status} monitored_household` : status,
    monitored_type: monitored ? people.pick(['unstable_lifted', 'borderline', 'sudden_hardship']) : '',
    labour_capacity: people.pick(['able', 'able', 'weak', 'none']),
    helper: helpers.get(territory) ?? '',
    phone: people.phone(),
    // A visit is owed every month: those of the last two days are due soon, a few have been waiting for weeks.
    last_visit: addDays(today, people.chance(0.12) ? -people.between(32, 50) : -people.between(0, 29)),
    per_capita_income: String(people.between(60, 240) * 100),
    housing_grade: people.pick(['A', 'A', 'B', 'B', 'C']),
    water_source: people.pick(county.waterSources),
  }
}

/** The head and up to three others; no identity numbers, not even made-up ones: somebody may have any number. */
function membersOf(home: Readonly<Record<string, string>>, people: People, today: PlainDate) {
  const household = home['key'] as string
  const born = (youngest: number, oldest: number) => addDays(today, -people.between(youngest * 365, oldest * 365))
  const others = Math.min(3, Number(home['size']) - 1)
  return [
    {
      household,
      name: home['head'] as string,
      relation: 'head',
      birth_date: born(35, 75),
      phone: home['phone'] as string,
    },
    ...Array.from({ length: others }, (_, index) => ({
      household,
      name: people.name(),
      relation: index === 0 ? 'spouse' : 'child',
      birth_date: index === 0 ? born(30, 75) : born(3, 25),
      sex: people.pick(['male', 'female']),
    })),
  ]
}
