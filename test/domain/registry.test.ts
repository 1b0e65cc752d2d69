import { describe, expect, it } from 'vitest'
import type { PlainDate } from '../../src/base/time.ts'
import { standIn } from '../../src/domain/registry/cover.ts'
import type { CoverRecord, RoleRecord } from '../../src/domain/registry/ports.ts'
import {
  answererIn,
  departmentOfficer,
  leadIn,
  mayOpen,
  responsibleAbove,
  ownerIn,
  responsibleIn,
  type Chain,
} from '../../src/domain/registry/responsible.ts'

const day = (text: string) => text as PlainDate
const TODAY = day('2026-12-02')

const LEVELS: Readonly<Record<string, string>> = {
  u: 'ten_household_unit',
  g: 'grid',
  v: 'village',
  s: 'resettlement_site',
  t: 'township',
  c: 'county',
}

/** @param places letters of LEVELS, the place first @param roles `who role place` */
function chain(places: string, roles: readonly string[], covers: readonly CoverRecord[] = []): Chain {
  const lineage = [...places].map((id) => ({
    id,
    path: id,
    name: id,
    level: LEVELS[id] as string,
    parentId: null,
    zone: null,
    publicPhone: null,
  }))
  const holders = roles.map((line): RoleRecord => {
    const [staffId, role, territoryId, left] = line.split(' ') as [string, string, string, string?]
    return { staffId, role, territoryId, leftOn: left ? day(left) : null }
  })
  return { lineage, holders, accounts: [], covers }
}

const away = (staffId: string, byStaffId: string, fromOn = '2026-12-01', toOn = '2026-12-05'): CoverRecord => ({
  id: `${staffId}-${byStaffId}`,
  staffId,
  byStaffId,
  fromOn: day(fromOn),
  toOn: day(toOn),
  revision: 0,
})

const STAFF = [
  'head ten_household_head u',
  'worker1 grid_worker g',
  'worker2 grid_worker g',
  'village village_staff v',
  'helper responsible_helper v',
  'manager site_manager s',
  'town township_reviewer t',
  'county county_officer c',
]

describe('who answers for a place below the village', () => {
  it.each([
    ['ugvtc', 'head'],
    ['gvtc', 'worker1'],
    ['vtc', 'village'],
    ['stc', 'manager'],
    ['tc', 'town'],
    ['c', 'county'],
  ])('%s: %s', (places, who) => expect(responsibleIn(chain(places, STAFF), TODAY)).toBe(who))

  it('falls upward where a level has nobody, or the one who was there has left', () => {
    expect(
      responsibleIn(chain('ugvtc', ['head ten_household_head u 2026-12-02', 'village village_staff v']), TODAY),
    ).toBe('village')
    expect(responsibleIn(chain('stc', ['county county_officer c']), TODAY)).toBe('county')
    expect(responsibleIn(chain('ugvtc', []), TODAY)).toBeNull()
  })

  it('a head whose role is entered for the whole village does not come before the village', () => {
    expect(responsibleIn(chain('vtc', ['head ten_household_head v', 'village village_staff v']), TODAY)).toBe('village')
  })

  it('of several workers of a grid the one who can be reached', () => {
    const reachable = {
      staffId: 'worker2',
      identityId: 'i',
      channel: 'pipe',
      user: 'w2',
      language: null,
      heardAt: null,
    }
    expect(responsibleIn({ ...chain('gvtc', STAFF), accounts: [reachable] }, TODAY)).toBe('worker2')
  })

  it('the manager leads a site as the village staff lead a village', () => {
    expect(leadIn(chain('stc', STAFF), 'village', TODAY)).toBe('manager')
    expect(leadIn(chain('ugvtc', STAFF), 'village', TODAY)).toBe('village')
  })
})

describe('while somebody is away', () => {
  it('whoever is away owns what is opened meanwhile; a helper before the place, unless that one may not open it', () => {
    const covers = [away('village', 'helper'), away('town', 'village')]
    const vtc = chain('vtc', STAFF, covers)
    expect(responsibleIn(vtc, TODAY)).not.toBe('village')
    expect(ownerIn(vtc, TODAY)).toBe('village')
    expect(ownerIn(vtc, TODAY, 'town')).toBe('town')
    expect(ownerIn(vtc, TODAY, 'elsewhere')).toBe('village')
    expect(ownerIn(vtc, TODAY, 'village', 'township')).toBe('town')
  })

  it('who was named answers from the first day to the last', () => {
    const covered = (on: string) => responsibleIn(chain('vtc', STAFF, [away('village', 'helper')]), day(on))
    expect(['2026-11-30', '2026-12-01', '2026-12-05', '2026-12-06'].map(covered)).toEqual([
      'village',
      'helper',
      'helper',
      'village',
    ])
  })

  it('a stand-in who is away too is stood in for, and two who name each other leave it to the place', () => {
    const covers = [away('village', 'helper'), away('helper', 'town')]
    expect(answererIn(chain('vtc', STAFF, covers), 'village', TODAY)).toBe('town')
    const loop = [away('village', 'helper'), away('helper', 'village')]
    expect(standIn('village', loop, () => true, TODAY)).toBeNull()
    expect(responsibleIn(chain('vtc', STAFF, loop), TODAY)).toBe('town')
  })

  it('nobody is given what he may not open: the place answers then', () => {
    const covers = [away('worker1', 'elsewhere')]
    expect(answererIn(chain('gvtc', STAFF, covers), 'worker1', TODAY)).toBe('worker2')
    const left = chain('gvtc', [...STAFF, 'gone village_staff v 2026-12-01'], [away('worker1', 'gone')])
    expect(answererIn(left, 'worker1', TODAY)).toBe('worker2')
    expect(mayOpen(chain('vtc', ['p proxy v', 'e exporter c']), 'p', TODAY)).toBe(false)
  })

  it('what goes over the head of a village does not fall down to it through a stand-in', () => {
    const covers = [away('town', 'village')]
    expect(answererIn(chain('vtc', STAFF, covers), 'town', TODAY)).toBe('village')
    expect(answererIn(chain('vtc', STAFF, covers), 'town', TODAY, [], 'township')).toBe('county')
  })

  it('the level above answers where nobody is named; a colleague at the top', () => {
    expect(responsibleAbove(chain('gvtc', STAFF), 'worker1', TODAY)).toBe('village')
    expect(responsibleAbove(chain('c', ['a county_officer c', 'b county_officer c']), 'a', TODAY)).toBe('b')
    expect(responsibleAbove(chain('c', ['a county_officer c']), 'a', TODAY)).toBeNull()
  })
})

describe('the officer of a department', () => {
  const OFFICERS = [
    'd1 department_officer:medical t',
    'd2 department_officer:medical c',
    'd3 department_officer c',
    'county county_officer c',
  ]
  it('is the nearest of the department, else one for all departments, else the county', () => {
    expect(departmentOfficer(chain('vtc', OFFICERS), 'medical', TODAY)).toBe('d1')
    expect(departmentOfficer(chain('c', OFFICERS), 'medical', TODAY)).toBe('d2')
    expect(departmentOfficer(chain('vtc', OFFICERS), 'water', TODAY)).toBe('d3')
    expect(departmentOfficer(chain('vtc', ['county county_officer c']), 'water', TODAY)).toBe('county')
  })
  it('is stood in for like everybody', () => {
    expect(departmentOfficer(chain('vtc', OFFICERS, [away('d1', 'd2')]), 'medical', TODAY)).toBe('d2')
  })
})
