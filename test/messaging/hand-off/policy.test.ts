import { expect, test } from 'vitest'
import { DEFAULT_PEOPLE, readPeoplePolicy } from '../../../src/messaging/speaker/policy.ts'
import { definitions } from '../../cli/house.ts'

const shipped = definitions.policies.get('people')

test('the numbers that ship are the ones that hold without the file', () => {
  expect(readPeoplePolicy(shipped)).toEqual(DEFAULT_PEOPLE)
})

test('a silence that is no time is refused with its line; without the section the numbers that ship hold', () => {
  const text = shipped?.yaml ?? ''
  const changed = (from: string, to: string) =>
    readPeoplePolicy({ file: 'policy/people.yaml', yaml: text.replace(from, to) })
  expect(() => changed('silence: 48h', 'silence: soon')).toThrow(/POLICY_INVALID/)
  expect(changed('silence: 48h', 'silence: 3d').handOff.silenceMs).toBe(3 * 86_400_000)
  const bare = text.slice(0, text.indexOf('hand_off:'))
  expect(readPeoplePolicy({ file: 'policy/people.yaml', yaml: bare }).handOff).toEqual(DEFAULT_PEOPLE.handOff)
})
