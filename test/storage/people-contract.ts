/** What is stored about the people of an account. */
import { describe, expect, test } from 'vitest'
import { insert, seal, update } from '../../src/base/change.ts'
import type { Subject } from './contract.ts'
import { AT, conversation, later, matter } from './rows.ts'

const consent = (id: string, profileId: string, more: object = {}) =>
  insert('Consent', {
    id,
    identityId: 'i1',
    profileId,
    purpose: 'general',
    flow: 'hardship_report',
    version: '1',
    givenAt: AT,
    ...more,
  })

export function peopleContract(subject: Subject): void {
  describe('people', () => {
    test('speakers in order of their first time, the one who speaks among them; whoever had the own data erased is none', async () => {
      const { writer, reads } = await subject.fresh()
      await writer.commit([
        insert('ChatIdentity', {
          id: 'i1',
          channel: 'web',
          user: 'u1',
          profileId: 'p3',
          speakerAt: later(5),
          waiting: seal('{"kind":"move"}'),
          createdAt: AT,
        }),
        insert('Profile', { id: 'p2', identityId: 'i1', name: '吴大山', createdAt: later(2) }),
        insert('Profile', { id: 'p1', identityId: 'i1', phone: '13900001111', phoneOf: '儿子', createdAt: later(1) }),
        insert('Profile', { id: 'p3', identityId: 'i1', createdAt: later(3) }),
        insert('Profile', { id: 'p4', identityId: 'i1', createdAt: later(4) }),
        insert('Profile', { id: 'p5', identityId: 'other', name: '麻老五', createdAt: AT }),
      ])
      const identity = await reads.messaging.identity('web', 'u1')
      expect(identity).toMatchObject({
        profile: { id: 'p3', name: null },
        speakerAt: later(5),
        waiting: '{"kind":"move"}',
      })
      expect(identity?.speakers.map(({ id, phoneOf }) => [id, phoneOf])).toEqual([
        ['p1', '儿子'],
        ['p2', null],
        ['p3', null],
      ])
    })

    test('consents of a profile, and when they were taken back', async () => {
      const { writer, reads } = await subject.fresh()
      await writer.commit([
        consent('c2', 'p1', { givenAt: later(1), version: '2' }),
        consent('c1', 'p1'),
        consent('c3', 'p2'),
      ])
      await writer.commit([update('Consent', 'c1', null, { withdrawnAt: later(9) })])
      expect(await reads.messaging.consents('p1')).toEqual([
        { id: 'c1', purpose: 'general', version: '1', givenAt: AT, withdrawnAt: later(9) },
        { id: 'c2', purpose: 'general', version: '2', givenAt: later(1), withdrawnAt: null },
      ])
    })

    test('everything of an account, and nothing of another', async () => {
      const { writer, reads } = await subject.fresh()
      await writer.commit([
        insert('Conversation', conversation('a', { identityId: 'i1', profileId: 'p1', phase: 'draft' })),
        insert('Conversation', conversation('b', { identityId: 'i2' })),
        insert('Case', matter('k1', '26112300012', { identityId: 'i1', profileId: 'p1' })),
      ])
      const { conversations, cases, seekers, enrolments, submissions } = await reads.messaging.belongings('i1')
      expect(conversations).toEqual([
        { id: 'a', profileId: 'p1', phase: 'draft', flow: 'hardship_report', openKey: null, revision: 0 },
      ])
      expect(cases.map(({ id, profileId }) => [id, profileId])).toEqual([['k1', 'p1']])
      expect([seekers, enrolments, submissions]).toEqual([[], [], []])
    })

    test('a code is found by its keyed hash alone, and each once', async () => {
      const { writer, reads } = await subject.fresh()
      const { moveCode, moveCodeHash, openMoveCodes, moveCodesSince, moveTries } = reads.messaging
      const code = (id: string, hash: string) =>
        insert('MoveCode', {
          id,
          identityId: 'i1',
          profileId: 'p1',
          codeHash: hash,
          createdAt: AT,
          expiresAt: later(10),
        })
      const hash = moveCodeHash('12345678')
      expect(hash).not.toContain('12345678')
      expect(moveCodeHash('1234 5678')).toBe(hash)
      await writer.commit([code('m1', hash), code('m2', moveCodeHash('2'))])
      expect((await writer.commit([code('m3', hash)])).kind).toBe('conflict')
      await writer.commit([update('MoveCode', 'm2', 0, { usedAt: AT })])
      expect(await moveCode(hash)).toMatchObject({ id: 'm1', profileId: 'p1', usedAt: null, expiresAt: later(10) })
      expect(await moveCode('other')).toBeNull()
      expect((await openMoveCodes('i1', later(9))).map(({ id }) => id)).toEqual(['m1'])
      expect(await openMoveCodes('i1', later(10))).toEqual([])
      expect(await moveCodesSince('i1', AT)).toBe(2)
      await writer.commit([
        insert('MoveTry', { id: 't1', identityId: 'i1', at: AT }),
        insert('MoveTry', { id: 't2', identityId: 'i2', at: later(1) }),
      ])
      expect([await moveTries('i1', AT), await moveTries(null, AT), await moveTries('i1', later(1))]).toEqual([1, 2, 0])
    })

    test('the last entry of its kind on a timeline', async () => {
      const { writer, reads } = await subject.fresh()
      const entry = (id: string, what: string, at: number) =>
        insert('CaseEvent', { id, caseId: 'k1', at: later(at), actor: 'villager', what })
      await writer.commit([entry('e1', 'urged', 1), entry('e2', 'urged', 3), entry('e3', 'added', 5)])
      expect(await reads.messaging.lastEvent('k1', 'urged')).toBe(later(3))
      expect(await reads.messaging.lastEvent('k2', 'urged')).toBeNull()
    })

    test('accounts of one person: speakers, mute and codes are of the first, who speaks and where is of each', async () => {
      const { writer, reads } = await subject.fresh()
      const { identity, accountsOf, moveCode, moveCodeHash, linkCodeHash } = reads.messaging
      await writer.commit([
        insert('ChatIdentity', { id: 'i1', channel: 'wechat', user: 'u1', mutedAt: AT, createdAt: AT }),
        insert('ChatIdentity', {
          id: 'i2',
          channel: 'web',
          user: 'u2',
          profileId: 'p1',
          speakerAt: later(3),
          sameAsId: 'i1',
          createdAt: AT,
        }),
        insert('ChatIdentity', { id: 'i3', channel: 'web', user: 'u3', createdAt: AT }),
        insert('Profile', { id: 'p1', identityId: 'i1', name: '吴秀英', createdAt: AT }),
        insert('Profile', { id: 'p2', identityId: 'i2', name: '石大山', createdAt: AT }),
      ])
      const second = await identity('web', 'u2')
      expect(second).toMatchObject({
        id: 'i2',
        sameAs: { id: 'i1', revision: 0 },
        mutedAt: AT,
        profile: { id: 'p1' },
        speakerAt: later(3),
      })
      expect(second?.speakers.map(({ id }) => id)).toEqual(['p1'])
      expect((await identity('wechat', 'u1'))?.sameAs ?? null).toBeNull()
      expect((await accountsOf('i1')).map(({ id, speakerAt }) => [id, speakerAt])).toEqual([
        ['i2', later(3)],
        ['i1', null],
      ])
      expect((await accountsOf('i3')).map(({ id }) => id)).toEqual(['i3'])
      expect(linkCodeHash('12345678')).not.toBe(moveCodeHash('12345678'))
      expect(await moveCode(linkCodeHash('12345678'))).toBeNull()
    })

    test('talks with a person, and what was said there', async () => {
      const { writer, reads } = await subject.fresh()
      const { handOffs } = reads
      const talk = (id: string, more: object = {}) =>
        insert('HandOff', {
          id,
          number: `2611230000${id}`,
          identityId: 'i1',
          profileId: null,
          territoryId: 't1',
          staffId: 's1',
          state: 'waiting',
          openedAt: AT,
          lastAt: AT,
          closesAt: later(10),
          closedAt: null,
          closedBy: null,
          openKey: null,
          revision: 0,
          ...more,
        })
      const line = (id: string, at: number, text: string) =>
        insert('HandOffLine', {
          id,
          handOffId: '1',
          at: later(at),
          side: 'villager',
          actorId: 'i1',
          text: seal(text),
          mediaId: id === 'l2' ? 'f1' : null,
        })
      await writer.commit([
        talk('2', { identityId: 'i2', openKey: 'i2', closesAt: later(5), openedAt: later(1) }),
        talk('1', { openKey: 'i1' }),
        talk('3', { state: 'closed', closesAt: null, closedAt: AT, staffId: 's2' }),
        line('l2', 2, '第二句'),
        line('l1', 1, '第一句'),
        line('l3', 2, '第三句'),
      ])
      // One at a time for each person.
      expect((await writer.commit([talk('4', { openKey: 'i1' })])).kind).toBe('conflict')
      expect((await handOffs.openHandOff('i1'))?.id).toBe('1')
      expect(await handOffs.openHandOff('i3')).toBeNull()
      expect(await handOffs.handOffByNumber('26112300002')).toMatchObject({ id: '2', openedAt: later(1) })
      expect((await handOffs.handOff('3'))?.closedAt).toBe(AT)
      expect((await handOffs.openHandOffsOf(['s1', 's2'])).map(({ id }) => id)).toEqual(['1', '2'])
      expect((await handOffs.handOffsOfPerson(['i1'])).map(({ id }) => id)).toEqual(['1', '3'])
      expect((await handOffs.handOffsWith('f1')).map(({ id }) => id)).toEqual(['1'])
      expect(await handOffs.handOffsWith('f2')).toEqual([])
      expect((await handOffs.handOffLines('1', 2)).map(({ text }) => text)).toEqual(['第二句', '第三句'])
      expect((await handOffs.dueHandOffs(later(9), 10)).map(({ id }) => id)).toEqual(['2'])
      expect((await handOffs.dueHandOffs(later(10), 1)).map(({ id }) => id)).toEqual(['2'])
      expect(await handOffs.nextHandOff()).toBe(later(5))
    })
  })
}
