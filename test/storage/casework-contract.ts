/** Matters and what belongs to them: tasks, stages, measures, likely duplicates, deaths, comparisons. */
import { describe, expect, test } from 'vitest'
import { insert, insertOnce, seal, update } from '../../src/base/change.ts'
import { parsePlainDate, type PlainDate } from '../../src/base/time.ts'
import type { CaseRecord } from '../../src/domain/cases/ports.ts'
import type { Subject } from './contract.ts'
import { AT, household, ids, later, many, matter, submission, task } from './rows.ts'

const DAY = parsePlainDate('2026-11-23') as PlainDate

const event = (id: string, caseId: string, at: number, what: string, detail: string | null) =>
  insert('CaseEvent', {
    id,
    caseId,
    at: later(at),
    actor: 'staff',
    what,
    detail: detail === null ? null : seal(detail),
  })

const verification = (id: string, at: number, more = {}) =>
  insert('Verification', {
    id,
    caseId: 'k',
    territoryId: 'v1',
    submissionId: `said-${id}`,
    staffIds: 's1 s2',
    visitedOn: '2026-11-20',
    authorisation: 'paper',
    persons: 3,
    income: 9_000,
    cost: 1_000,
    rigid: 0,
    perCapita: 2_667,
    gaps: '',
    dibao: 'no',
    selfCope: 'no',
    causes: 'illness',
    result: 'include',
    reason: seal('查过了'),
    at: later(at),
    ...more,
  })

export function caseworkContract(subject: Subject): void {
  describe('casework: matters', () => {
    test('tasks, open ones by day, one open of a kind about a thing', async () => {
      const { writer, reads } = await subject.fresh()
      await writer.commit([
        insert('Task', task('a', '1', { dueOn: '2026-11-25', caseId: 'k', detail: seal('去看看') })),
        insert('Task', task('b', '2', { kind: 'listing', openKey: 'listing k', territoryId: 'v2', caseId: 'k' })),
        insert('Task', task('c', '3', { dueOn: '2026-11-01', caseId: 'k', closedAt: AT, outcome: 'done' })),
        insert('Task', task('d', '4', { seenFrom: 'township' })),
      ])
      const { tasks } = reads
      expect(ids(await tasks.tasks(many('d', 'c')))).toEqual(['c', 'd'])
      expect(await tasks.taskByNumber('1')).toMatchObject({
        id: 'a',
        detail: '去看看',
        dueOn: '2026-11-25',
        revision: 0,
      })
      expect(await tasks.taskByOpenKey('listing k')).toMatchObject({ id: 'b' })
      expect(await tasks.taskByOpenKey('listing x')).toBeNull()
      expect(ids(await tasks.openTasksOfCases(many('k', 'x')))).toEqual(['a', 'b'])
      expect(ids(await tasks.openTasksAssignedTo('s', 9))).toEqual(['b', 'd', 'a'])
      expect(ids(await tasks.openTasksAssignedTo('s', 2))).toEqual(['b', 'd'])
      expect(ids(await tasks.openTasksIn(many('v1', 'v2'), ['plan_due', 'listing'], 2))).toEqual(['b', 'd'])
      expect(ids(await tasks.openTasksIn(['v1', 'v2'], ['listing'], 9))).toEqual(['b'])

      const twin = task('e', '5', { kind: 'listing', openKey: 'listing k' })
      expect(await writer.commit([insertOnce('Task', twin)])).toEqual({ kind: 'duplicate', table: 'Task' })
      expect(await writer.commit([insert('Task', twin)])).toMatchObject({ kind: 'conflict' })
      await writer.commit([update('Task', 'b', 0, { closedAt: AT, openKey: null })])
      expect(await writer.commit([insert('Task', twin)])).toEqual({ kind: 'committed' })
    })

    test('a timeline, findings, second persons and what a stage is decided from', async () => {
      const { writer, reads } = await subject.fresh()
      const confirmation = (id: string, at: number) =>
        insert('Confirmation', {
          id,
          caseId: 'k',
          about: 'verification',
          staffId: 's2',
          state: 'waiting',
          askedAt: later(at),
        })
      const measure = (id: string, state: string) =>
        insert('Measure', { id, caseId: 'k', territoryId: 'v1', kind: `kind-${id}`, state, createdAt: AT })
      const referral = (id: string, state: string) =>
        insert('Referral', { id, caseId: 'k', department: id, territoryId: 'v1', state, at: AT })
      await writer.commit([
        event('e1', 'k', 3, 'risk', 'red'),
        event('e2', 'k', 1, 'opened', '有困难'),
        event('e3', 'k', 3, 'noted', null),
        event('e4', 'x', 0, 'risk', 'none'),
        verification('f2', 1, { staffIds: 's2' }),
        verification('f1', 2),
        verification('f3', 0, { caseId: 'x' }),
        confirmation('c1', 2),
        confirmation('c2', 1),
        measure('m1', 'planned'),
        measure('m2', 'dropped'),
        measure('m3', 'done'),
        referral('r1', 'offered'),
        referral('r2', 'answered'),
        referral('r3', 'taken'),
        insert('Household', household('h1', 'v1', { labourCapacity: 'none' })),
        insert('Household', household('h2', 'v1', { labourCapacity: 'able', closedOn: '2026-11-01' })),
        insert('Household', household('h3', 'v1')),
      ])
      const { progress, cases } = reads
      expect((await progress.timeline('k')).map(({ id, detail }) => [id, detail])).toEqual([
        ['e2', '有困难'],
        ['e1', 'red'],
        ['e3', null],
      ])
      expect(await cases.eventDetails(many('k', 'x'), 'risk')).toEqual([
        { caseId: 'k', detail: 'red' },
        { caseId: 'x', detail: 'none' },
      ])
      expect((await progress.verificationsOf('k')).map(({ id, staffIds }) => [id, staffIds])).toEqual([
        ['f2', ['s2']],
        ['f1', ['s1', 's2']],
      ])
      expect(ids(await progress.confirmationsOf('k'))).toEqual(['c2', 'c1'])
      expect((await progress.measuresOf('k')).map(({ kind }) => kind)).toEqual(['kind-m1', 'kind-m3'])
      expect(await progress.referredTo('k')).toEqual([
        { toId: null, department: 'r1' },
        { toId: null, department: 'r3' },
      ])
      const without = await Promise.all(['h1', 'h2', 'h3', 'h4'].map((id) => progress.isWithoutLabour(id)))
      expect(without).toEqual([true, true, false, false])
    })

    test('measures in the order in which they were planned, referrals, and what is known of a household', async () => {
      const { writer, reads } = await subject.fresh()
      const measure = (id: string, caseId: string, at: number, more = {}) =>
        insert('Measure', {
          id,
          caseId,
          territoryId: 'v1',
          kind: 'clinic',
          state: 'planned',
          createdAt: later(at),
          ...more,
        })
      const referral = (id: string, at: number, more = {}) => ({
        id,
        caseId: 'k',
        department: 'health',
        territoryId: 'v1',
        state: 'offered',
        at: later(at),
        ...more,
      })
      await writer.commit([
        measure('m1', 'k', 2, { note: seal('每月一次'), amount: 300 }),
        measure('m2', 'x', 1, { state: 'dropped' }),
        measure('m3', 'k', 1),
        insert('Referral', referral('r1', 2, { openKey: 'k health', note: seal('请看病历') })),
        insert('Referral', referral('r2', 1, { openKey: 'k school' })),
        insert('Referral', referral('r3', 0, { state: 'answered' })),
        verification('f1', 1, { causes: 'disaster' }),
        verification('f2', 1, { causes: 'illness education' }),
        insert('Household', household('h', 'v1', { labourCapacity: 'weak', perCapitaIncome: 4_000 })),
        insert('Submission', submission('said-f2', { answers: seal('{"a":"1","people":[{"name":"石"}]}') })),
        insert('Submission', submission('u', { answers: seal('{"causes":"disability"}') })),
      ])
      const { measures, riskFacts } = reads
      expect(ids(await measures.measuresOf(many('x', 'k')))).toEqual(['m2', 'm3', 'm1'])
      expect(await measures.measure('m1')).toMatchObject({ note: '每月一次', amount: 300, dueOn: null })
      expect((await measures.openReferralsOf('k')).map(({ id, note }) => [id, note])).toEqual([
        ['r2', null],
        ['r1', '请看病历'],
      ])
      expect(await measures.referral('r3')).toMatchObject({ state: 'answered', openKey: null })
      const known = (id: string) => measures.circumstances({ id, householdId: 'h', submissionId: 'u' } as CaseRecord)
      expect(await known('k')).toEqual({ labour: 'weak', causes: ['illness', 'education'] })
      expect(await known('x')).toEqual({ labour: 'weak', causes: ['disability'] })
      expect(await riskFacts.lastVerification('k', null)).toEqual({ a: '1' })
      expect(await riskFacts.lastVerification('x', null)).toBeNull()
      expect(await riskFacts.submissionAnswers('u')).toEqual({ causes: 'disability' })
      expect(await riskFacts.riskHousehold('h')).toMatchObject({
        status: ['monitored', 'five_guarantees'],
        perCapitaIncome: 4_000,
        labourCapacity: 'weak',
      })

      const twin = referral('r4', 3, { openKey: 'k health' })
      expect(await writer.commit([insertOnce('Referral', twin)])).toEqual({ kind: 'duplicate', table: 'Referral' })
      expect(await writer.commit([insert('Referral', twin)])).toMatchObject({ kind: 'conflict' })
    })

    test('what may be the same matter, and who has died', async () => {
      const { writer, reads } = await subject.fresh()
      const open = (id: string, at: number, more = {}) =>
        insert('Case', matter(id, `n${id}`, { openedAt: later(at), ...more }))
      const member = (id: string, name: string, more = {}) =>
        insert('Member', { id, identity: `id-${id}`, householdId: 'h', name, ...more })
      const audit = (action: string, at: number) =>
        insert('AuditEntry', {
          at: later(at),
          actor: 'staff:s',
          action,
          subject: `death s ${DAY}`,
          detail: { memberId: 'm1' },
        })
      await writer.commit([
        open('a', 2, { householdId: 'h', personName: '石大' }),
        open('b', 1, { householdId: 'h', personName: '石大', identityId: 'i1', profileId: 'p1' }),
        open('c', 0, { householdId: 'h', personName: '石大', closedAt: later(9) }),
        open('d', 3, { identityId: 'i1', profileId: 'p1', territoryId: 'v2' }),
        open('e', 4, { identityId: 'i1', profileId: 'p2', mergedIntoId: 'a', closedAt: later(5) }),
        open('f', 5, { kind: 'water', householdId: 'h' }),
        insert('Profile', { id: 'p1', identityId: 'i1', name: '石大', phone: '13800000001', createdAt: AT }),
        insert('Profile', { id: 'p2', identityId: 'i1', name: '麻二', createdAt: AT }),
        insert('ChatIdentity', { id: 'i1', channel: 'pipe', user: 'u', mutedAt: later(7), createdAt: AT }),
        insert('Household', household('h', 'v1', { phone: '13800000001', closedOn: DAY })),
        member('m1', '石大', { phone: '13800000001', relation: 'head', diedOn: DAY }),
        member('m2', '石二'),
        member('m3', '石大', { householdId: 'h2' }),
        insert('Task', task('t1', '1', { kind: 'cluster', refId: 'hardship', closedAt: AT })),
        insert('Task', task('t2', '2', { kind: 'cluster', refId: 'water' })),
        audit('death', 1),
        audit('death_undone', 2),
      ])
      const { duplicates, deaths } = reads
      expect(ids(await duplicates.openOfHousehold('h', 'hardship'))).toEqual(['b', 'a'])
      expect(ids(await duplicates.openNamed('石大', many('v1', 'v2'), 'hardship', later(2)))).toEqual(['a'])
      expect(ids(await duplicates.openedIn(many('v1', 'v2'), 'hardship', AT))).toEqual(['c', 'b', 'a', 'd'])
      expect(ids(await duplicates.openOfSamePhone('13800000001', 'hardship'))).toEqual(['b', 'a', 'd'])
      expect(await duplicates.openOfSamePhone('13800000002', 'hardship')).toEqual([])
      expect(ids(await duplicates.mergedInto('a'))).toEqual(['e'])
      expect(ids(await duplicates.clustersSince('v1', 'hardship', AT))).toEqual(['t1'])
      expect(await duplicates.clustersSince('v1', 'hardship', later(1))).toEqual([])

      expect(ids(await deaths.membersOf('h'))).toEqual(['m2', 'm1'])
      expect(ids(await deaths.membersNamed('石大', 9))).toEqual(['m1', 'm3'])
      expect(await deaths.householdState('h')).toEqual({ closedOn: DAY, revision: 0 })
      expect(await deaths.householdState('none')).toBeNull()
      expect(ids(await deaths.openMattersOf('h', ['p1']))).toEqual(['a', 'b', 'd', 'f'])
      expect(ids(await deaths.openMattersOf('none', []))).toEqual([])
      expect(await deaths.accountsOfPerson({ id: 'm1', name: '石大' }, 'h')).toEqual([
        { profileId: 'p1', identityId: 'i1', identityRevision: 0, mutedAt: later(7), shared: true },
      ])
      expect(await deaths.accountsOfPerson({ id: '', name: '无' }, 'none')).toEqual([])
      expect((await deaths.deathsLogged('s', DAY)).map(({ action, detail }) => [action, detail.memberId])).toEqual([
        ['death_undone', 'm1'],
        ['death', 'm1'],
      ])
    })
  })
}
