/** Visits and what is owed. */
import { describe, expect, test } from 'vitest'
import { insert, insertOnce, seal, update, type Change } from '../../src/base/change.ts'
import { parsePlainDate, type PlainDate } from '../../src/base/time.ts'
import { decideUndo, VISIT_LOGGED, type VisitUndo } from '../../src/domain/visits/undo-visit.ts'
import type { Watching } from '../../src/domain/watching.ts'
import type { StorageReads } from '../../src/storage/reads/all-reads.ts'
import type { Subject } from './contract.ts'
import { AT, household, ids, later, many, territory, visit, visitPlan, watch } from './rows.ts'

const day = (text: string) => parsePlainDate(text) as PlainDate
const DAY = day('2026-11-23')

const audit = (subject: string, action: string, detail: object) =>
  insert('AuditEntry', { at: AT, actor: 'staff:s', action, subject, detail: { ...detail } })

export function visitContract(subject: Subject): void {
  describe('casework: visits', () => {
    test('plans of households, places and matters; households with their members; what was logged', async () => {
      const { writer, reads } = await subject.fresh()
      const site = (id: string, extra: object) =>
        insert('Territory', territory(id, null, id, { level: 'resettlement_site', extra: { ...extra } }))
      const quarter = (id: string, siteId: string, name: string, figures: object) => ({
        id,
        siteId,
        quarter: name,
        figures: { ...figures },
        flags: 'vacant jobs',
        submissionId: `said-${id}`,
        at: AT,
      })
      await writer.commit([
        insert('VisitPlan', visitPlan('b', { territoryId: 'v2', subjectKind: 'site' })),
        insert('VisitPlan', visitPlan('a', { subjectKind: 'grid', openKey: 'grid v1' })),
        insert('VisitPlan', visitPlan('c', { householdId: 'h1', caseId: 'k' })),
        insert('VisitPlan', visitPlan('d', { closedOn: '2026-11-01', caseId: 'k' })),
        insert(
          'Household',
          household('h1', 'v1', { phone: '13800000001', mutedUntil: '2026-12-01', mutedFor: 'away' }),
        ),
        insert('Household', household('h0', 'v1', { status: '' })),
        insert('Member', { id: 'm2', identity: '2', householdId: 'h1', name: '石二', careFlag: 'left_behind elderly' }),
        insert('Member', {
          id: 'm1',
          identity: '1',
          householdId: 'h1',
          name: '石大',
          health: 'chronic',
          diedOn: '2026-11-01',
        }),
        insert('Visit', visit('x1', { loggedAt: later(1), wish: seal('修路') })),
        insert('Visit', visit('x2', { loggedAt: later(1) })),
        insert('Visit', visit('x3', { loggedAt: later(2), undoneAt: later(3) })),
        insert('Visit', visit('x4', { loggedAt: AT })),
        insert('Visit', visit('x5', { loggedAt: later(4), staffId: 'other' })),
        audit('x1', VISIT_LOGGED, { next: ['1'] }),
        audit('x2', VISIT_LOGGED, { next: ['2'] }),
        audit('x2', 'other', {}),
        site('s2', { households: '120' }),
        site('s1', { households: 'viele' }),
        insert('SiteQuarter', quarter('q1', 's1', '2026Q3', { households: 80 })),
        insert('SiteQuarter', quarter('q2', 's1', '2026Q4', { households: 81 })),
      ])
      const { visits, deaths } = reads
      expect(ids(await visits.openPlansAt(many('v2', 'v1')))).toEqual(['a', 'b'])
      expect(ids(await visits.openPlansFor('k'))).toEqual(['c'])
      expect(await visits.visited(many('h1', 'h0'))).toMatchObject([
        { id: 'h0', status: [], members: [] },
        {
          id: 'h1',
          phone: '13800000001',
          mutedUntil: '2026-12-01',
          members: [
            { id: 'm1', health: ['chronic'], careFlags: [], diedOn: '2026-11-01' },
            { id: 'm2', health: [], careFlags: ['left_behind', 'elderly'], diedOn: null },
          ],
        },
      ])
      expect(ids(await visits.loggedBy('s', later(1)))).toEqual(['x2', 'x1'])
      expect(await deaths.lastVisitLogged('s')).toBe(later(1))
      expect(await deaths.lastVisitLogged('none')).toBeNull()
      expect(await visits.noted(many('x1', 'x2'), VISIT_LOGGED, 9)).toEqual([
        { subject: 'x2', detail: { next: ['2'] } },
        { subject: 'x1', detail: { next: ['1'] } },
      ])
      expect(await visits.noted(['x1', 'x2'], VISIT_LOGGED, 1)).toHaveLength(1)
      expect((await visits.sites()).map(({ id, households }) => [id, households])).toEqual([
        ['s1', 81],
        ['s2', 120],
      ])
      expect(await visits.siteQuarters(many('s1', 's2'), ['2026Q4', '2026Q2'])).toEqual([
        {
          id: 'q2',
          siteId: 's1',
          quarter: '2026Q4',
          figures: { households: 81 },
          flags: ['vacant', 'jobs'],
          revision: 0,
        },
      ])

      const twins = [
        insertOnce('SiteQuarter', quarter('q3', 's1', '2026Q4', {})),
        insertOnce('VisitPlan', visitPlan('e', { openKey: 'grid v1' })),
      ]
      for (const twin of twins) expect(await writer.commit([twin])).toEqual({ kind: 'duplicate', table: twin.table })
    })

    test('taking back what one message logged: keys that became free are taken again in the same changeset', async () => {
      const { writer, reads } = await subject.fresh()
      const plan = (id: string, householdId: string, more = {}) =>
        insert('VisitPlan', visitPlan(id, { householdId, openKey: `monthly ${householdId}`, ...more }))
      const log = (id: string, householdId: string, before: Pick<VisitUndo, 'plans' | 'next'>) => [
        insert('Visit', visit(id, { householdId, loggedAt: later(5) })),
        audit(id, VISIT_LOGGED, {
          household: { lastVisitOn: null, mutedUntil: null, mutedFor: null },
          opened: [],
          ...before,
        }),
        update('Household', householdId, 0, { lastVisitOn: DAY }),
      ]
      const was = (id: string, householdId: string) => [
        { id, attempts: 0, openKey: `monthly ${householdId}`, dueOn: day('2026-11-20') },
      ]
      const households = ['h1', 'h2', 'h3']
      await writer.commit([
        ...households.map((id) => insert('Household', household(id, 'v1'))),
        ...households.map((id) => plan(`old-${id}`, id, { dueOn: '2026-11-20' })),
        ...households.map((id) => insert('Watch', watch(`w-${id}`, { subjectId: `old-${id}` }))),
      ])
      // The household that was only tried changes its plan in another way than those that were met.
      await writer.commit([
        ...log('x1', 'h1', { plans: was('old-h1', 'h1'), next: [] }),
        update('VisitPlan', 'old-h1', 0, { attempts: 1 }),
        ...households
          .slice(1)
          .flatMap((id) => [
            ...log(`x-${id}`, id, { plans: was(`old-${id}`, id), next: [`new-${id}`] }),
            update('VisitPlan', `old-${id}`, 0, { closedOn: DAY, openKey: null }),
            plan(`new-${id}`, id, { dueOn: '2026-12-20' }),
            update('Watch', `w-${id}`, 0, { closedAt: later(5), nextDueAt: null }),
            insert('Watch', watch(`v-${id}`, { subjectId: `new-${id}` })),
          ]),
      ])
      expect(ids(await reads.visits.openPlansOf(households))).toEqual(['new-h2', 'new-h3', 'old-h1'])
      const taken = await undoOf(reads, ['x1', 'x-h2', 'x-h3'])
      expect(await writer.commit(taken)).toEqual({ kind: 'committed' })
      expect(await reads.visits.openPlansOf(households)).toMatchObject(
        households.map((id) => ({ id: `old-${id}`, openKey: `monthly ${id}`, attempts: 0, closedOn: null })),
      )
      expect(await reads.visits.plans(['new-h2'])).toMatchObject([{ openKey: null, closedOn: DAY, revision: 1 }])
      expect(await reads.visits.loggedBy('s', AT)).toEqual([])
      expect((await reads.visits.visited(['h2']))[0]?.lastVisitOn).toBeNull()
      expect(ids(await reads.reminders.watchesOf(['old-h2', 'new-h2']))).toEqual(['w-h2'])
      expect(await writer.commit(taken)).toMatchObject({ kind: 'conflict' })
    })
  })
}

/** The changes that take these visits back, one after the other. */
async function undoOf(reads: StorageReads, visitIds: readonly string[]): Promise<readonly Change[]> {
  const logged = await reads.visits.loggedBy('s', AT)
  const notes = await reads.visits.noted(visitIds, VISIT_LOGGED, visitIds.length)
  const changes: Change[] = []
  for (const id of visitIds) {
    const one = logged.find((each) => each.id === id)
    const before = notes.find((note) => note.subject === id)?.detail as unknown as VisitUndo
    const [home] = await reads.visits.visited([one?.householdId ?? ''])
    if (!one || !home) throw new Error(`no visit ${id}`)
    const plans = await reads.visits.plans([...before.plans.map((plan) => plan.id), ...before.next])
    const facts = { visit: one, before, household: home, plans, watching: watchingOf(reads) }
    changes.push(...(await decideUndo(facts, 's', later(6))))
  }
  return changes
}

const watchingOf = ({ reminders }: StorageReads): Watching => ({
  begin: () => [],
  restart: async () => [],
  resume: async (subjectId, at) =>
    (await reminders.allWatchesOf([subjectId])).map(({ id, revision }) =>
      update('Watch', id, revision, { closedAt: null, nextDueAt: at }),
    ),
  end: async (subjectId, at) =>
    (await reminders.watchesOf([subjectId])).map(({ id, revision }) =>
      update('Watch', id, revision, { closedAt: at, nextDueAt: null }),
    ),
  mayLeave: (_, at) => at,
  markOf: () => null,
})
