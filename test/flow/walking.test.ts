import { describe, expect, test } from 'vitest'
import { begin } from '../../src/flow/begin.ts'
import { MAX_STEPS_PER_TURN } from '../../src/flow/limits.ts'
import { step } from '../../src/flow/step.ts'
import { COUNTED, PEOPLE } from './fixtures/flows.ts'
import { flowOf, turnAt } from './fixtures/load.ts'
import { Talk } from './fixtures/talk.ts'

const form = (questions: string, rest = '') =>
  flowOf(`flow: f\nsubmit: s\nreview: false\n${rest}\nquestions:\n${questions}`)
const people = () => new Talk(flowOf(PEOPLE))
const counted = () => new Talk(flowOf(COUNTED))

describe('repeats', () => {
  test('ask whether there is any, then whether there is another, and give a list', () => {
    const talk = people().say('张三')
    expect(talk.said).toEqual(['家里人', 'flow:repeat.any'])
    expect(talk.open).toBe('people[1]')
    talk.say('有')
    expect(talk.open).toBe('people[1].name')
    talk.say('小红', '8')
    expect(talk.open).toBe('people[2]')
    expect(talk.said).toEqual(['家里人', 'flow:repeat.another'])
    talk.tap('yes').say('小明', '30')
    expect(talk.open).toBe('people[2].where')
    talk.say('男', '没有')
    expect(talk.said[0]).toBe('一共 2 个人')
    talk.say('是', '1', '1')
    expect(talk.submission?.answers).toMatchObject({
      people: [
        { name: '小红', age: '8', grown: 'no' },
        { name: '小明', age: '30', grown: 'yes', where: 'm' },
      ],
      count: '2',
      years: '38',
    })
  })

  test('there may be none', () => {
    const talk = people().say('张三', '没有', '是', '1', '1')
    expect(talk.submission?.answers).not.toHaveProperty('people')
    expect(talk.submission?.answers).toMatchObject({ count: '0', years: '0' })
  })

  test('labels and expressions inside mean the own instance', () => {
    const talk = people().say('张三', '有', '小红')
    expect(talk.said).toEqual(['小红 几岁'])
    talk.say('8', '有', '小明')
    expect(talk.said).toEqual(['小明 几岁'])
  })

  test('an answer of an instance is edited by its path', () => {
    const talk = people().say('张三', '有', '小红', '8', '没有', '是', '1').tap('edit:people[1].age')
    expect(talk.open).toBe('people[1].age')
    expect(talk.say('20').open).toBe('people[1].where')
    expect(talk.say('女').phase).toBe('review')
  })

  test('as many as an expression says; more when it grows, and the rest aside when it shrinks', () => {
    const talk = counted().say('2', '大毛', '没有', '二毛', '没有')
    expect(talk.open).toBe('late')
    talk.tap('edit:n').say('1')
    expect(talk.open).toBe('late')
    talk.tap('edit:n').say('3')
    expect(talk.open).toBe('child[3].nick')
    talk.say('三毛', '没有', '不是', '跳过', '1 2 3', '4')
    expect(talk.submission?.answers['child']).toEqual([{ nick: '大毛' }, { nick: '二毛' }, { nick: '三毛' }])
  })

  test('inside repeats', () => {
    const talk = counted().say('1', '大毛', '有')
    expect(talk.open).toBe('child[1].toy[1].what')
    talk.say('球', '有', '车', '没有')
    expect(talk.open).toBe('late')
    talk.say('不是', '跳过', '跳过', '4')
    expect(talk.submission?.answers['child']).toEqual([{ nick: '大毛', toy: [{ what: '球' }, { what: '车' }] }])
  })
})

describe('what is in play', () => {
  test('an earlier question that a later answer brings into play is asked then', () => {
    const talk = counted()
    expect(talk.open).toBe('n')
    expect(talk.say('0', '是').open).toBe('early')
    expect(talk.say('好').open).toBe('trouble')
  })

  test('a group out of play takes what is inside with it', () => {
    const young = people().say('张三', '有', '小红', '20', '女', '没有', '是', '1')
    expect(young.phase).toBe('review')
    const old = people().say('张三', '有', '奶奶', '101', '女', '没有', '是', '1')
    expect(old.open).toBe('old')
  })

  test('a chain of conditions is worked out in order', () => {
    const talk = new Talk(
      form(`
  - { name: a, type: select_one yn, label: 甲 }
  - { name: b, type: select_one yn, relevant: "\${a} = 'yes'", label: 乙 }
  - { name: sum, type: calculate, calculation: "if(\${b} = 'yes', 'both', 'no')" }
  - { name: c, type: text, relevant: "\${sum} = 'both'", label: 丙 }
  - { name: d, type: text, label: 丁 }
`),
    ).say('是', '是')
    expect(talk.open).toBe('c')
    expect(talk.say('上一步', '上一步', '不是').open).toBe('d')
    expect(talk.say('完').submission?.answers).toEqual({ a: 'no', sum: 'no', d: '完' })
  })
})

describe('choices', () => {
  test('a filter shows what fits, numbered anew; nothing to choose from is no question', () => {
    const talk = people().say('张三', '没有', '是')
    expect(talk.choices).toEqual(['cook', 'carer', 'submit'])
    expect(talk.say('1').log.at(-1)).toMatchObject({ question: 'work', value: 'cook' })
    const none = new Talk(
      form(
        '  - { name: a, type: text, label: 甲 }\n  - { name: b, type: select_one l, choice_filter: "k = ${a}", label: 乙 }\n  - { name: c, type: text, label: 丙 }',
        'choices: { l: [{ name: x, label: 叉, k: one }] }',
      ),
    ).say('two')
    expect(none.open).toBe('c')
  })

  test('or_other has a further choice and asks what it is', () => {
    const talk = counted().say('0', '不是')
    expect(talk.choices).toEqual(['a', 'b', 'c', 'other', 'submit'])
    talk.say('别的')
    expect(talk.open).toBe('trouble_other')
    expect(talk.said.at(-1)).toBe('flow:other_specify')
  })

  test('a random order is the same for one conversation', () => {
    const flow = form(
      '  - { name: a, type: select_one l, parameters: "randomize=true", label: 甲 }',
      `choices: { l: [${[...'abcdefgh'].map((name) => `{ name: ${name}, label: ${name}${name} }`).join(', ')}] }`,
    )
    const orders = [1, 2, 3].map((seed) => {
      const talk = new Talk(flow, turnAt({ seed }))
      const order = talk.choices
      talk.turn = turnAt({ seed: 99 })
      expect(talk.say('哪个').choices.slice(0, 8)).toEqual(order)
      expect(talk.say('2').submission?.answers['a']).toBe(order[1])
      return order.join('')
    })
    expect(new Set(orders).size).toBeGreaterThan(1)
  })
})

describe('values that nobody is asked for', () => {
  test('defaults, once; hidden values given from outside; metadata', () => {
    const flow = form(`
  - { name: start, type: start }
  - { name: end, type: end }
  - { name: today, type: today }
  - { name: phonenumber, type: phonenumber }
  - { name: own, type: hidden }
  - { name: fixed, type: hidden, default: "7" }
  - { name: day, type: date, required: true, default: "today()", label: 哪天 }
  - { name: week, type: calculate, calculation: "\${own}" }
  - { name: q, type: text, label: 问 }
`)
    const known = new Map([['phonenumber', { value: '139', label: '139', confirmed: true }]])
    const talk = new Talk(flow, turnAt({ known }), { own: 'yes', nothing: 'x' })
    expect(talk.open).toBe('q')
    expect(talk.say('完').submission?.answers).toEqual({
      start: '2026-11-23T09:00:00+08:00',
      end: '2026-11-23T09:00:00+08:00',
      today: '2026-11-23',
      phonenumber: '139',
      own: 'yes',
      fixed: '7',
      day: '2026-11-23',
      week: 'yes',
      q: '完',
    })
  })

  test('a question whose answer is given from outside is not asked', () => {
    const talk = new Talk(
      form('  - { name: a, type: text, label: 甲 }\n  - { name: b, type: text, label: 乙 }'),
      turnAt(),
      { a: '知道' },
    )
    expect(talk.open).toBe('b')
  })

  test('a triggered calculation runs only when its question changes', () => {
    const talk = new Talk(
      form(
        '  - { name: a, type: text, label: 甲 }\n  - { name: b, type: text, label: 乙 }\n  - { name: both, type: calculate, trigger: "${a}", calculation: "concat(${a}, ${b})" }\n  - { name: c, type: text, label: 丙 }',
      ),
    ).say('一', '二', '完')
    expect(talk.submission?.answers['both']).toBe('一')
  })

  test('a note is said once, with what was answered in it', () => {
    const talk = new Talk(
      form(
        '  - { name: a, type: integer, label: 甲 }\n  - { name: n, type: note, label: "记下 ${a}" }\n  - { name: b, type: text, label: 乙 }',
      ),
    ).say('3')
    expect(talk.said).toEqual(['记下 3', '乙'])
    expect(talk.say('上一步', '4').said).toEqual(['乙'])
  })
})

describe('limits', () => {
  test('a flow gone wild ends in a sentence and a fault, and the state stays', () => {
    const notes = Array.from(
      { length: MAX_STEPS_PER_TURN + 1 },
      (_, at) => `  - { name: n${at}, type: note, label: 第${at} }`,
    )
    const flow = form(['  - { name: a, type: text, label: 甲 }', ...notes].join('\n'))
    const talk = new Talk(flow)
    const before = talk.state
    talk.say('好')
    expect(talk.effects).toEqual([
      { kind: 'say', text: { key: 'flow:fault' } },
      { kind: 'fault', code: 'FLOW_STEP_LIMIT', question: 'a' },
    ])
    expect(talk.state).toEqual(before)
    const opened = begin(form(notes.join('\n')), turnAt())
    expect(opened.state.parked.phase).toBe('ended')
    expect(opened.effects.map(({ kind }) => kind)).toEqual(['say', 'fault', 'end'])
  })

  test('200 questions are walked past in one turn', () => {
    const questions = Array.from({ length: 200 }, (_, at) => `  - { name: q${at}, type: integer, label: 第${at} }`)
    let talk = new Talk(flowOf(`flow: f\nsubmit: s\nquestions:\n${questions.join('\n')}`))
    const flow = talk.flow
    let { state } = talk
    for (let at = 0; at < 200; at++) state = step(flow, state, { kind: 'text', text: String(at) }, talk.turn).state
    expect(state.parked.phase).toBe('review')
    const edited = step(flow, state, { kind: 'choice', id: 'edit:q0' }, talk.turn)
    const done = step(flow, edited.state, { kind: 'text', text: '7' }, talk.turn)
    expect(done.state.parked.phase).toBe('review')
  })

  test('a turn copies one chunk of the answers and shares the rest', () => {
    const questions = Array.from({ length: 200 }, (_, at) => `  - { name: q${at}, type: integer, label: 第${at} }`)
    const flow = flowOf(`flow: f\nsubmit: s\nquestions:\n${questions.join('\n')}`)
    let { state } = begin(flow, turnAt())
    for (let at = 0; at < 150; at++) {
      const before = (state.values as { top: readonly unknown[] }).top
      state = step(flow, state, { kind: 'text', text: '7' }, turnAt()).state
      const after = (state.values as { top: readonly unknown[] }).top
      expect(after.filter((chunk, place) => chunk !== before[place])).toHaveLength(1)
    }
    expect(JSON.stringify(state.parked).length).toBeLessThan(300)
  })

  test('a hundred instances, not more', () => {
    const talk = new Talk(
      form(
        '  - { name: n, type: integer, label: 几 }\n  - { name: r, type: begin_repeat, repeat_count: "${n}", label: 个, questions: [{ name: x, type: text, label: 叉 }] }',
      ),
    ).say('1000')
    for (let at = 0; at < 100; at++) talk.take(step(talk.flow, talk.state, { kind: 'text', text: '好' }, talk.turn))
    expect(talk.submission?.answers['r']).toHaveLength(100)
  })
})
