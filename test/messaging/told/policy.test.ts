/** The file of what is told is checked when it loads, with its line. */
import { expect, test } from 'vitest'
import { DAY } from '../../../src/base/time.ts'
import { readCaseStages } from '../../../src/domain/cases/stages.ts'
import { DEFAULT_TOLD, readToldPolicy } from '../../../src/domain/cases/told.ts'
import { policyFile } from '../../reminders/county.ts'

const shipped = policyFile('told')
const { stageIds } = readCaseStages(policyFile('case-stages'))

test('what ships is what holds where a county has no such file', () => {
  expect(readToldPolicy(shipped, stageIds)).toEqual(DEFAULT_TOLD)
  expect(readToldPolicy(undefined)).toBe(DEFAULT_TOLD)
  expect(DEFAULT_TOLD.phone.pageShutAfterMs).toBe(14 * DAY)
})

test.each([
  ["quiet: ['21:00-07:00']", "quiet: ['9pm-7am']", /quiet/],
  ['page_shut_after: 14d', 'page_shut_after: 2 weeks', /page_shut_after/],
  ['others: 2', 'others: 1', /others/],
  ['stages: [confirmed_by_villager, done, follow_up]', 'stages: [solved]', /no stage solved/],
  ['[public_notice, county_confirmed', '[public_notise, county_confirmed', /no stage public_notise/],
  ['attempts: 3', 'atempts: 3', /attempts|Unrecognized/],
])('%s → %s is refused with file and line', (right, wrong, reason) => {
  expect(shipped.yaml).toContain(right)
  const line = shipped.yaml.split('\n').findIndex((each) => each.includes(right)) + 1
  const read = () => readToldPolicy({ ...shipped, yaml: shipped.yaml.replace(right, wrong) }, stageIds)
  expect(read).toThrow(expect.objectContaining({ code: 'POLICY_INVALID' }))
  try {
    read()
  } catch (error) {
    const { details } = error as { details: { file: string; line: number; reason: string } }
    expect(details.file).toBe(shipped.file)
    expect(details.reason).toMatch(reason)
    if (!wrong.startsWith('atempts')) expect(details.line).toBe(line)
  }
})
