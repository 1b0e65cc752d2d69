import { describe, expect, test } from 'vitest'
import { insert, seal } from '../../src/base/change.ts'
import type { FunnelConversation } from '../../src/reports/ports.ts'
import type { Subject } from './contract.ts'
import { answer, AT, conversation, later } from './rows.ts'

const DAY = 86_400_000

export function funnelContract(subject: Subject): void {
  describe('what the funnel reads', () => {
    test('conversations of a flow and of some days, each with the question it stands at', async () => {
      const { writer, reads } = await subject.fresh()
      const state = (cursor: string | null, attempts: number, more: { left?: string }) => ({
        format: 1,
        cursor,
        attempts,
        more,
      })
      await writer.commit([
        insert('Conversation', conversation('a', { state: state('people[2].name', 2, {}) })),
        insert('Conversation', conversation('b', { phase: 'draft', state: state(null, 1, { left: 'story' }) })),
        insert('Conversation', conversation('c', { phase: 'submitted', state: state(null, 0, {}) })),
        insert('Conversation', conversation('d', { phase: 'ended', state: state(null, 0, { left: '' }) })),
        insert('Conversation', conversation('e', { flow: 'another' })),
        insert('Conversation', conversation('f', { startedAt: later(DAY) })),
      ])
      const found = async (from: typeof AT | null, before: typeof AT | null) => {
        const all: FunnelConversation[] = []
        const filter = { flow: 'hardship_report', startedAt: { from, before } }
        for await (const page of reads.funnel.conversations(filter)) all.push(...page)
        return all
      }
      expect(await found(AT, later(DAY))).toEqual([
        { id: 'a', phase: 'asking', at: 'people[2].name', attempts: 2 },
        { id: 'b', phase: 'draft', at: 'story', attempts: 1 },
        { id: 'c', phase: 'submitted', at: null, attempts: 0 },
        { id: 'd', phase: 'ended', at: '', attempts: 0 },
      ])
      expect((await found(later(1), null)).map(({ id }) => id)).toEqual(['f'])
      expect((await found(null, null)).map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd', 'f'])
    })

    test('lines of logs without what was said', async () => {
      const { writer, reads } = await subject.fresh()
      await writer.commit([
        insert('Answer', answer('a', 1, { raw: seal('三口人'), value: seal('3'), attempt: 3 })),
        insert('Answer', answer('a', 2, { raw: seal(''), value: seal('石二妹') })),
        insert('Answer', answer('b', 1, { kind: 'skipped', raw: '跳过', value: '' })),
        insert('Answer', answer('c', 1)),
      ])
      const lines = [...(await reads.funnel.answerLines(['a', 'b']))]
      expect(
        lines.sort((one, two) => (one.conversationId + one.question < two.conversationId + two.question ? -1 : 1)),
      ).toEqual([
        { conversationId: 'a', question: 'question-1', kind: 'answered', attempt: 3, said: true },
        { conversationId: 'a', question: 'question-2', kind: 'answered', attempt: 1, said: false },
        { conversationId: 'b', question: 'question-1', kind: 'skipped', attempt: 1, said: true },
      ])
    })
  })
}
