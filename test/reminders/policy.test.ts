import { describe, expect, it } from 'vitest'
import { AppError } from '../../src/base/errors.ts'
import { parseInstant, type Instant, type PlainDate } from '../../src/base/time.ts'
import { workingCalendar } from '../../src/domain/calendar/working-days.ts'
import { readCaseStages, stageMove } from '../../src/domain/cases/stages.ts'
import { readVisitPlans } from '../../src/domain/visits/plans.ts'
import { firesOn, latestFire } from '../../src/reminders/digest-fires.ts'
import { readReminderPolicy } from '../../src/reminders/policy.ts'
import { policyFile, ZONE } from './county.ts'

const place = { calendar: workingCalendar(), zone: ZONE }
const policy = readReminderPolicy(policyFile('reminders'))
const stages = readCaseStages(policyFile('case-stages'))

const refusal = (read: () => unknown): Record<string, unknown> => {
  try {
    read()
  } catch (error) {
    if (error instanceof AppError && error.code === 'POLICY_INVALID') return error.details
    throw error
  }
  throw new Error('was not refused')
}

describe('the policy of reminders', () => {
  it.each([
    ['not a rung time', 'at: -2d', 'at: soon', 'not a time of a rung: soon'],
    ['a rung before the one below it', 'at: +7d', 'at: +2d', 'not later than the rung before'],
    [
      'a recipient that is none',
      'to: lead(township), via: private }\n      - { at: +14d',
      'to: lead(moon), via: private }\n      - { at: +14d',
      'not a recipient',
    ],
    [
      'a group privately',
      'to: group(village), via: digest',
      'to: group(village), via: private',
      'a group hears by digest',
    ],
    ['hours that are none', "'12:00-14:00'", "'12:00-25:00'", 'not a span of hours'],
    [
      'a rule that no digest knows',
      'items: [visit_overdue, case_due]',
      'items: [visit_overdue, case_duo]',
      'no rule case_duo',
    ],
    ['a cron that is none', "'30 8 * * *'", "'30 8 * *'", 'not a cron'],
    ['a key nobody knows', 'stale_after: 48h', 'stale_afterwards: 48h', 'stale_afterwards'],
    ['two rules of one name', 'rule: case_total', 'rule: case_due', 'stands twice'],
  ])('is refused with file and line: %s', (_, right, wrong, problem) => {
    const { file, yaml } = policyFile('reminders')
    const broken = yaml.replace(right, wrong)
    const details = refusal(() => readReminderPolicy({ file, yaml: broken }))
    expect(details['file']).toBe('flows/policy/reminders.yaml')
    expect(String(details['reason'])).toContain(problem)
    const line = broken.split('\n')[Number(details['line']) - 1] ?? ''
    const changed = wrong.split('\n')[0] as string
    // The line of the slip itself; where a key is unknown, the line where its entry begins.
    if (!changed.includes('stale'))
      expect(line + broken.split('\n')[Number(details['line'])]).toContain(changed.split(',')[0])
    else expect(Number(details['line'])).toBeGreaterThan(1)
  })

  it('is refused when it is no YAML', () => {
    expect(refusal(() => readReminderPolicy({ file: 'x.yaml', yaml: 'rules: [\n  a: {' }))).toMatchObject({
      file: 'x.yaml',
    })
  })
})

describe('the tables of stages and visits', () => {
  it.each([
    ['case-stages', 'next: [accepted, referred, duplicate] }', 'next: [acepted] }', 'no stage acepted'],
    ['case-stages', 'id: duplicate, owner', 'id: referred, owner', 'stands twice'],
    ['case-stages', 'due: 13', 'due: 16', 'later than the total'],
    ['visit-plans', 'months: 1', 'months: 0', 'every'],
  ])('%s is refused: %s → %s', (name, right, wrong, problem) => {
    const { file, yaml } = policyFile(name)
    const read = name === 'visit-plans' ? readVisitPlans : readCaseStages
    const details = refusal(() => read({ file, yaml: yaml.replace(right, wrong) }))
    expect(details['file']).toBe(`flows/policy/${name}.yaml`)
    expect(Number(details['line'])).toBeGreaterThan(1)
    expect(String(details['reason'])).toContain(problem)
  })

  it('lets nobody skip a stage, shorten the public notice, or move what is closed', () => {
    const ledger = stages.ledgerOf('hardship')
    const on = (day: string) => day as PlainDate
    const matter = { stage: 'public_notice', stageEnteredOn: on('2026-11-23'), closedAt: null }
    expect(stageMove(ledger, matter, 'township_review', on('2026-11-27'))).toMatchObject({ reason: 'too_early' })
    expect(stageMove(ledger, matter, 'township_review', on('2026-11-28'))).toMatchObject({ kind: 'allowed' })
    expect(stageMove(ledger, matter, 'county_confirmed', on('2026-12-28'))).toMatchObject({ reason: 'not_next' })
    const closed = { ...matter, closedAt: 0 as Instant }
    expect(stageMove(ledger, closed, 'township_review', on('2026-11-28'))).toMatchObject({ reason: 'closed' })
  })
})

describe('a digest', () => {
  const [morning, week, month] = policy.digests
  const on = (day: string) => day as PlainDate

  it('of every morning fires on working days only', () => {
    expect(firesOn(morning!, on('2026-11-23'), place)).toBe(true)
    expect(firesOn(morning!, on('2026-11-22'), place)).toBe(false)
    expect(firesOn(morning!, on('2026-10-10'), place)).toBe(true)
  })

  it('of the week and the month moves to the first working day after a day off', () => {
    expect(firesOn(week!, on('2026-02-16'), place)).toBe(false)
    expect(firesOn(week!, on('2026-02-24'), place)).toBe(true)
    expect(firesOn(week!, on('2026-02-25'), place)).toBe(false)
    expect(firesOn(month!, on('2026-10-01'), place)).toBe(false)
    expect(firesOn(month!, on('2026-10-08'), place)).toBe(true)
    expect(firesOn(month!, on('2026-10-09'), place)).toBe(false)
  })

  it('knows its latest fire', () => {
    const at = parseInstant('2026-10-03T12:00:00+08:00') as Instant
    expect(latestFire(morning!, at, place)).toBe(parseInstant('2026-09-30T08:30:00+08:00'))
    expect(latestFire(month!, at, place)).toBe(parseInstant('2026-09-01T09:00:00+08:00'))
  })
})
