import { describe, expect, test } from 'vitest'
import { PROBLEM_CODES } from '../../src/flow/definition/problems.ts'
import { loadFlows } from '../../src/flow/definition/load.ts'
import { HARDSHIP, PEOPLE } from './fixtures/flows.ts'
import { flowOf, problemsOf } from './fixtures/load.ts'
import { testWords } from './fixtures/words.ts'

const flow = (questions: string, rest = '') => `flow: f\nsubmit: s\n${rest}\nquestions:\n${questions}`
const q = (columns: string) => `  - { ${columns} }\n`

const nestedRepeats = (depth: number): string =>
  depth === 0
    ? 'name: a, type: text, label: A'
    : `name: r${depth}, type: begin_repeat, label: R, questions: [{ ${nestedRepeats(depth - 1)} }]`

/** Broken file → the line and question that the complaint must name. */
const BROKEN: readonly (readonly [code: string, yaml: string, line: number, question: string | null])[] = [
  ['yaml', 'flow: f\nsubmit: [', 2, null],
  ['not_a_map', '- a', 1, null],
  ['unknown_key', flow(q('name: a, type: text, label: A, lable: B')), 5, 'a'],
  ['unknown_key', `flw: f\nflow: f\nsubmit: s\nquestions:\n${q('name: a, type: text, label: A')}`, 1, null],
  ['missing_key', 'submit: s\nquestions: []', 1, null],
  ['missing_key', `flow: f\nquestions:\n${q('name: a, type: text, label: A')}`, 1, null],
  ['wrong_value', flow(q('name: a, type: text, label: A'), 'nudge: soon'), 3, null],
  ['wrong_value', flow(q('name: a, type: text, label: A'), 'audience: everybody'), 3, null],
  ['wrong_value', flow(q('name: a, type: integer, unit: miles, label: A')), 5, 'a'],
  ['wrong_value', flow(q('name: a, type: text, pii: secret, label: A')), 5, 'a'],
  ['unknown_block', flow(q('name: a, type: text, label: A'), 'include: [who]'), 3, null],
  ['no_questions', 'flow: f\nsubmit: s\n', 0, null],
  ['name_missing', flow(q('type: text, label: A')), 5, null],
  ['name_invalid', flow(q('name: 1a, type: text, label: A')), 5, '1a'],
  ['duplicate_name', flow(q('name: a, type: text, label: A') + q('name: a, type: text, label: A')), 6, 'a'],
  ['type_missing', flow(q('name: a, label: A')), 5, 'a'],
  ['type_unknown', flow(q('name: a, type: txt, label: A')), 5, 'a'],
  ['type_refused', flow(q('name: a, type: geotrace, label: A')), 5, 'a'],
  ['unbalanced_group', flow(q('name: g, type: begin_group')), 5, 'g'],
  ['unbalanced_group', flow(q('name: a, type: text, label: A') + q('type: end_repeat')), 6, ''],
  ['unknown_list', flow(q('name: a, type: select_one l, label: A')), 5, 'a'],
  ['empty_list', flow(q('name: a, type: select_one l, label: A'), 'choices: { l: [] }'), 3, null],
  ['duplicate_choice', flow(q('name: a, type: select_one l, label: A'), 'choices: { l: [x, x] }'), 3, null],
  ['choice_name_blank', flow(q('name: a, type: select_one l, label: A'), 'choices: { l: [x y] }'), 3, null],
  [
    'or_other_with_filter',
    flow(q('name: a, type: select_one l or_other, choice_filter: "1 = 1", label: A'), 'choices: { l: [x] }'),
    5,
    'a',
  ],
  ['calculation_missing', flow(q('name: a, type: calculate') + q('name: b, type: text, label: B')), 5, 'a'],
  ['unknown_trigger', flow(q('name: a, type: calculate, calculation: "1", trigger: "${b}"')), 5, 'a'],
  ['unknown_picker', flow(q('name: a, type: hidden, from: b')), 5, 'a'],
  ['unknown_skip_target', flow(q('name: a, type: acknowledge, on_refusal: "skip:zz", label: A')), 5, 'a'],
  [
    'backward_skip',
    flow(q('name: b, type: text, label: B') + q('name: a, type: acknowledge, on_refusal: "skip:b", label: A')),
    6,
    'a',
  ],
  [
    'expression',
    flow(q('name: a, type: text, label: A') + q('name: b, type: text, relevant: "${zz} = 1", label: B')),
    6,
    'b',
  ],
  ['expression', flow(q('name: a, type: text, constraint: ". ＞ 1", label: A')), 5, 'a'],
  ['expression', flow(q('name: a, type: text, label: A'), 's: { urgent: "nope(1)" }'), 3, null],
  [
    'cycle',
    flow(
      q('name: a, type: calculate, calculation: "${b} + 1"') + q('name: b, type: calculate, calculation: "${a} + 1"'),
    ),
    5,
    'a',
  ],
  ['cycle', flow(q('name: a, type: text, relevant: "${a} = 1", label: A')), 5, 'a'],
  ['unknown_reference', flow(q('name: a, type: text, label: "${zz}"')), 5, 'a'],
  ['too_deep', flow(q(nestedRepeats(5))), 5, 'r1'],
  ['not_for_this_type', flow(q('name: a, type: text, unit: yuan, label: A')), 5, 'a'],
  ['no_trigger', flow(q('name: a, type: text, label: A')), 1, null],
  ['unreachable', flow(q('name: a, type: text, relevant: "false()", label: A')), 5, 'a'],
  [
    'number_compared_with_zero',
    flow(q('name: a, type: integer, label: A') + q('name: b, type: text, relevant: "${a} != 0", label: B')),
    6,
    'b',
  ],
  [
    'word_clash',
    flow(q('name: a, type: select_one l, label: A'), 'choices: { l: [{ name: x, label: 跳过 }] }'),
    5,
    'a',
  ],
  ['missing_label', flow(q('name: a, type: text')), 5, 'a'],
  [
    'too_many_questions',
    flow(Array.from({ length: 13 }, (_, at) => q(`name: q${at}, type: text, label: A`)).join('')),
    1,
    null,
  ],
  [
    'choice_label_long',
    flow(q('name: a, type: select_one l, label: A'), `choices: { l: [{ name: x, label: ${'长'.repeat(21)} }] }`),
    5,
    'a',
  ],
]

describe('problems name the file, the line and the question', () => {
  test.each(BROKEN)('%s in %j', (code, yaml, line, question) => {
    const found = problemsOf(yaml).filter((problem) => problem.code === code && problem.question === question)
    expect(found).toHaveLength(1)
    expect(found[0]).toMatchObject({
      file: 'test.yaml',
      question,
      severity: PROBLEM_CODES[code as keyof typeof PROBLEM_CODES],
    })
    if (line > 0) expect(found[0]?.line).toBe(line)
  })

  test('a flow with an error is left out, one with advice is not', () => {
    const good = {
      file: 'good.yaml',
      yaml: flow(q('name: a, type: text, label: A')).replace('flow: f', 'flow: good'),
      digest: 'g',
    }
    const bad = {
      file: 'bad.yaml',
      yaml: flow(q('name: a, type: txt, label: A')).replace('flow: f', 'flow: bad'),
      digest: 'b',
    }
    expect(loadFlows({ sources: [bad, good], blocks: [], words: testWords() }).flows.map(({ id }) => id)).toEqual([
      'good',
    ])
  })

  test('two flows of one name', () => {
    const source = { file: 'a.yaml', yaml: flow(q('name: a, type: text, label: A')), digest: 'a' }
    const { flows, problems } = loadFlows({
      sources: [source, { ...source, file: 'b.yaml' }],
      blocks: [],
      words: testWords(),
    })
    expect(flows).toHaveLength(1)
    expect(problems).toContainEqual(expect.objectContaining({ code: 'duplicate_flow', file: 'b.yaml' }))
  })

  test('a problem of a block names the block, once, and keeps out the flows that take it in', () => {
    const block = {
      file: 'who.yaml',
      yaml: 'block: who\nquestions:\n  - { name: a, type: txt, label: A }\n',
      digest: 'w',
    }
    const sources = ['x', 'y'].map((id) => ({
      file: `${id}.yaml`,
      yaml: flow(q('name: b, type: text, label: B'), 'include: [who]').replace('flow: f', `flow: ${id}`),
      digest: id,
    }))
    const { flows, problems } = loadFlows({ sources, blocks: [block], words: testWords() })
    expect(flows).toEqual([])
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([
      expect.objectContaining({ file: 'who.yaml', line: 3, code: 'type_unknown' }),
    ])
  })

  test('a sentence that a language lacks', () => {
    const words = testWords({ 'zh-CN': { 'flows/f': { questions: { a: { label: '甲？' } } } } })
    const own = (language: string) => language === 'zh-CN'
    const sources = [{ file: 'f.yaml', yaml: flow(q('name: a, type: text')), digest: 'd' }]
    expect(loadFlows({ sources, blocks: [], words: { ...words, own } }).problems).toContainEqual({
      severity: 'warning',
      file: 'f.yaml',
      line: 5,
      question: 'a',
      code: 'missing_translation',
      params: { language: 'en', key: 'flows/f:questions.a.label' },
    })
  })

  test('never throws, whatever the file holds', () => {
    for (const yaml of [
      '',
      '\u0000',
      'a: &a [*a]',
      '{}',
      'flow: {}',
      'flow: f\nsubmit: s\nquestions: 3',
      'flow: f\nsubmit: s\nquestions: [1, null, []]',
      'flow: f\nsubmit: s\nchoices: 1\nquestions:\n  - {name: a, type: "select_one l", label: A}',
      '%YAML 9.9',
      '? [a]: b',
    ])
      expect(loadFlows({ sources: [{ file: 'x', yaml, digest: 'd' }], blocks: [], words: testWords() }).flows).toEqual(
        [],
      )
  })

  test('every code has an example here', () => {
    const shown = new Set([...BROKEN.map(([code]) => code), 'duplicate_flow', 'missing_translation'])
    expect(Object.keys(PROBLEM_CODES).filter((code) => !shown.has(code))).toEqual([])
  })
})

describe('a flow from outside', () => {
  test('what the rest of the house sees', () => {
    const hardship = flowOf(HARDSHIP)
    expect(hardship).toMatchObject({
      id: 'hardship',
      version: 1,
      audience: 'villager',
      menu: null,
      submit: 'case',
      expiresSeconds: 604_800,
      nudgeSeconds: null,
      sensitive: true,
    })
    expect(hardship.settings).toEqual({ urgent: "${danger} = 'yes'", kind: "'hardship'" })
    expect(hardship.questions.find(({ name }) => name === 'causes')).toMatchObject({
      type: 'select_multiple',
      list: 'cause',
      choices: ['illness', 'housing', 'water', 'other'],
      required: true,
    })
    expect(flowOf(PEOPLE).questions.find(({ name }) => name === 'age')).toMatchObject({
      path: 'people.age',
      type: 'integer',
    })
    expect(flowOf(PEOPLE).sensitive).toBe(false)
  })

  test('words come from the locales: labels, choices with synonyms, triggers', () => {
    const words = testWords({
      'zh-CN': {
        'flows/f': {
          title: '标题',
          triggers: ['我要'],
          questions: { a: { label: '甲？' } },
          choices: { l: { x: { label: '叉', also: ['差'] }, y: '歪' } },
        },
      },
      en: { 'flows/f': { title: 'Title', questions: { a: { label: 'A?' } } } },
    })
    const { flows, problems } = loadFlows({
      sources: [{ file: 'f', yaml: flow(q('name: a, type: select_one l'), 'choices: { l: [x, y] }'), digest: 'd' }],
      blocks: [],
      words,
    })
    expect(problems).toEqual([])
    expect(flows[0]?.triggers.get('zh-CN')).toEqual(['标题', '我要'])
    expect(flows[0]?.questions[0]).toMatchObject({
      labelKey: 'flows/f:questions.a.label',
      choiceKey: 'flows/f:choices.l',
    })
  })
})
