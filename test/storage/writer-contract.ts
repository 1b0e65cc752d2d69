import { describe, expect, test } from 'vitest'
import { expectRevision, insert, insertOnce, remove, update, type CommitOutcome } from '../../src/base/change.ts'
import { brokenAt } from '../../src/storage/audit.ts'
import type { Subject } from './contract.ts'
import { answer, AT, conversation, inbox, lane, later, matter, visitPlan } from './rows.ts'

const COMMITTED: CommitOutcome = { kind: 'committed' }

export function writerContract(subject: Subject): void {
  describe('the writer', () => {
    test('makes a changeset happen whole', async () => {
      const { writer, reads } = await subject.fresh()
      const outcome = await writer.commit([
        insertOnce('Inbox', inbox('pipe 1')),
        insert('Conversation', conversation('a', { openKey: 'pipe a a' })),
        insert('Answer', answer('a', 1)),
        insert('Answer', answer('a', 2)),
      ])
      expect(outcome).toEqual(COMMITTED)
      expect((await reads.messaging.answers('a')).map(({ seq }) => seq)).toEqual([1, 2])
      expect((await reads.messaging.openConversation('pipe a a'))?.revision).toBe(0)
    })

    test('takes a row that was inserted once before for a duplicate, and changes nothing', async () => {
      const { writer, reads } = await subject.fresh()
      await writer.commit([insertOnce('Inbox', inbox('pipe 1'))])
      const again = await writer.commit([insertOnce('Inbox', inbox('pipe 1')), insert('Answer', answer('a', 1))])
      expect(again).toEqual({ kind: 'duplicate', table: 'Inbox' })
      expect(await reads.messaging.answers('a')).toEqual([])
    })

    test('takes one of several equal deliveries in one group', async () => {
      const { writer, reads } = await subject.fresh()
      const outcomes = await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          writer.commit([insertOnce('Inbox', inbox('pipe 1')), insert('Answer', answer('a', index))]),
        ),
      )
      expect(outcomes.filter(({ kind }) => kind === 'committed')).toHaveLength(1)
      expect(outcomes.filter(({ kind }) => kind === 'duplicate')).toHaveLength(19)
      expect(await reads.messaging.answers('a')).toHaveLength(1)
    })

    test('updates what has the expected revision, and raises it', async () => {
      const { writer, reads } = await subject.fresh()
      await writer.commit([insert('Conversation', conversation('a'))])
      expect(await writer.commit([update('Conversation', 'a', 0, { phase: 'review' })])).toEqual(COMMITTED)
      expect(await reads.messaging.conversation('a')).toMatchObject({ phase: 'review', revision: 1 })
      const stale = await writer.commit([
        insert('Answer', answer('a', 1)),
        update('Conversation', 'a', 0, { phase: 'ended' }),
      ])
      expect(stale).toEqual({ kind: 'conflict', table: 'Conversation' })
      expect(await reads.messaging.conversation('a')).toMatchObject({ phase: 'review', revision: 1 })
      expect(await reads.messaging.answers('a')).toEqual([])
    })

    test('finds a conflict where the row is gone', async () => {
      const { writer } = await subject.fresh()
      expect(await writer.commit([update('Outbox', 'nobody', null, { state: 'sent' })])).toEqual({
        kind: 'conflict',
        table: 'Outbox',
      })
      expect(await writer.commit([remove('Outbox', 'nobody')])).toEqual(COMMITTED)
    })

    test('guards a row without changing it', async () => {
      const { writer, reads } = await subject.fresh()
      await writer.commit([insert('OutboxLane', lane('a')), insert('OutboxLane', lane('b'))])
      const guarded = [expectRevision('OutboxLane', 'a', 0), update('OutboxLane', 'b', 0, { leaseToken: 'x' })]
      expect(await writer.commit(guarded)).toEqual(COMMITTED)
      expect(await reads.messaging.lane('a')).toMatchObject({ revision: 0 })
      await writer.commit([update('OutboxLane', 'a', 0, { leaseToken: 'x' })])
      const stale = [expectRevision('OutboxLane', 'a', 0), update('OutboxLane', 'b', 1, { leaseToken: 'y' })]
      expect(await writer.commit(stale)).toEqual({ kind: 'conflict', table: 'OutboxLane' })
      expect(await reads.messaging.lane('b')).toMatchObject({ leaseToken: 'x', revision: 1 })
    })

    test('lets many guard one row in one group', async () => {
      const { writer } = await subject.fresh()
      await writer.commit([insert('OutboxLane', lane('a'))])
      const outcomes = await Promise.all(
        ['b', 'c', 'd'].map((id) =>
          writer.commit([expectRevision('OutboxLane', 'a', 0), insert('OutboxLane', lane(id))]),
        ),
      )
      expect(outcomes).toEqual([COMMITTED, COMMITTED, COMMITTED])
    })

    test('answers a unique key that is taken with a conflict, whoever came in the same group', async () => {
      const { writer, reads } = await subject.fresh()
      await writer.commit([insert('Conversation', conversation('a', { openKey: 'taken' }))])
      const outcomes = await Promise.all([
        writer.commit([insert('Conversation', conversation('b'))]),
        writer.commit([
          insert('Answer', answer('c', 1)),
          insert('Conversation', conversation('c', { openKey: 'taken' })),
        ]),
        writer.commit([insert('Conversation', conversation('d', { openKey: 'free' }))]),
        writer.commit([insert('Conversation', conversation('e', { openKey: 'free' }))]),
        writer.commit([insert('Conversation', conversation('f'))]),
      ])
      expect(outcomes.map(({ kind }) => kind)).toEqual(['committed', 'conflict', 'committed', 'conflict', 'committed'])
      expect(await reads.messaging.answers('c')).toEqual([])
      expect(await reads.messaging.conversation('f')).not.toBeNull()
    })

    test('an update to a unique key that is taken is a conflict too', async () => {
      const { writer, reads } = await subject.fresh()
      await writer.commit([insert('Case', matter('a', '1', { openKey: 'k' })), insert('Case', matter('b', '2'))])
      expect(await writer.commit([update('Case', 'b', 0, { openKey: 'k' })])).toEqual({
        kind: 'conflict',
        table: 'Case',
      })
      expect(await reads.cases.caseByOpenKey('k')).toMatchObject({ id: 'a' })
      const freed = [update('Case', 'a', 0, { openKey: null }), update('Case', 'b', 0, { openKey: 'k' })]
      expect(await writer.commit(freed)).toEqual(COMMITTED)
      expect(await reads.cases.caseByOpenKey('k')).toMatchObject({ id: 'b' })
    })

    test('a key that one row of a changeset frees is free for another, whatever comes first and however each is changed', async () => {
      const { writer, reads } = await subject.fresh()
      const plan = (id: string, openKey: string | null) => insert('VisitPlan', visitPlan(id, { openKey }))
      await writer.commit([plan('a', 'k1'), plan('b', 'k2'), plan('c', null), plan('d', null), plan('e', 'k3')])
      const outcome = await writer.commit([
        update('VisitPlan', 'e', 0, { openKey: 'k3', attempts: 1 }),
        update('VisitPlan', 'c', 0, { openKey: 'k1', attempts: 1 }),
        update('VisitPlan', 'd', 0, { openKey: 'k2', closedOn: null }),
        update('VisitPlan', 'a', 0, { openKey: null, closedOn: '2026-11-23' }),
        update('VisitPlan', 'b', 0, { openKey: null, closedOn: '2026-11-23' }),
      ])
      expect(outcome).toEqual({ kind: 'committed' })
      const keys = await reads.visits.plans(['a', 'b', 'c', 'd', 'e'])
      expect(keys.map(({ openKey }) => openKey)).toEqual([null, null, 'k1', 'k2', 'k3'])
    })

    test('keeps the order of changesets about one row that were handed over at once', async () => {
      const { writer, reads } = await subject.fresh()
      await writer.commit([insert('Conversation', conversation('a'))])
      const outcomes = await Promise.all(
        [0, 1, 2, 3, 4].map((revision) =>
          writer.commit([
            update('Conversation', 'a', revision, { phase: `phase-${revision}` }),
            insert('Answer', answer('a', revision)),
          ]),
        ),
      )
      expect(outcomes.every(({ kind }) => kind === 'committed')).toBe(true)
      expect(await reads.messaging.conversation('a')).toMatchObject({ phase: 'phase-4', revision: 5 })
      expect(await reads.messaging.answers('a')).toHaveLength(5)
    })

    test('folds changes of one row in one changeset', async () => {
      const { writer, reads } = await subject.fresh()
      await writer.commit([
        insert('OutboxLane', lane('a')),
        update('OutboxLane', 'a', 0, { leaseToken: 'x' }),
        insert('OutboxLane', lane('b')),
      ])
      expect(await reads.messaging.lane('a')).toMatchObject({ leaseToken: 'x', revision: 0 })
      await writer.commit([
        update('OutboxLane', 'a', 0, { leaseToken: 'y' }),
        update('OutboxLane', 'a', 0, { leaseUntil: AT }),
      ])
      expect(await reads.messaging.lane('a')).toMatchObject({ leaseToken: 'y', leaseUntil: AT, revision: 1 })
    })

    test.each([
      ['a table that does not exist', insert('Nothing', { id: 'a' })],
      ['a column that does not exist', insert('OutboxLane', { id: 'a', nothing: 1 })],
      ['a column that must be given', insert('Outbox', { id: 'a' })],
      ['a text for a number', insert('Answer', answer('a', 1, { seq: 'x' }))],
      ['a fraction', insert('Answer', answer('a', 1, { seq: 1.5 }))],
      ['a moment that is none', insert('Answer', answer('a', 1, { at: Number.NaN }))],
      ['no revision for a table that has one', update('OutboxLane', 'a', null, { leaseToken: 'x' })],
      ['a revision for a table that has none', update('Outbox', 'a', 0, { state: 'sent' })],
      ['another id', update('OutboxLane', 'a', 0, { id: 'b' })],
      ['nothing to set', update('Outbox', 'a', null, {})],
    ])('refuses %s and nothing else', async (_, change) => {
      const { writer, reads } = await subject.fresh()
      const [wrong, right] = await Promise.allSettled([
        writer.commit([change]),
        writer.commit([insert('OutboxLane', lane('right'))]),
      ])
      expect(wrong).toMatchObject({ status: 'rejected', reason: { code: 'CHANGE_INVALID' } })
      expect(right).toEqual({ status: 'fulfilled', value: COMMITTED })
      expect(await reads.messaging.lane('right')).not.toBeNull()
    })

    test('deletes, numbered rows too', async () => {
      const { writer, reads } = await subject.fresh()
      await writer.commit([insert('Answer', answer('a', 1)), insert('Answer', answer('a', 2))])
      const [first] = await reads.messaging.answerIds('a')
      expect(await writer.commit([remove('Answer', first ?? '')])).toEqual(COMMITTED)
      expect((await reads.messaging.answers('a')).map(({ seq }) => seq)).toEqual([2])
    })

    test('numbers rows in the order in which they were handed over', async () => {
      const { writer, reads } = await subject.fresh()
      await Promise.all(Array.from({ length: 300 }, (_, seq) => writer.commit([insert('Answer', answer('a', seq))])))
      const found = await reads.rows.find('Answer', { columns: ['seq'], order: ['id'] })
      expect(found.map(({ seq }) => seq)).toEqual(Array.from({ length: 300 }, (_, seq) => seq))
    })

    test('takes more rows in one changeset than make up a group', async () => {
      const { writer, reads } = await subject.fresh()
      const many = Array.from({ length: 2_500 }, (_, index) => insert('OutboxLane', lane(`lane-${index}`)))
      expect(await writer.commit(many)).toEqual(COMMITTED)
      expect(await reads.rows.count('OutboxLane', {})).toBe(2_500)
    })

    test('chains audit entries, also across losers', async () => {
      const { writer, reads } = await subject.fresh()
      const audit = (subjectId: string) =>
        insert('AuditEntry', {
          at: later(1),
          actor: 'staff 1',
          action: 'export',
          subject: subjectId,
          detail: { rows: 3, by: 'x' },
        })
      await writer.commit([insert('OutboxLane', lane('a'))])
      await Promise.all([
        writer.commit([audit('1')]),
        writer.commit([audit('2'), insert('OutboxLane', lane('a'))]),
        writer.commit([audit('3')]),
        writer.commit([audit('4')]),
      ])
      await writer.commit([audit('5')])
      const entries = await reads.rows.find('AuditEntry', { order: ['id'] })
      expect(entries.map((entry) => entry.subject)).toEqual(['1', '3', '4', '5'])
      const chain = entries[0]?.chain ?? ''
      expect(brokenAt(chain, entries)).toBeNull()
      const tampered = entries.map((entry) => (entry.subject === '3' ? { ...entry, actor: 'nobody' } : entry))
      expect(brokenAt(chain, tampered)).toBe(1)
      expect(
        brokenAt(
          chain,
          entries.filter(({ subject: named }) => named !== '3'),
        ),
      ).toBe(1)
    })
  })
}
