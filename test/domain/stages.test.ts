import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AppError } from '../../src/base/errors.ts'
import { addDays } from '../../src/base/time.ts'
import type { Mover } from '../../src/domain/cases/move-terms.ts'
import { readCaseStages } from '../../src/domain/cases/stages.ts'
import {
  ALL_NEEDS,
  ANYBODY,
  COUNTY,
  day,
  FILE,
  matterOf,
  reasonOf,
  SECOND,
  STAGES,
  staff,
  TOWNSHIP,
  VILLAGE,
  YAML,
} from './stage-world.ts'

type World = ReturnType<typeof matterOf>

/** Along the table, each step as early as it may be. */
async function toTownship(w: World, lead: string) {
  await w.move('accepted', VILLAGE, lead)
  await w.move('verifying', VILLAGE, lead)
  w.verify(lead)
  await w.move('comparing', VILLAGE, lead)
  await w.move('village_review', VILLAGE, lead)
  await w.sign(VILLAGE, lead)
  await w.move('public_notice', VILLAGE, lead)
  await w.move('township_review', VILLAGE, addDays(day(lead), 5))
}

/** Made by hand with a calendar on the wall: day of the lead, then the day of each stage, then that of the decision. */
const CLOCK: readonly (readonly [string, Readonly<Record<string, string>>, string])[] = [
  [
    '2026-11-23',
    {
      reported: '2026-11-24',
      accepted: '2026-11-27',
      verifying: '2026-11-29',
      comparing: '2026-11-29',
      village_review: '2026-11-30',
      public_notice: '2026-12-05',
      township_review: '2026-12-06',
    },
    '2026-12-08',
  ],
  // Over Spring Festival: days are calendar days, the feast stops nothing.
  [
    '2027-02-01',
    {
      reported: '2027-02-02',
      accepted: '2027-02-05',
      verifying: '2027-02-07',
      comparing: '2027-02-07',
      village_review: '2027-02-08',
      public_notice: '2027-02-13',
      township_review: '2027-02-14',
    },
    '2027-02-16',
  ],
  // Over 29 February.
  [
    '2028-02-20',
    {
      reported: '2028-02-21',
      accepted: '2028-02-24',
      verifying: '2028-02-26',
      comparing: '2028-02-26',
      village_review: '2028-02-27',
      public_notice: '2028-03-03',
      township_review: '2028-03-04',
    },
    '2028-03-06',
  ],
  // Over the end of a year without one.
  [
    '2026-12-28',
    {
      reported: '2026-12-29',
      accepted: '2027-01-01',
      verifying: '2027-01-03',
      comparing: '2027-01-03',
      village_review: '2027-01-04',
      public_notice: '2027-01-09',
      township_review: '2027-01-10',
    },
    '2027-01-12',
  ],
  // Over National Day.
  [
    '2027-09-24',
    {
      reported: '2027-09-25',
      accepted: '2027-09-28',
      verifying: '2027-09-30',
      comparing: '2027-09-30',
      village_review: '2027-10-01',
      public_notice: '2027-10-06',
      township_review: '2027-10-07',
    },
    '2027-10-09',
  ],
]

describe('the clock of fifteen days', () => {
  it.each(CLOCK)('from a lead on %s', async (lead, days, decide) => {
    const w = matterOf('hardship', lead)
    const seen: Record<string, unknown> = { reported: w.now.stageDueOn }
    const note = () => (seen[w.now.stage] = w.now.stageDueOn)
    await w.move('accepted', VILLAGE, lead)
    note()
    await w.move('verifying', VILLAGE, lead)
    note()
    w.verify(lead)
    await w.move('comparing', VILLAGE, lead)
    note()
    await w.move('village_review', VILLAGE, lead)
    note()
    await w.sign(VILLAGE, lead)
    await w.move('public_notice', VILLAGE, lead)
    note()
    await w.move('township_review', VILLAGE, addDays(day(lead), 5))
    note()
    expect(seen).toEqual(days)
    expect(w.now.decideBy).toBe(decide)
    await w.sign(TOWNSHIP, addDays(day(lead), 6))
    expect(w.now.stageDueOn).toBe(decide)
  })

  it.each([
    [14, 'moved to county_confirmed'],
    [15, 'moved to county_confirmed'],
    [16, 'late_reason_missing'],
    [17, 'late_reason_missing'],
  ])('the decision on day %i: %s', async (after, expected) => {
    const w = matterOf('hardship', '2028-02-20')
    await toTownship(w, '2028-02-20')
    await w.sign(TOWNSHIP, '2028-02-26')
    const on = addDays(day('2028-02-20'), after)
    expect(reasonOf(await w.move('county_confirmed', COUNTY, on))).toBe(expected)
    if (!expected.startsWith('late')) return expect(w.now.decidedOn).toBe(on)
    expect(w.now.stage).toBe('township_review')
    expect(reasonOf(await w.move('county_confirmed', COUNTY, on, { lateReason: '大雪封路' }))).toContain('moved')
    expect(w.now).toMatchObject({ lateReason: '大雪封路', decidedOn: on, leadOn: '2028-02-20' })
  })

  it('a notice that begins late lasts its five days all the same', async () => {
    const w = matterOf('hardship', '2026-11-23')
    await w.move('accepted', VILLAGE, '2026-11-23')
    await w.move('verifying', VILLAGE, '2026-11-24')
    w.verify('2026-11-24')
    await w.move('village_review', VILLAGE, '2026-12-02')
    await w.sign(VILLAGE, '2026-12-02')
    await w.move('public_notice', VILLAGE, '2026-12-03')
    expect(w.now.stageDueOn).toBe('2026-12-08')
    expect(await w.move('township_review', VILLAGE, '2026-12-07')).toMatchObject({
      reason: 'too_early',
      params: { until: '2026-12-08', count: 1 },
    })
    expect(reasonOf(await w.move('township_review', VILLAGE, '2026-12-08'))).toBe('moved to township_review')
  })

  it('an urgent matter is taken up on the same day', () => {
    expect(matterOf('hardship', '2026-11-23', 'urgent').now.stageDueOn).toBe('2026-11-23')
    expect(matterOf('water', '2026-11-23', 'danger').now.stageDueOn).toBe('2026-11-23')
  })
})

const KINDS = ['hardship', 'water', 'housing', 'unsold', 'complaint', 'message']

describe('the arrows of the table', () => {
  it.each(KINDS)('of %s: every pair of stages that no arrow joins is refused, and nothing is changed', async (kind) => {
    const { stages } = STAGES.ledgerOf(kind)
    for (const from of stages.filter((stage) => !stage.closes)) {
      for (const to of stages) {
        const w = matterOf(kind, '2026-11-23')
        w.place(from.id, '2026-11-23')
        const [before, entries] = [w.now, w.timeline.length]
        // Half a year later, with everything that is needed: only the arrows count.
        const decision = await w.move(to.id, ANYBODY, '2027-07-01', { fulfilled: ALL_NEEDS, otherId: 'x' })
        const mayGo = from.next.includes(to.id) || to.fromOpen
        expect(decision.kind, `${from.id} → ${to.id}`).toBe(mayGo ? 'moved' : 'refused')
        if (mayGo) {
          expect(w.now).toMatchObject({ stage: to.id, leadOn: '2026-11-23' })
          expect(w.now.closedAt !== null).toBe(to.closes)
          expect(w.now.openKey === null).toBe(to.closes)
        } else {
          expect(w.now).toBe(before)
          expect(w.timeline).toHaveLength(entries)
          expect(reasonOf(decision)).toBe(to.id === from.id ? 'already' : 'not_next')
        }
      }
    }
  })

  it('a closed matter goes nowhere, and no stage of another table is reached', async () => {
    for (const kind of KINDS) {
      const w = matterOf(kind, '2026-11-23')
      expect(reasonOf(await w.move('nowhere', ANYBODY, '2026-11-24'))).toBe('no_stage')
      await w.move('withdrawn', ANYBODY, '2026-11-24')
      for (const { id } of STAGES.ledgerOf(kind).stages)
        expect(reasonOf(await w.move(id, ANYBODY, '2026-11-25', { fulfilled: ALL_NEEDS }))).toBe('closed')
    }
  })
})

describe('who may', () => {
  it('out of scope, of the wrong role, and of what was his own work', async () => {
    const w = matterOf('hardship', '2026-11-23')
    expect(reasonOf(await w.move('accepted', staff('x'), '2026-11-23'))).toBe('no_scope')
    expect(reasonOf(await w.move('accepted', staff('x', 'supervisor'), '2026-11-23'))).toBe('no_role')
    await toTownship(w, '2026-11-23')
    expect(reasonOf(await w.sign(VILLAGE, '2026-11-28'))).toBe('no_role')
    // Found at the visit, and reviewed in the township by the same two hands.
    expect(reasonOf(await w.sign(staff('v', 'township_reviewer'), '2026-11-28'))).toBe('self_approval')
    expect(reasonOf(await w.sign(staff('w', 'township_reviewer'), '2026-11-28'))).toBe('self_approval')
    expect(reasonOf(await w.move('county_confirmed', COUNTY, '2026-11-28'))).toBe('sign_off_missing')
    expect(reasonOf(await w.sign(TOWNSHIP, '2026-11-28'))).toContain('moved')
    expect(reasonOf(await w.sign(TOWNSHIP, '2026-11-28'))).toBe('signed_off')
    expect(reasonOf(await w.move('county_confirmed', TOWNSHIP, '2026-11-28'))).toBe('no_role')
    for (const id of ['v', 'w', 't']) {
      const officer = staff(id, 'county_officer')
      expect(reasonOf(await w.move('county_confirmed', officer, '2026-11-28'))).toBe('self_approval')
    }
    expect(w.now.stage).toBe('township_review')
    expect(reasonOf(await w.move('county_confirmed', COUNTY, '2026-11-28'))).toBe('moved to county_confirmed')
  })

  it('a villager takes back and confirms, and moves nothing else', async () => {
    const villager = { kind: 'villager', id: 'i', roles: [] } as const
    const w = matterOf('water', '2026-11-23')
    expect(reasonOf(await w.move('accepted', villager, '2026-11-23'))).toBe('no_role')
    expect(reasonOf(await w.move('withdrawn', villager, '2026-11-23'))).toBe('moved to withdrawn')
    const other = matterOf('complaint', '2026-11-23')
    expect(reasonOf(await other.move('accepted', VILLAGE, '2026-11-23'))).toBe('no_role')
  })
})

describe('what must be there first', () => {
  it('a finding, the second person, the signature', async () => {
    const w = matterOf('hardship', '2026-11-23')
    await w.move('accepted', VILLAGE, '2026-11-23')
    await w.move('verifying', VILLAGE, '2026-11-23')
    expect(reasonOf(await w.move('comparing', VILLAGE, '2026-11-24'))).toBe('verification_missing')
    w.verify('2026-11-24', 'not_yet', ['v', 'w'], 'waiting')
    expect(reasonOf(await w.move('village_review', VILLAGE, '2026-11-24'))).toBe('second_person_missing')
    w.verify('2026-11-24', 'not_yet')
    expect(reasonOf(await w.move('comparing', VILLAGE, '2026-11-24'))).toBe('authorisation_missing')
    expect(reasonOf(await w.move('village_review', VILLAGE, '2026-11-24'))).toBe('moved to village_review')
    expect(reasonOf(await w.move('public_notice', VILLAGE, '2026-11-24'))).toBe('sign_off_missing')
    expect(reasonOf(await w.sign(VILLAGE, '2026-11-24', false))).toBe('reason_missing')
    await w.sign(VILLAGE, '2026-11-24', false, '家里有车')
    expect(reasonOf(await w.move('public_notice', VILLAGE, '2026-11-24'))).toBe('sign_off_missing')
    expect(reasonOf(await w.move('not_included', VILLAGE, '2026-11-24', { reason: '家里有车' }))).toBe('no_role')
    expect(reasonOf(await w.move('not_included', COUNTY, '2026-11-24'))).toBe('reason_missing')
    expect(reasonOf(await w.move('not_included', COUNTY, '2026-11-24', { reason: '家里有车' }))).toContain('moved')
  })

  it('after an objection what was found before counts no more', async () => {
    const w = matterOf('hardship', '2026-11-23')
    await toTownship(w, '2026-11-23')
    await w.move('verifying', TOWNSHIP, '2026-11-29', { reason: '有异议' })
    expect(w.now.stageDueOn).toBe('2026-12-01')
    expect(reasonOf(await w.move('village_review', VILLAGE, '2026-11-30'))).toBe('verification_missing')
    w.verify('2026-11-30')
    expect(reasonOf(await w.move('village_review', VILLAGE, '2026-11-30'))).toBe('moved to village_review')
    // The sign-off of the first time is none of the second.
    expect(reasonOf(await w.move('public_notice', VILLAGE, '2026-11-30'))).toBe('sign_off_missing')
  })

  it('removal: six months, a measure done, somebody who can work, and the same steps as at the entry', async () => {
    const w = matterOf('hardship', '2027-08-20')
    await toTownship(w, '2027-08-20')
    await w.sign(TOWNSHIP, '2027-08-26')
    await w.move('county_confirmed', COUNTY, '2027-08-29')
    expect(reasonOf(await w.move('assisting', VILLAGE, '2027-08-30'))).toBe('plan_missing')
    w.facts.measures = [{ kind: 'job', state: 'planned' }]
    await w.move('assisting', VILLAGE, '2027-08-30')
    // Six months after 29 August end on 29 February in that year.
    expect(await w.move('removal_proposed', VILLAGE, '2028-02-28')).toMatchObject({
      reason: 'months',
      params: { first: '2028-02-29' },
    })
    expect(reasonOf(await w.move('removal_proposed', VILLAGE, '2028-02-29'))).toBe('measure_done_missing')
    w.facts.measures = [{ kind: 'job', state: 'done' }]
    w.facts.isWithoutLabour = true
    expect(reasonOf(await w.move('removal_proposed', VILLAGE, '2028-02-29'))).toBe('labour_missing')
    w.facts.isWithoutLabour = false
    expect(reasonOf(await w.move('removal_proposed', VILLAGE, '2028-02-29'))).toBe('moved to removal_proposed')
    await w.move('removal_review', SECOND, '2028-03-01')
    expect(reasonOf(await w.move('risk_removed', COUNTY, '2028-03-05'))).toBe('too_early')
    expect(reasonOf(await w.move('risk_removed', COUNTY, '2028-03-06'))).toBe('sign_off_missing')
    expect(reasonOf(await w.sign(TOWNSHIP, '2028-03-06'))).toContain('moved')
    expect(reasonOf(await w.move('risk_removed', COUNTY, '2028-03-06'))).toBe('moved to risk_removed')
    expect(reasonOf(await w.move('follow_up', VILLAGE, '2028-03-07'))).toBe('moved to follow_up')
    expect(w.now.closedAt).not.toBeNull()
  })

  it('a day that is not here yet, or before the step before, is none', async () => {
    const w = matterOf('hardship', '2026-11-23')
    expect(reasonOf(await w.move('accepted', VILLAGE, '2026-11-24', { on: day('2026-11-25') }))).toBe('date_future')
    expect(reasonOf(await w.move('accepted', VILLAGE, '2026-11-24', { on: day('2026-11-22') }))).toBe('date_before')
    expect(reasonOf(await w.move('accepted', VILLAGE, '2026-11-25', { on: day('2026-11-24') }))).toContain('moved')
    expect(w.now.stageEnteredOn).toBe('2026-11-24')
    expect(w.timeline.find(({ what }) => what === 'on')?.detail).toBe('2026-11-24')
  })
})

describe('whatever staff try, in whatever order', () => {
  const PEOPLE = [VILLAGE, SECOND, TOWNSHIP, COUNTY, staff('v', 'county_officer'), staff('x')]
  // What ends a matter would end the walk.
  const open = STAGES.ledgerOf('hardship').stages.filter(({ closes }) => !closes)
  const targets = open.map(({ id }) => id)
  const onward = (stage: string, place: number): string => {
    const next = (open.find(({ id }) => id === stage)?.next ?? []).filter((id) => targets.includes(id))
    return next[place % Math.max(1, next.length)] ?? stage
  }
  const fit = (to: string, from: string): Mover | null => {
    const stage = open.find(({ id }) => id === (to === 'sign' ? from : to))
    const roles = to === 'sign' ? stage?.signOff?.by : stage?.by
    return [VILLAGE, TOWNSHIP, COUNTY].find((each) => each.roles.some((role) => roles?.includes(role))) ?? null
  }
  const step = fc.record({
    who: fc.nat(PEOPLE.length - 1),
    to: fc.oneof(
      { weight: 1, arbitrary: fc.constantFrom(...targets) },
      { weight: 6, arbitrary: fc.constantFrom('onward', 'onward', 'sign', 'verify') },
    ),
    wait: fc.nat(4),
  })

  it('the road is kept: the lead stays, the notice lasts, nobody confirms his own finding', async () => {
    let confirmed = 0
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 40, maxLength: 120 }), async (steps) => {
        const w = matterOf('hardship', '2026-11-23')
        let on = day('2026-11-23')
        for (const { who, to, wait } of steps) {
          on = addDays(on, wait)
          const before = w.now
          const goal = to === 'onward' ? onward(before.stage, wait) : to
          // Mostly the one whose turn it is.
          const by = (who < 4 ? fit(goal, before.stage) : null) ?? (PEOPLE[who] as Mover)
          if (to === 'verify') {
            w.verify(on)
            continue
          }
          const decision =
            to === 'sign'
              ? await w.sign(by, on)
              : await w.move(goal, by, on, { reason: 'r', lateReason: 'l', otherId: 'x' })
          if (decision.kind === 'refused') {
            expect(w.now).toBe(before)
            continue
          }
          expect(w.now.leadOn).toBe('2026-11-23')
          if (w.now.stage === 'township_review' && before.stage === 'public_notice')
            expect(on >= addDays(before.stageEnteredOn, 5)).toBe(true)
          if (w.now.stage === 'county_confirmed' && before.stage !== 'county_confirmed') {
            confirmed += 1
            expect(['v', 'w', 't']).not.toContain(by.id)
          }
        }
      }),
      { numRuns: 60, seed: 5 },
    )
    // The road was walked to its end, not only refused.
    expect(confirmed).toBeGreaterThan(3)
  })
})

describe('the file', () => {
  const refusal = (yaml: string): { line: number; text: string; reason: string } => {
    try {
      readCaseStages({ file: FILE, yaml })
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'POLICY_INVALID') throw error
      expect(error.details['file']).toBe(FILE)
      const line = Number(error.details['line'])
      return { line, text: yaml.split('\n')[line - 1] ?? '', reason: String(error.details['reason']) }
    }
    throw new Error('was not refused')
  }

  it.each([
    [
      'a role that is none',
      'by: [county]\n        not_by: [verifying, township_review]',
      'by: [count]\n        not_by: [verifying, township_review]',
      'no role count',
      'by: [count]',
    ],
    [
      'a role in a group of people',
      'township: [township_reviewer]',
      'township: [township_viewer]',
      'no role township_viewer',
      'township_viewer',
    ],
    [
      'a need that is none',
      'needs: [sign_off, late_reason]',
      'needs: [sign_of, late_reason]',
      'Invalid option',
      'sign_of,',
    ],
    [
      'a stage in not_by',
      'not_by: [verifying, township_review]',
      'not_by: [verified, township_review]',
      'no stage verified',
      'not_by: [verified',
    ],
    [
      'a stage in after',
      'stage: county_confirmed, months: 6',
      'stage: confirmed, months: 6',
      'no stage confirmed',
      'months: 6',
    ],
    [
      'where a closed one goes',
      'reopen: { to: accepted, days: 15, by: [villager, village',
      'reopen: { to: taken, days: 15, by: [villager, village',
      'no stage taken',
      'to: taken',
    ],
    [
      'a stage that nothing leads to',
      'next: [village_review, verifying] }',
      'next: [verifying] }\n      - { id: lost, owner: [], next: [verifying] }',
      'nothing leads to stage lost',
      'lost',
    ],
    [
      'days of hard ones without a total',
      'total: { days: 7, hard_days: 30, calendar: natural }',
      'total: { days: 7, calendar: natural }',
      'later than hard_days',
      'hard_due: 30',
    ],
    ['a sign-off later than the total', 'then_due: 15', 'then_due: 16', 'later than the total', 'then_due: 16'],
    ['a way of telling', 'tell: person_first', 'tell: by_pigeon', 'Invalid option', 'by_pigeon'],
    ['a key', 'min_days: 5, by', 'minimum: 5, by', 'minimum', 'minimum'],
  ])('is refused with its line: %s', (_, right, wrong, reason, where) => {
    expect(YAML).toContain(right)
    const found = refusal(YAML.replace(right, wrong))
    expect(found.reason).toContain(reason)
    expect(found.text).toContain(where)
  })
})
