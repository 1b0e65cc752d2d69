import { describe, expect, test } from 'vitest'
import { instant } from '../../src/base/time.ts'
import type { Outgoing } from '../../src/messaging/channel.ts'
import { outgoingOf, payloadOf } from '../../src/messaging/outbox/payload.ts'

const PLAIN: Outgoing = {
  id: 'o1',
  channel: 'pipe',
  chat: 'c1',
  text: '您家几口人？',
  choices: [],
  mentions: [],
  cause: null,
  reminder: null,
  matter: null,
  question: null,
  progress: null,
  createdAt: instant(1_795_375_138_456),
  again: false,
}

const FULL: Outgoing = {
  ...PLAIN,
  choices: [{ id: 'yes', label: '1. 是' }],
  mentions: ['u7'],
  cause: 'pipe m1',
  reminder: { rule: 'visit_due', rung: 1, matters: ['F1'], items: [{ rule: 'visit_due', rung: 1, matter: 'F1' }] },
  matter: { number: 'A1', kind: 'hardship', stage: 'verifying' },
  about: 'stage',
  question: 'members',
  progress: { done: 1, of: 9 },
  page: { talk: 't1', answered: 'name' },
  attachment: { id: 'abc', name: '名单.xlsx', type: 'application/pdf' },
  voice: 'zh-CN/x.mp3',
}

const rowOf = (outgoing: Outgoing, payload: string) => {
  const { id, channel, chat, createdAt } = outgoing
  return { id, channel, chat, createdAt, payload }
}

describe('what an outbox row keeps', () => {
  test.each([
    ['a plain sentence', PLAIN],
    ['everything that a message can carry', FULL],
  ])('%s is read as it was', (_, outgoing) => {
    expect(outgoingOf(rowOf(outgoing, payloadOf(outgoing)))).toEqual(outgoing)
  })

  test('nothing twice, and nothing that is empty', () => {
    expect(payloadOf(PLAIN)).toBe('{"text":"您家几口人？"}')
  })

  test('a row of an older version says everything in its payload', () => {
    expect(outgoingOf(rowOf(FULL, JSON.stringify({ ...FULL, again: true })))).toEqual(FULL)
  })
})
