import { describe, expect, test } from 'vitest'
import { insert } from '../../src/base/change.ts'
import { instant, parsePlainDate, type Instant, type PlainDate } from '../../src/base/time.ts'
import type { Subject } from './contract.ts'
import { AT, conversation, household, inbox, later, matter, outbox, territory, watch } from './rows.ts'

const DAY = parsePlainDate('2026-11-23') as PlainDate

const submission = (id: string, flow: string, territoryId: string, submittedAt: Instant, answers: object) => ({
  id,
  conversationId: `of-${id}`,
  flow,
  flowVersion: 1,
  identityId: 'i',
  territoryId,
  answers: JSON.stringify(answers),
  submittedAt,
})

const PLACES = [
  insert('Territory', territory('p', null, '湖南省', { level: 'province' })),
  insert('Territory', territory('c', 'p', '吉首市', { level: 'county' })),
  insert('Territory', territory('t', 'c', '吉首市/矮寨镇', { level: 'township' })),
  insert('Territory', territory('v', 't', '吉首市/矮寨镇/阳孟村', { publicPhone: '0743-1' })),
  insert('Territory', territory('w', 't', '吉首市/矮寨镇/坪朗村')),
  insert('Territory', territory('x', null, '吉首')),
]

const STAFF = [
  insert('Staff', { id: 's1', name: '石一', phone: '13800000001' }),
  insert('Staff', { id: 's2', name: '麻二', leftOn: '2026-01-01' }),
  insert('StaffRole', { id: 'r1', staffId: 's1', role: 'helper', territoryId: 'v' }),
  insert('StaffRole', { id: 'r2', staffId: 's1', role: 'lead', territoryId: 't' }),
  insert('StaffRole', { id: 'r3', staffId: 's2', role: 'helper', territoryId: 'v' }),
  insert('ChatIdentity', { id: 'i1', channel: 'pipe', user: 'c1', staffId: 's1', createdAt: AT }),
  insert('ChatIdentity', { id: 'i2', channel: 'pipe', user: 'c2', staffId: 's2', createdAt: AT }),
  insert('ChatIdentity', { id: 'i3', channel: 'web', user: 'u1', profileId: 'f1', villageId: 'w', createdAt: AT }),
  insert('Profile', {
    id: 'f1',
    identityId: 'i3',
    name: '龙三',
    phone: '138 0000 0003',
    territoryId: 'v',
    createdAt: AT,
  }),
]

export function readContract(subject: Subject): void {
  describe('what messaging reads', () => {
    test('an account with whoever is behind it', async () => {
      const { writer, reads } = await subject.fresh()
      await writer.commit([...PLACES, ...STAFF])
      const { identity, identityById, staffIdentities, profilePhone } = reads.messaging
      expect(await identity('pipe', 'c1')).toEqual({
        id: 'i1',
        channel: 'pipe',
        user: 'c1',
        language: null,
        mutedAt: null,
        revision: 0,
        staff: {
          id: 's1',
          name: '石一',
          scopes: [
            { role: 'lead', territoryId: 't', path: '吉首市/矮寨镇' },
            { role: 'helper', territoryId: 'v', path: '吉首市/矮寨镇/阳孟村' },
          ],
        },
        profile: null,
        speakers: [],
        speakerAt: null,
        waiting: null,
        village: null,
      })
      expect((await identity('pipe', 'c2'))?.staff).toBeNull()
      expect(await identityById('i3')).toMatchObject({
        staff: null,
        profile: { id: 'f1', name: '龙三', phone: '138 0000 0003', territoryPath: '吉首市/矮寨镇/阳孟村', revision: 0 },
        village: { id: 'w', name: '坪朗村' },
      })
      expect(await identity('web', 'c1')).toBeNull()
      expect((await staffIdentities('s1')).map(({ id }) => id)).toEqual(['i1'])
      expect(await staffIdentities('s2')).toEqual([])
      expect(await profilePhone('f1')).toBe('13800000003')
      expect(await profilePhone('nobody')).toBeNull()
    })

    test('conversations by key, by account, by when they wake', async () => {
      const { writer, reads } = await subject.fresh()
      await writer.commit([
        insert('Conversation', conversation('a', { openKey: 'k', wakeAt: later(2), flowDigest: 'one' })),
        insert(
          'Conversation',
          conversation('b', {
            wakeAt: later(1),
            phase: 'draft',
            identityId: 'i',
            updatedAt: later(1),
            flowDigest: 'two',
          }),
        ),
        insert(
          'Conversation',
          conversation('c', { wakeAt: null, phase: 'draft', identityId: 'i', updatedAt: later(2), flowDigest: 'two' }),
        ),
        insert('Conversation', conversation('d', { phase: 'ended', flowDigest: 'three' })),
      ])
      const { openConversation, drafts, dueConversations, nextWake } = reads.messaging
      expect(await openConversation('k')).toMatchObject({
        id: 'a',
        state: { format: 1, more: {} },
        sensitive: false,
        wakeAt: later(2),
      })
      expect(await openConversation('other')).toBeNull()
      expect((await drafts('i')).map(({ id }) => id)).toEqual(['c', 'b'])
      expect((await dueConversations(later(2), 10)).map(({ id }) => id)).toEqual(['b', 'a'])
      expect((await dueConversations(later(2), 1)).map(({ id }) => id)).toEqual(['b'])
      expect(await dueConversations(AT, 10)).toEqual([])
      expect(await nextWake()).toBe(later(1))
      expect(await reads.flowVersions.pinnedDigests([])).toEqual(['one', 'two'])
      expect(await reads.flowVersions.pinnedDigests(['one', 'other'])).toEqual(['two'])
    })

    test('messages that failed', async () => {
      const { writer, reads } = await subject.fresh()
      await writer.commit([
        insert('Inbox', inbox('1')),
        insert('Inbox', inbox('2', { state: 'failed', receivedAt: later(2), error: 'x' })),
        insert('Inbox', inbox('3', { state: 'failed', receivedAt: later(1) })),
      ])
      expect((await reads.messaging.failedInbox(5)).map(({ id }) => id)).toEqual(['3', '2'])
      expect(await reads.messaging.inbox('2')).toMatchObject({ state: 'failed', error: 'x', attempts: 1 })
    })

    test('chats that are owed something, each once, the longest waiting first', async () => {
      const { writer, reads } = await subject.fresh()
      const row = (id: string, chat: string, due: number | null, more = {}) =>
        insert('Outbox', outbox(id, { chat, dueAt: due === null ? null : later(due), ...more }))
      await writer.commit([
        row('1', 'a', 5),
        row('2', 'b', 3),
        row('3', 'a', 1),
        row('4', 'c', 9),
        row('5', 'd', null, { state: 'sent', sentAt: AT }),
        row('6', 'b', 2, { channel: 'web', state: 'sending', leaseToken: 'mine' }),
        row('7', 'a', 4, { state: 'sending', leaseToken: 'other' }),
        row('8', 'a', 900, { state: 'waiting' }),
        row('91', 'a', 900, { state: 'unsendable' }),
        row('92', 'f', 900, { state: 'waiting', createdAt: later(1) }),
        row('9', 'e', 901, { state: 'waiting' }),
      ])
      const { dueChats, unsettled, unsettledChats, leasedElsewhere, nextDue, transcript } = reads.messaging
      const { waitingRows, waitingChats, unreached } = reads.messaging
      const names = (chats: readonly { channel: string; chat: string }[]) =>
        chats.map(({ channel, chat }) => `${channel} ${chat}`)
      expect(names(await dueChats(later(5), 10, []))).toEqual(['pipe a', 'web b', 'pipe b'])
      expect(names(await dueChats(later(5), 2, []))).toEqual(['pipe a', 'web b'])
      expect(names(await dueChats(later(5), 10, ['web']))).toEqual(['pipe a', 'pipe b'])
      expect(names(await unsettledChats()).sort()).toEqual(['pipe a', 'pipe b', 'pipe c', 'web b'])
      expect((await unsettled('pipe', 'a', 10)).map(({ id }) => id)).toEqual(['1', '3', '7'])
      expect((await leasedElsewhere('mine', 10)).map(({ id }) => id)).toEqual(['7'])
      expect(await nextDue()).toBe(later(1))
      expect((await waitingRows('pipe', 'a', 10)).map(({ id }) => id)).toEqual(['8'])
      expect(names(await waitingChats())).toEqual(['pipe a', 'pipe e', 'pipe f'])
      expect((await unreached(later(900), later(1), 10)).map(({ id }) => id)).toEqual(['8', '91'])
      expect(await transcript('pipe', 'd', '', 10)).toEqual([
        { id: '5', channel: 'pipe', chat: 'd', state: 'sent', payload: '{"text":"5"}', createdAt: AT },
      ])
      expect(await transcript('web', 'b', '', 10)).toMatchObject([{ id: '6', chat: 'b', state: 'sending' }])
      expect(await transcript('pipe', 'd', '5', 10)).toEqual([])
    })

    test('a chat with a long queue does not hide the others', async () => {
      const { writer, reads } = await subject.fresh()
      const rows = Array.from({ length: 2_300 }, (_, index) =>
        insert('Outbox', outbox(`m${String(index).padStart(5, '0')}`, { chat: index === 2_299 ? 'last' : 'busy' })),
      )
      await writer.commit(rows)
      expect(await reads.messaging.dueChats(AT, 10, [])).toEqual([
        { channel: 'pipe', chat: 'busy' },
        { channel: 'pipe', chat: 'last' },
      ])
      expect(await reads.messaging.unsettledChats()).toHaveLength(2)
    })

    test('places, groups, and households by name, by sound, by helper', async () => {
      const { writer, reads } = await subject.fresh()
      await writer.commit([
        ...PLACES,
        insert('GroupChat', {
          id: 'g',
          channel: 'pipe',
          chat: 'g1',
          territoryId: 'v',
          purposes: 'village jobs',
          audience: 'staff',
          pageCode: 'page',
          webhook: 'https://secret',
        }),
        insert('GroupChat', {
          id: 'g-left',
          channel: 'pipe',
          chat: 'g2',
          territoryId: 'v',
          purposes: 'village jobs',
          audience: 'staff',
          pageCode: 'page-2',
          leftAt: AT,
        }),
        insert('Household', household('h1', 'v', { helperId: 's1' })),
        insert(
          'Household',
          household('h2', 'w', { helperId: 's1', head: '麻老五', headPinyin: 'malaowu', headInitials: 'mlw' }),
        ),
        insert('Household', household('h3', 'w')),
        insert('Course', {
          id: 'k1',
          identity: '1',
          title: '电焊',
          trade: 'w',
          place: 'x',
          startsOn: '2026-12-01',
          seats: 2,
          taken: 0,
        }),
        insert('Course', {
          id: 'k2',
          identity: '2',
          title: '旧',
          trade: 'w',
          place: 'x',
          startsOn: '2026-11-22',
          seats: 2,
          taken: 0,
        }),
      ])
      const { messaging, registry, pickers, jobs } = reads
      expect(await messaging.territoryByPath('吉首市/矮寨镇/阳孟村')).toEqual({
        id: 'v',
        name: '阳孟村',
        path: '吉首市/矮寨镇/阳孟村',
        level: 'village',
        publicPhone: '0743-1',
      })
      expect(await messaging.territoryByCode('code-t')).toMatchObject({ id: 't' })
      expect(await messaging.territoryById('nowhere')).toBeNull()
      expect(await messaging.group('pipe', 'g1')).toEqual({
        id: 'g',
        channel: 'pipe',
        chat: 'g1',
        territoryId: 'v',
        audience: 'staff',
      })
      expect((await registry.lineage('v')).map(({ id }) => id)).toEqual(['v', 't', 'c', 'p'])
      expect(await registry.lineage('nowhere')).toEqual([])
      expect(await registry.within('t')).toEqual(['t', 'v', 'w'])
      expect(await registry.within('nowhere')).toEqual([])
      expect((await registry.groupsFor('jobs')).map(({ id, purposes }) => [id, purposes])).toEqual([
        ['g', ['village', 'jobs']],
      ])
      expect(await registry.groupsFor('job')).toEqual([])
      expect((await registry.groupsIn(['v', 'w'])).map(({ id }) => id)).toEqual(['g'])
      expect(await messaging.chatCodeOf('t')).toBe('code-t')
      expect(await messaging.chatCodeOf('nowhere')).toBeNull()
      const ids = (found: readonly { id: string }[]) => found.map(({ id }) => id)
      expect(ids(await pickers.householdsNamed(['石二妹'], null, 10))).toEqual(['h1', 'h3'])
      expect(await pickers.householdsNamed(['石二妹'], ['w'], 10)).toEqual([
        { id: 'h3', head: '石二妹', size: 3, territoryId: 'w', territoryName: '坪朗村' },
      ])
      expect(ids(await pickers.householdsSounding('mlw', null, 10))).toEqual(['h2'])
      expect(ids(await pickers.householdsSounding('malaowu', ['v'], 10))).toEqual([])
      expect(ids(await pickers.householdsHelpedBy('s1', 1))).toEqual(['h1'])
      expect((await pickers.territoriesAt('village')).map(({ name }) => name)).toEqual(['吉首', '坪朗村', '阳孟村'])
      expect(await pickers.territoryCount()).toBe(6)
      expect(ids(await jobs.coursesFrom(DAY, 10))).toEqual(['k1'])
      expect(await registry.households(['h2', 'h1', 'nobody'])).toMatchObject([
        { id: 'h1', status: ['monitored', 'five_guarantees'] },
        { id: 'h2' },
      ])
    })

    test('what pickers choose from: households, colleagues, places below, matters', async () => {
      const { writer, reads } = await subject.fresh()
      const { pickers, messaging } = reads
      await writer.commit([
        ...PLACES,
        ...STAFF,
        insert('Territory', territory('g', 'v', '吉首市/矮寨镇/阳孟村/一网格', { level: 'grid' })),
        insert('Household', household('h1', 'v')),
        insert('Member', { id: 'm2', identity: 'b', householdId: 'h1', name: '石小军' }),
        insert('Member', { id: 'm1', identity: 'a', householdId: 'h1', name: '石二妹' }),
        insert('Case', matter('a', '1', { identityId: 'i', assigneeId: 's1', openedAt: later(1), territoryId: 'v' })),
        insert('Case', matter('b', '2', { identityId: 'i', closedAt: later(3), openedAt: later(2), territoryId: 'v' })),
        insert('Case', matter('c', '3', { personName: '石二妹', householdId: 'h1', territoryId: 'w', openedAt: AT })),
        insert('Submission', submission('o1', 'site_quarter', 't', AT, { quarter: '2026Q2' })),
        insert('Submission', submission('o2', 'site_quarter', 't', later(5), { quarter: '2026Q3' })),
        insert('Submission', submission('o3', 'site_quarter', 'v', later(6), {})),
      ])
      const numbers = (found: readonly { number: string }[]) => found.map(({ number }) => number)
      expect(await pickers.household('h1')).toMatchObject({ id: 'h1', head: '石二妹', territoryName: '阳孟村' })
      expect(await pickers.household('nobody')).toBeNull()
      expect(await pickers.roster('h1')).toEqual(['石二妹', '石小军'])
      expect(await pickers.above('v')).toEqual(['t', 'c', 'p'])
      expect(await pickers.territoriesIn(['g', 'v', 'w'], 'grid')).toEqual([
        { path: '吉首市/矮寨镇/阳孟村/一网格', name: '一网格' },
      ])
      expect(await pickers.staffIn(['v', 't'], DAY)).toEqual([{ id: 's1', name: '石一' }])
      expect(await pickers.staffIn([], DAY)).toEqual([])
      expect(numbers(await pickers.mattersOf('i', 9))).toEqual(['2', '1'])
      expect(numbers(await pickers.mattersAssignedTo('s1', 9))).toEqual(['1'])
      expect(await pickers.mattersNamed(['石二妹', '麻老五'], 9)).toMatchObject([
        { number: '3', territoryName: '坪朗村' },
      ])
      expect(numbers(await pickers.mattersAbout(['h1']))).toEqual(['3'])
      expect(await pickers.matterNumbered('2')).toMatchObject({ number: '2', kind: 'hardship' })
      expect(await pickers.matterNumbered('9')).toBeNull()
      expect(await messaging.submitted('site_quarter', 't', 9)).toEqual([{ quarter: '2026Q3' }, { quarter: '2026Q2' }])
      expect(await messaging.submitted('site_quarter', 't', 1)).toEqual([{ quarter: '2026Q3' }])
      expect(await messaging.householdsIn('v', 9)).toEqual(['h1'])
      expect(await messaging.householdsIn('t', 9)).toEqual([])
      expect(await messaging.lastSubmitted('i')).toBe(later(6))
      expect(await messaging.lastSubmitted('nobody')).toBeNull()
      expect(await messaging.lastFeedback('a')).toBeNull()
      const said = {
        territoryId: 'v',
        submissionId: 'o3',
        solved: 'no',
        score: 1,
        came: 'no',
        reopenAsked: false,
        spotCheck: false,
      }
      await writer.commit([
        insert('Feedback', { id: 'f1', caseId: 'a', comment: null, at: later(7), ...said }),
        insert('Feedback', { id: 'f2', caseId: 'a', comment: null, at: later(8), ...said, submissionId: 'o2' }),
      ])
      expect(await messaging.lastFeedback('a')).toBe(later(8))
      expect(await messaging.lastFeedback('b')).toBeNull()
    })
  })

  describe('what rules read', () => {
    test('who holds a role, those who left with the day', async () => {
      const { writer, reads } = await subject.fresh()
      await writer.commit([...PLACES, ...STAFF])
      expect(await reads.registry.holders(['v', 't'], ['helper', 'lead'])).toEqual([
        { staffId: 's1', role: 'lead', territoryId: 't', leftOn: null },
        { staffId: 's1', role: 'helper', territoryId: 'v', leftOn: null },
        { staffId: 's2', role: 'helper', territoryId: 'v', leftOn: '2026-01-01' },
      ])
      expect(await reads.registry.holders([], ['helper'])).toEqual([])
      expect(await reads.registry.accounts(['s2', 's1'])).toEqual([
        { staffId: 's1', identityId: 'i1', channel: 'pipe', user: 'c1', language: null, heardAt: null },
        { staffId: 's2', identityId: 'i2', channel: 'pipe', user: 'c2', language: null, heardAt: null },
      ])
      expect((await reads.registry.staff(['s2', 's1'])).map(({ phone }) => phone)).toEqual(['13800000001', null])
    })

    test('cases', async () => {
      const { writer, reads } = await subject.fresh()
      await writer.commit([
        insert('Case', matter('a', '1', { identityId: 'i', assigneeId: 's', openedAt: later(1), openKey: 'k' })),
        insert('Case', matter('b', '2', { identityId: 'i', assigneeId: 's', openedAt: later(2), closedAt: later(3) })),
        insert('Case', matter('c', '3', { identityId: 'i', assigneeId: 's', openedAt: AT })),
      ])
      const ids = (found: readonly { id: string }[]) => found.map(({ id }) => id)
      expect(ids(await reads.cases.casesOfIdentity('i', false))).toEqual(['b', 'a', 'c'])
      expect(ids(await reads.cases.casesOfIdentity('i', true))).toEqual(['a', 'c'])
      expect(ids(await reads.cases.openCasesAssignedTo('s', 10))).toEqual(['c', 'a'])
      expect(await reads.cases.caseByNumber('2')).toMatchObject({ id: 'b', closedAt: later(3), leadOn: DAY })
      expect(await reads.cases.caseByOpenKey('k')).toMatchObject({ id: 'a' })
      const many = Array.from({ length: 600 }, (_, index) => `none-${index}`)
      expect(ids(await reads.cases.cases(['c', ...many, 'a']))).toEqual(['a', 'c'])
    })

    test('visit plans', async () => {
      const { writer, reads } = await subject.fresh()
      const plan = (id: string, dueOn: string, more = {}) =>
        insert('VisitPlan', {
          id,
          plan: 'monthly',
          householdId: `h-${id}`,
          territoryId: 'v',
          mode: 'in_person',
          dueOn,
          assigneeId: 's',
          ...more,
        })
      await writer.commit([
        plan('a', '2026-11-23'),
        plan('b', '2026-11-22', { number: '7' }),
        plan('c', '2026-11-24'),
        plan('d', '2026-11-01', { closedOn: '2026-11-02' }),
      ])
      const ids = (found: readonly { id: string }[]) => found.map(({ id }) => id)
      expect(ids(await reads.visits.openPlansAssignedTo('s', DAY, 10))).toEqual(['b', 'a'])
      expect(ids(await reads.visits.openPlansOf(['h-d', 'h-c']))).toEqual(['c'])
      expect(ids(await reads.visits.plans(['d', 'a']))).toEqual(['a', 'd'])
      expect(await reads.visits.planByNumber('7')).toMatchObject({ id: 'b' })
    })

    test('watches that are due, page by page', async () => {
      const { writer, reads } = await subject.fresh()
      await writer.commit([
        insert('Watch', watch('a', { nextDueAt: later(2) })),
        insert('Watch', watch('b', { nextDueAt: later(1) })),
        insert('Watch', watch('c', { nextDueAt: later(2), rule: 'case_due', territoryId: 'v2' })),
        insert('Watch', watch('d', { nextDueAt: AT, closedAt: AT })),
        insert('Watch', watch('e', { nextDueAt: null })),
        insert('Watch', watch('f', { nextDueAt: later(9) })),
        insert('Reminder', {
          id: 'r1',
          rule: 'x',
          rung: 1,
          number: '1',
          subjectId: 's',
          recipient: 'p',
          plannedAt: AT,
        }),
        insert('CronFire', { id: `tick ${AT}`, at: AT }),
        insert('CronFire', { id: `tick ${later(60_000)}`, at: AT }),
        insert('CronFire', { id: `tick-other ${later(90_000)}`, at: AT }),
      ])
      const { dueWatches, nextDueAt, watchesOf, openWatches, remindersPlanned, lastFire } = reads.reminders
      const ids = (found: readonly { id: string }[]) => found.map(({ id }) => id)
      expect(ids(await dueWatches(later(2), null, 10))).toEqual(['b', 'a', 'c'])
      const [first, second] = await dueWatches(later(2), null, 2)
      expect(ids(await dueWatches(later(2), { nextDueAt: later(1), id: first?.id ?? '' }, 10))).toEqual(['a', 'c'])
      expect(ids(await dueWatches(later(2), { nextDueAt: later(2), id: second?.id ?? '' }, 10))).toEqual(['c'])
      expect(await nextDueAt()).toBe(later(1))
      expect(ids(await watchesOf(['subject-a', 'subject-d']))).toEqual(['a'])
      expect(ids(await openWatches(['visit_overdue', 'case_due'], ['v1', 'v2']))).toEqual(['a', 'b', 'c', 'e', 'f'])
      expect(ids(await openWatches(['case_due'], ['v1', 'v2']))).toEqual(['c'])
      expect(await remindersPlanned(['r1', 'r2'])).toEqual(new Set(['r1']))
      expect(await lastFire('tick')).toBe(instant(later(60_000)))
      expect(await lastFire('tic')).toBeNull()
    })
  })
}
