import { describe, expect, it } from 'vitest'
import { covers, levelOf, maySee, reaches } from '../../../src/messaging/scope.ts'

const PLACE = '吉首市/矮寨镇/阳孟村'
const staff = (...scopes: readonly (readonly [string, string])[]) => ({
  id: 's',
  name: '某人',
  scopes: scopes.map(([role, path]) => ({ role, path, territoryId: path })),
})

describe('who may know of a matter that goes over the heads of a village', () => {
  it.each([
    ['village_staff', PLACE, null, true],
    ['village_staff', PLACE, 'township', false],
    ['township_reviewer', '吉首市/矮寨镇', 'township', true],
    ['township_reviewer', '吉首市/矮寨镇', 'county', false],
    ['county_officer', '吉首市', 'township', true],
    ['county_officer', '吉首市', 'county', true],
    ['township_reviewer', '吉首市/马颈坳镇', 'township', false],
    ['supervisor', '吉首市', 'county', true],
    // A site lies right below its county; somebody of a county's office helps a household: neither is the office above.
    ['site_manager', '吉首市/金叶安置点', 'township', false],
    ['responsible_helper', '吉首市', 'township', false],
    ['township_reviewer', '吉首市', 'county', false],
    // A level that nobody has.
    ['county_officer', '吉首市', 'province', false],
  ] as const)('%s of %s, seen from %s: %s', (role, path, seenFrom, allowed) => {
    expect(maySee(staff([role, path]), seenFrom, PLACE)).toBe(allowed)
  })

  it('asks each scope whole: a high role elsewhere does not lift a low one here', () => {
    const both = staff(['township_reviewer', '吉首市/马颈坳镇'], ['village_staff', PLACE])
    expect(covers(both, PLACE)).toBe(true)
    expect(maySee(both, 'township', PLACE)).toBe(false)
  })

  it('has the level of a place by its depth', () => {
    expect(levelOf({ role: 'department_officer', path: '吉首市' })).toBe('county')
    expect(levelOf({ role: 'department_officer', path: '吉首市/矮寨镇' })).toBe('township')
    expect(levelOf({ role: 'department_officer', path: `${PLACE}/一组` })).toBe('village')
    expect(reaches('township', null)).toBe(true)
    expect(reaches('village', 'township')).toBe(false)
  })
})
