import { describe, expect, test } from 'vitest'
import { insert, seal, update } from '../../src/base/change.ts'
import { instant } from '../../src/base/time.ts'
import type { Subject } from './contract.ts'
import { answer, AT, conversation, household, inbox, later, outbox, territory } from './rows.ts'

const TEXTS = [
  '',
  ' ',
  '石二妹 🐖 "quoted" \\ back\n',
  "O'Brien; DROP TABLE x",
  'a'.repeat(20_000),
  'v1.not.an.envelope.x',
  '{1,2}',
  'NULL',
]

export function columnContract(subject: Subject): void {
  describe('columns', () => {
    test.each(TEXTS)('give a text back as it was: %j', async (text) => {
      const { writer, reads } = await subject.fresh()
      await writer.commit([insert('Answer', answer('a', 1, { raw: text, value: seal(text), question: text }))])
      const [entry] = await reads.messaging.answers('a')
      expect(entry).toMatchObject({ raw: text, value: text, question: text })
      await writer.commit([insert('Outbox', outbox('o', { chat: text }))])
      expect(await reads.rows.find('Outbox', { columns: ['id'], where: { chat: text } })).toEqual([{ id: 'o' }])
    })

    test('leave out U+0000, which one of the databases refuses', async () => {
      const { writer, reads } = await subject.fresh()
      const state = { text: 'a\u0000b', 'k\u0000': ['\ud800', '\\u0000', '🐖'] }
      await writer.commit([insert('Conversation', conversation('a', { chat: 'x\u0000y', state }))])
      expect(await reads.messaging.conversation('a')).toMatchObject({
        chat: 'xy',
        state: { text: 'ab', k: ['\ufffd', '\\u0000', '🐖'] },
      })
    })

    test.each([0, 1, 45, 999, 1000, 86_399_999])(
      'keep moments to the millisecond and compare them: +%i',
      async (offset) => {
        const { writer, reads } = await subject.fresh()
        const at = later(offset)
        await writer.commit([
          insert('Outbox', outbox('o', { dueAt: at })),
          insert('Outbox', outbox('n', { dueAt: null })),
        ])
        expect(await reads.messaging.nextDue()).toBe(at)
        const ids = async (where: Parameters<typeof reads.rows.find<'Outbox'>>[1]['where']) =>
          (await reads.rows.find('Outbox', { columns: ['id'], ...(where && { where }) })).map(({ id }) => id)
        expect(await ids({ dueAt: at })).toEqual(['o'])
        expect(await ids({ dueAt: { lte: at } })).toEqual(['o'])
        expect(await ids({ dueAt: { lt: at } })).toEqual([])
        expect(await ids({ dueAt: { gt: instant(at - 1) } })).toEqual(['o'])
        expect(await ids({ dueAt: null })).toEqual(['n'])
        expect(await ids({ dueAt: { in: [at] } })).toEqual(['o'])
      },
    )

    test('keep moments before 1970', async () => {
      const { writer, reads } = await subject.fresh()
      const early = instant(-1_234_567)
      await writer.commit([insert('Conversation', conversation('a', { startedAt: early }))])
      expect((await reads.messaging.conversation('a'))?.startedAt).toBe(early)
    })

    test('keep numbers, and what is yes or no', async () => {
      const { writer, reads } = await subject.fresh()
      const numbers = [0, -1, 2_147_483_647, -2_147_483_648]
      for (const seq of numbers) {
        await writer.commit([insert('Answer', answer('a', seq, { approximate: seq > 0 }))])
      }
      const found = await reads.rows.find('Answer', { columns: ['seq', 'approximate'], order: ['id'] })
      expect(found).toEqual(numbers.map((seq) => ({ seq, approximate: seq > 0 })))
      expect(await reads.rows.count('Answer', { approximate: true })).toBe(1)
      expect(await reads.rows.count('Answer', { seq: { gte: 0 } })).toBe(2)
    })

    test.each([[{ a: [1, null, 'x', { b: true }] }], [[]], ['text'], [0], [false], [{ '': 1, 'a"b': '\\' }]])(
      'keep JSON: %j',
      async (value) => {
        const { writer, reads } = await subject.fresh()
        await writer.commit([insert('Setting', { id: 's', key: 'k', value, updatedAt: AT })])
        expect((await reads.rows.first('Setting', { where: { id: 's' } }))?.value).toEqual(value)
      },
    )

    test('keep JSON that is not there apart', async () => {
      const { writer, reads } = await subject.fresh()
      await writer.commit([insert('Territory', territory('t', null, 'a', { extra: null }))])
      expect((await reads.rows.first('Territory', {}))?.extra).toBeNull()
      await writer.commit([update('Territory', 't', 0, { extra: { 备注: '山上' }, zone: 'Asia/Urumqi' })])
      expect(await reads.rows.first('Territory', {})).toMatchObject({
        extra: { 备注: '山上' },
        zone: 'Asia/Urumqi',
        revision: 1,
      })
    })

    test('give sealed values back, changed ones too, and find them by their hash', async () => {
      const { writer, reads } = await subject.fresh()
      await writer.commit([insert('Household', household('h', 't', { phone: '138 0000-0001' }))])
      const find = async (phone: string) =>
        await reads.rows.find('Household', {
          columns: ['id', 'phone'],
          where: { phoneHash: reads.rows.hash('phone', phone) },
        })
      expect(await find('13800000001')).toEqual([{ id: 'h', phone: '138 0000-0001' }])
      await writer.commit([update('Household', 'h', 0, { phone: seal('13800000002') })])
      expect(await find('13800000001')).toEqual([])
      expect(await find('13800000002')).toEqual([{ id: 'h', phone: '13800000002' }])
      await writer.commit([update('Household', 'h', 1, { phone: null })])
      expect(await reads.rows.find('Household', { columns: ['phone', 'phoneHash'] })).toEqual([
        { phone: null, phoneHash: null },
      ])
      expect(reads.imports.fingerprint('idNumber', '11010519491231002x')).toBe(
        reads.rows.hash('idNumber', '11010519491231002X'),
      )
    })

    test('refuse sealing where nothing would open it', async () => {
      const { writer } = await subject.fresh()
      await expect(writer.commit([insert('Inbox', inbox('i', { chat: seal('x') }))])).rejects.toMatchObject({
        code: 'CHANGE_INVALID',
      })
    })

    test('sort texts by code point, whatever the language of the server', async () => {
      const { writer, reads } = await subject.fresh()
      const ids = ['b', 'B', 'a-1', 'a1', 'a 1', '张', '阿', 'ä', '_', '|']
      await writer.commit(ids.map((id) => insert('OutboxLane', { id })))
      const found = await reads.rows.find('OutboxLane', { columns: ['id'], order: ['id'] })
      expect(found.map(({ id }) => id)).toEqual([...ids].sort())
      const after = await reads.rows.find('OutboxLane', { columns: ['id'], where: { id: { gt: 'a1' } }, order: ['id'] })
      expect(after.map(({ id }) => id)).toEqual([...ids].sort().filter((id) => id > 'a1'))
    })
  })
}
