/** What the registry knows: short lists, the one row that can only be meant, hidden questions that a pick fills, alerts in repeats. */
import { describe, expect, test } from 'vitest'
import type { Candidate } from '../../src/flow/answers/understanding.ts'
import { lookups, openingLookups } from '../../src/flow/find-lookups.ts'
import { lookupKey, type Lookup } from '../../src/flow/lookups.ts'
import type { Turn } from '../../src/flow/turn.ts'
import { flowOf, problemsOf, turnAt } from './fixtures/load.ts'
import { Talk } from './fixtures/talk.ts'

const CHECK = `
flow: check
audience: staff
submit: check
review: false
questions:
  - { name: matter, type: matter, required: true, label: 哪一件 }
  - { name: roster, type: hidden, from: matter }
  - { name: size, type: hidden, from: matter }
  - { name: same, type: select_one yn, required: true, relevant: "\${roster} != ''", label: "\${roster}，变了吗" }
  - { name: members, type: integer, required: true, relevant: "\${same} != 'no'", label: 几口人 }
  - { name: persons, type: calculate, calculation: "if(\${same} = 'no', \${size}, \${members})" }
`

const KNOWN: readonly Candidate[] = [
  { value: '26112000027', label: '石二妹', exact: false, about: { roster: '石二妹、石小军', size: '2' } },
  { value: '26111800042', label: '石二狗', exact: false, about: { roster: '', size: '' } },
]

const find = (rows: readonly Candidate[], { text }: Lookup): readonly Candidate[] => {
  const fitting = rows.filter(({ value, label }) => text === '' || value === text || label.includes(text))
  return fitting.map((row) => ({ ...row, exact: text !== '' && fitting.length === 1 }))
}

/** Talks with the registry at hand, as the house does: lookups first, then the step. */
class Asking extends Talk {
  rows: readonly Candidate[] = []

  static with(rows: readonly Candidate[], flow = flowOf(CHECK)): Asking {
    const found = (asked: readonly Lookup[]): Turn['found'] => new Map(asked.map((one) => [one.key, find(rows, one)]))
    const talk = new Asking(flow, turnAt({ found: found(openingLookups(flow)) }))
    talk.rows = rows
    return talk
  }

  override send(input: Parameters<Talk['send']>[0]): this {
    const asked = lookups(this.flow, this.state, input)
    this.turn = turnAt({ found: new Map(asked.map((one) => [one.key, find(this.rows, one)])) })
    return super.send(input)
  }
}

describe('a short list', () => {
  test('is offered, and a pick from it fills the hidden questions', () => {
    const talk = Asking.with(KNOWN)
    expect(talk.choices).toEqual(['26112000027', '26111800042'])
    talk.say('1')
    expect(talk.open).toBe('same')
    expect(talk.say('不是').submission?.answers).toMatchObject({
      matter: '26112000027',
      roster: '石二妹、石小军',
      size: '2',
      persons: '2',
    })
  })

  test('a tap does the same; a name that is not on it is looked for', () => {
    expect(Asking.with(KNOWN).tap('26112000027').open).toBe('same')
    const talk = Asking.with(KNOWN)
    talk.rows = [{ value: '26112300019', label: '麻老五', exact: false, about: { roster: '麻老五' } }]
    expect(talk.say('麻老五').open).toBe('same')
  })

  test('with one row only, that one is asked about; no leads to the open question', () => {
    const talk = Asking.with(KNOWN.slice(0, 1))
    expect(talk.said).toEqual(['flow:confirm'])
    expect(talk.say('不是').open).toBe('matter')
    expect(Asking.with(KNOWN.slice(0, 1)).say('是').open).toBe('same')
  })

  test('with no row, it is asked openly and nothing is said about the list', () => {
    expect(Asking.with([]).said).toEqual(['哪一件'])
  })

  test('comes again after an answer that was not understood, and when the question is opened again', () => {
    const talk = Asking.with(KNOWN).say('天上')
    expect(talk.choices).toEqual(['26112000027', '26111800042'])
    talk.say('2').say('上一步')
    expect(talk.choices).toEqual(['26112000027', '26111800042'])
  })
})

describe('what a pick filled', () => {
  test('is replaced by the next pick', () => {
    const talk = Asking.with(KNOWN).say('石二妹')
    expect(talk.open).toBe('same')
    talk.say('上一步').say('石二狗')
    expect(talk.open).toBe('members')
    expect(talk.say('4').submission?.answers).toMatchObject({ matter: '26111800042', members: '4', persons: '4' })
    expect(talk.submission?.answers).not.toHaveProperty('roster')
  })

  test('is found by the stored value where the pick came from what was offered', () => {
    const flow = flowOf(CHECK)
    const talk = Asking.with(KNOWN, flow)
    const keys = lookups(flow, talk.state, { kind: 'text', text: '1' }).map(({ key }) => key)
    expect(keys).toEqual(expect.arrayContaining(KNOWN.map(({ value }) => lookupKey('matter', null, value))))
  })
})

test('`from` must name a picker beside the hidden question', () => {
  const wrong = CHECK.replace('size, type: hidden, from: matter', 'size, type: hidden, from: members')
  expect(problemsOf(wrong)).toContainEqual(expect.objectContaining({ code: 'unknown_picker', question: 'size' }))
})

test('danger in a repeat is told for each instance, once', () => {
  const flow = flowOf(`
flow: danger
submit: check
review: false
choices: { urgency: [{ name: normal, label: 不急 }, { name: danger, label: 危险 }] }
questions:
  - name: items
    type: begin_repeat
    required: true
    label: 事
    questions:
      - { name: urgency, type: select_one urgency, required: true, label: 急吗, alert: { level: danger, when: "\${urgency} = 'danger'" } }
`)
  const talk = new Talk(flow)
  expect(talk.say('危险').kinds).toContain('alert')
  expect(talk.say('是', '危险').kinds).toContain('alert')
  expect(talk.say('上一步', '危险').kinds).not.toContain('alert')
})
