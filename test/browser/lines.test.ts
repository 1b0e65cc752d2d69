/** How the two sides of a chat become one list, and which numbers can be called; no browser needed. */
import { describe, expect, test } from 'vitest'
import type { ChatMessage } from '../../src/http/contract.ts'
import { callNumbers } from '../../src/web/chat/composables/call-numbers.ts'
import { currentOf } from '../../src/web/chat/composables/current.ts'
import { linesOf, openTalk } from '../../src/web/chat/composables/lines.ts'
import type { OwnMessage } from '../../src/web/chat/composables/own-messages.ts'

const bot = (seq: string, marks: Partial<ChatMessage> = {}): ChatMessage => ({
  seq,
  text: seq,
  choices: [],
  question: null,
  progress: null,
  matter: null,
  at: '2026-11-23T09:00:00+08:00',
  ...marks,
})

const own = (messageId: string, afterSeq: string, state: OwnMessage['state'] = 'sent'): OwnMessage => ({
  messageId,
  order: Number(messageId.slice(1)),
  shown: messageId,
  afterSeq,
  body: { kind: 'text', text: messageId },
  state,
})

const shown = (heard: readonly ChatMessage[], said: readonly OwnMessage[]) =>
  linesOf(heard, said).map((line) => (line.from === 'bot' ? line.message.seq : line.message.messageId))

describe('lines', () => {
  test('what was said at once stands each before its own reply', () => {
    const heard = [bot('b1'), bot('b2', { re: 'm1' }), bot('b3', { re: 'm2' })]
    expect(shown(heard, [own('m1', 'b1'), own('m2', 'b1')])).toEqual(['b1', 'm1', 'b2', 'm2', 'b3'])
  })

  test('what waits stands last, what never got a reply where it was said, and nothing is lost with old messages', () => {
    const heard = [bot('b2'), bot('b3', { re: 'm2' })]
    const said = [own('m1', 'b2', 'refused'), own('m2', 'b2'), own('m3', 'gone', 'waiting')]
    expect(shown(heard, said)).toEqual(['b2', 'm1', 'm2', 'b3', 'm3'])
  })

  test('what was said before anything was heard stands after the reply to what was said earlier', () => {
    expect(shown([bot('b1', { re: 'm1' })], [own('m1', ''), own('m2', '', 'waiting')])).toEqual(['m1', 'b1', 'm2'])
  })

  test('only the last answer of each question of the open conversation can be changed, and not the open question’s', () => {
    const heard = [
      bot('b1', { re: 'm0', talk: 'old', answered: 'name' }),
      bot('b2', { re: 'm1', talk: 't', question: 'name' }),
      bot('b3', { re: 'm2', talk: 't', answered: 'name', question: 'members' }),
      bot('b4', { re: 'm3', talk: 't', answered: 'members', question: 'causes' }),
      bot('b5', { re: 'm4', talk: 't', question: 'name' }),
      bot('b6', { re: 'm5', talk: 't', answered: 'name', question: 'causes' }),
    ]
    const said = ['m0', 'm1', 'm2', 'm3', 'm4', 'm5'].map((id) => own(id, ''))
    const changeable = linesOf(heard, said).flatMap((line) =>
      line.from === 'me' && line.answers !== null ? [[line.message.messageId, line.answers]] : [],
    )
    expect(changeable).toEqual([
      ['m3', 'members'],
      ['m5', 'name'],
    ])
    const over = [...heard, bot('b7', { re: 'm6' })]
    expect(openTalk(over)).toBeNull()
    expect(linesOf(over, said).every((line) => line.from === 'bot' || line.answers === null)).toBe(true)
  })

  test('a reminder that comes in between leaves the open question open; an own message closes it', () => {
    const heard = [bot('b1', { re: 'm1', question: 'members' }), bot('b2')]
    expect(currentOf(linesOf(heard, [own('m1', '')]))?.seq).toBe('b1')
    expect(currentOf(linesOf(heard, [own('m1', ''), own('m2', 'b2', 'waiting')]))).toBeNull()
    const asked = [...heard, bot('b3', { choices: [{ id: 'feedback', label: '说说' }] })]
    expect(currentOf(linesOf(asked, []))?.seq).toBe('b3')
    const reminded = [...heard, bot('b3', { choices: [{ id: 'ack:26112200012', label: '收到' }] })]
    expect(currentOf(linesOf(reminded, []))?.seq).toBe('b1')
  })
})

describe('numbers to call', () => {
  test.each([
    ['快出来！到安全的地方打 110 或 119。', ['110', '119']],
    ['有人喝了不舒服，打 120。', ['120']],
    ['等不及，打村里电话：07430000002 或 13900001234', ['07430000002', '13900001234']],
    ['村里电话 0743-8222333', ['0743-8222333']],
    ['我记的是：120 元。', []],
    ['您的 26112200012 号', []],
  ])('%s', (text, numbers) => {
    expect(callNumbers(text)).toEqual(numbers)
  })
})
