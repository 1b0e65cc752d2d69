/** The plans as data: who is owed which visit, when, and what is refused. */
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { AppError } from '../../src/base/errors.ts'
import { addDays, instant, type PlainDate } from '../../src/base/time.ts'
import { workingCalendar } from '../../src/domain/calendar/working-days.ts'
import {
  memberVisitsFollowing,
  visitsFollowing,
  type FollowContext,
  type OpenPlan,
  type PlannedHousehold,
} from '../../src/domain/visits/follow-import.ts'
import {
  endOfQuarter,
  isLate,
  isMissed,
  mayStart,
  nextDueOn,
  quarterDueOn,
  quarterOf,
} from '../../src/domain/visits/occurrence.ts'
import { readVisitPlans } from '../../src/domain/visits/plans.ts'
import { flagsOf } from '../../src/domain/visits/site-quarter.ts'
import { policyFile } from '../reminders/county.ts'

const file = policyFile('visit-plans')
const plans = readVisitPlans(file)
const calendar = workingCalendar()
const day = (text: string) => text as PlainDate

describe('the table of plans', () => {
  const refusal = (right: string, wrong: string) => {
    const yaml = file.yaml.replace(right, wrong)
    expect(yaml).not.toBe(file.yaml)
    try {
      readVisitPlans({ ...file, yaml })
    } catch (error) {
      if (error instanceof AppError && error.code === 'POLICY_INVALID') return error.details
      throw error
    }
    throw new Error('was not refused')
  }

  it.each([
    ['a status nobody knows', 'status: lifted_out_household', 'status: lifted_up', 'if'],
    ['a field nobody knows', '{ care_flag: left_behind_elder }', '{ careflag: left_behind_elder }', 'careflag'],
    [
      'a member without members',
      'applies_to: household\n    round: regular',
      'applies_to: house\n    round: regular',
      'applies_to',
    ],
    [
      'a plan that covers and is not there',
      'covered_by: [monitored, care_high]',
      'covered_by: [monitored, care_hi]',
      'no plan care_hi',
    ],
    [
      'an anchor that does not go with it',
      'every: { months: 6 }\n    anchor: last_visit',
      'every: { months: 6 }\n    anchor: stage_entered',
      'does not go with',
    ],
    ['a window that is none', 'may_start: -25d', 'may_start: soon', 'not a number of days'],
    ['a form that is not the site’s', 'resolved_by: site_quarter', 'resolved_by: visit_log', 'form of a site'],
    ['a plan for nobody', '    begins: { stages: [risk_removed, follow_up] }\n', '', 'for nobody'],
    ['a span that is none', 'after: [3 months', 'after: [three months', 'not a span'],
    ['a plan of a grid, which no form settles', 'applies_to: member', 'applies_to: grid', 'applies_to'],
    ['a setting nobody knows', 'log_back: 366d', 'log_back: 366d\nlog_on: 2d', 'log_on'],
  ])('is refused with its line: %s', (_, right, wrong, problem) => {
    const details = refusal(right, wrong)
    expect(details['file']).toBe('flows/policy/visit-plans.yaml')
    expect(Number(details['line'])).toBeGreaterThan(1)
    expect(String(details['reason'])).toContain(problem)
  })
})

describe('the next occurrence', () => {
  const due = (plan: string, last: string, entered: string | null = null) =>
    nextDueOn(plans.rule(plan), { last: day(last), entered: entered === null ? null : day(entered) }, calendar)

  test('by hand: monthly to the day, others before days off, look-back from the stage, quarters from their end', () => {
    expect(due('monitored', '2026-10-24')).toBe('2026-11-24')
    expect(due('monitored', '2027-01-31')).toBe('2027-02-28')
    expect(due('lifted_out', '2026-05-22')).toBe('2026-11-20') // 22 November is a Sunday
    expect(due('care_high', '2026-11-20')).toBe('2026-11-27')
    expect(due('left_behind_elder', '2026-01-17')).toBe('2026-02-14') // Spring Festival 2026, a make-up Saturday before it
    expect(due('look_back', '2026-11-23', '2026-11-23')).toBe('2027-02-23')
    expect(due('look_back', '2027-02-23', '2026-11-23')).toBe('2027-05-21') // 23 May is a Sunday
    // Visited only after both days were over: the next one is a year later, nothing is made up for.
    expect(due('look_back', '2027-08-01', '2026-11-23')).toBe('2028-05-23')
    expect(quarterDueOn(plans.rule('site_quarter'), '2026Q4', calendar)).toBe('2027-01-08') // 10 January is a Sunday
  })

  test('windows: may start, late, missed', () => {
    const look = plans.rule('look_back')
    expect(mayStart(look, day('2027-02-23'), day('2027-01-23'))).toBe(false)
    expect(mayStart(look, day('2027-02-23'), day('2027-01-24'))).toBe(true)
    expect(mayStart(plans.rule('monitored'), day('2027-02-23'), day('2020-01-01'))).toBe(true)
    expect(isLate(look, day('2027-02-23'), day('2027-02-23'))).toBe(false)
    expect(isLate(look, day('2027-02-23'), day('2027-02-24'))).toBe(true)
    expect(isMissed(look, day('2027-02-23'), day('2027-04-24'))).toBe(false)
    expect(isMissed(look, day('2027-02-23'), day('2027-04-25'))).toBe(true)
  })

  test('whatever the days: later than the last visit, once, and on a working day where the plan keeps to them', () => {
    const days = fc.integer({ min: 0, max: 1500 }).map((offset) => addDays(day('2026-01-01'), offset))
    fc.assert(
      fc.property(fc.constantFrom(...plans.rules), days, fc.integer({ min: 0, max: 900 }), (rule, last, before) => {
        const entered = addDays(last, -before)
        const next = nextDueOn(rule, { last, entered }, calendar)
        expect(nextDueOn(rule, { last, entered }, calendar)).toBe(next)
        if (rule.calendar === 'work') expect(calendar.isWorkingDay(next)).toBe(true)
        expect(next > last).toBe(true)
      }),
      { numRuns: 100 },
    )
    fc.assert(
      fc.property(days, (on) => {
        const end = endOfQuarter(quarterOf(on))
        expect(end >= on).toBe(true)
        expect(quarterOf(end)).toBe(quarterOf(on))
        expect(quarterOf(addDays(end, 1))).not.toBe(quarterOf(on))
      }),
      { numRuns: 100 },
    )
  })
})

describe('what follows from the roster', () => {
  let count = 0
  const context: FollowContext = {
    plans,
    calendar,
    watching: { begin: () => [] } as never,
    assigneeId: 's1',
    at: instant(0),
    ids: { next: () => `p${(count += 1)}` },
    today: day('2026-11-23'),
    visited: false,
    ended: () => [],
  }
  const home = (more: Partial<PlannedHousehold> = {}): PlannedHousehold => ({
    id: 'h',
    territoryId: 'v',
    status: '',
    monitoredType: null,
    lastVisitOn: null,
    ...more,
  })
  const opened = (changes: ReturnType<typeof visitsFollowing>) =>
    changes.flatMap((change) => (change.op === 'insert' && change.table === 'VisitPlan' ? [change.row] : []))
  const closed = (changes: ReturnType<typeof visitsFollowing>) =>
    changes.flatMap((change) => (change.op === 'update' && change.set['closedOn'] ? [change.id] : []))
  const openOf = (rows: ReturnType<typeof opened>) =>
    rows.map((row) => ({ ...row, revision: 0 }) as unknown as OpenPlan)

  it('one plan of the round: monthly for the visited and the monitored, half-yearly for lifted out alone', () => {
    expect(opened(visitsFollowing(home(), [], context))).toEqual([])
    expect(opened(visitsFollowing(home({ lastVisitOn: '2026-11-10' }), [], context))).toMatchObject([
      { plan: 'monitored', dueOn: '2026-12-10', assigneeId: 's1', openKey: 'monitored h' },
    ])
    expect(opened(visitsFollowing(home({ status: 'lifted_out_household' }), [], context))).toMatchObject([
      { plan: 'lifted_out', dueOn: '2027-05-21' },
    ])
    const both = home({ status: 'lifted_out_household dibao_recipient' })
    expect(opened(visitsFollowing(both, [], context))).toMatchObject([{ plan: 'monitored', dueOn: '2026-12-23' }])
  })

  it('the same again changes nothing; what fits no longer goes, and what is more comes in its place', () => {
    const lifted = home({ status: 'lifted_out_household' })
    const open = openOf(opened(visitsFollowing(lifted, [], context)))
    expect(visitsFollowing(lifted, open, context)).toEqual([])
    // Having been visited is no reason to be visited every month.
    expect(visitsFollowing({ ...lifted, lastVisitOn: '2026-11-20' }, open, context)).toEqual([])
    const worse = visitsFollowing({ ...lifted, monitoredType: 'borderline' }, open, context)
    expect(closed(worse)).toEqual([open[0]?.id])
    expect(opened(worse)).toMatchObject([{ plan: 'monitored' }])
    expect(closed(visitsFollowing({ ...lifted, closedOn: '2026-11-20' }, open, context))).toEqual([open[0]?.id])
  })

  it('an elder left behind is visited monthly, unless somebody comes every month anyway', () => {
    const elder = { id: 'm', householdId: 'h', careFlag: 'left_behind_elder', health: null }
    const alone = memberVisitsFollowing(elder, home(), [], context)
    expect(opened(alone)).toMatchObject([
      {
        plan: 'left_behind_elder',
        memberId: 'm',
        householdId: 'h',
        dueOn: '2026-12-23',
        openKey: 'left_behind_elder m',
      },
    ])
    const open = openOf(opened(alone))
    expect(memberVisitsFollowing(elder, home(), open, context)).toEqual([])
    const monitored = visitsFollowing(home({ monitoredType: 'borderline' }), open, context)
    expect(closed(monitored)).toEqual([open[0]?.id])
    const visited = openOf(opened(monitored))
    expect(memberVisitsFollowing(elder, home(), visited, context)).toEqual([])
    expect(closed(memberVisitsFollowing({ ...elder, diedOn: '2026-11-20' }, home(), open, context))).toEqual([
      open[0]?.id,
    ])
  })

  it('who lives alone and is seriously ill is visited every week; nothing is owed while they are away', () => {
    const ill = { id: 'm', householdId: 'h', careFlag: 'living_alone', health: 'serious' }
    expect(opened(memberVisitsFollowing(ill, home(), [], context))).toMatchObject([
      { plan: 'care_high', dueOn: '2026-11-30', mode: 'either' },
    ])
    expect(opened(memberVisitsFollowing({ ...ill, health: 'healthy' }, home(), [], context))).toEqual([])
    const away = opened(memberVisitsFollowing(ill, home({ mutedUntil: '2027-02-01' }), [], context))
    expect(away).toMatchObject([{ dueOn: '2027-02-01' }])
  })
})

test('a site’s quarter: only what changed beyond its share, each in its own direction', () => {
  const limits = { movedShare: 0.1, fallShare: 0.2, satisfiedFall: 0.5 }
  const before = {
    households: 100,
    persons: 400,
    zero_job_hh: 10,
    employed: 200,
    workshops: 5,
    workers: 50,
    satisfied: 4.5,
  }
  expect(flagsOf(before, before, limits)).toEqual([])
  expect(flagsOf({ ...before, households: 89, workers: 39, satisfied: 4 }, before, limits)).toEqual([
    'households',
    'workers',
    'satisfied',
  ])
  expect(flagsOf({ ...before, employed: 300, workshops: 9, zero_job_hh: 2, satisfied: 5 }, before, limits)).toEqual([])
  expect(flagsOf({ ...before, moved_in: 11, moved_out: 10 }, before, limits)).toEqual(['moved_in'])
})
