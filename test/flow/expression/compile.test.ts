import { describe, expect, it } from 'vitest'
import { AppError } from '../../../src/base/errors.ts'
import { seededRandom } from '../../../src/base/random.ts'
import { instant } from '../../../src/base/time.ts'
import { compileExpression } from '../../../src/flow/expression/compile.ts'
import type { Environment, Field, Scope } from '../../../src/flow/expression/environment.ts'
import { findings } from '../../../src/flow/expression/findings.ts'
import { FUNCTIONS } from '../../../src/flow/expression/functions/all.ts'
import { storedText } from '../../../src/flow/expression/stored.ts'

const FIELDS: Readonly<Record<string, Field>> = {
  a: { name: 'a', repeats: [], kind: 'question' },
  b: { name: 'b', repeats: [], kind: 'question' },
  rep: { name: 'rep', repeats: [], kind: 'repeat' },
  in: { name: 'in', repeats: ['rep'], kind: 'question' },
}
const scope: Scope = {
  field: (name) => FIELDS[name] ?? null,
  children: () => ['in', 'group'],
  hasInstance: (name) => name === 'list',
}

function environmentOf(more: Partial<Environment> = {}): Environment {
  return {
    at: instant(Date.UTC(2026, 10, 23, 1)),
    zone: 'Asia/Shanghai',
    language: 'zh-CN',
    random: seededRandom(1),
    self: '',
    position: [],
    value: () => '',
    instances: () => 0,
    label: () => '',
    choice: null,
    instance: () => [],
    ...more,
  }
}

describe('what the loader needs to know', () => {
  it.each([
    ['1', []],
    ['${a} + ${b} + ${a}', ['a', 'b']],
    ['${rep}[in > ${a}]/in', ['rep', 'in', 'a']],
    ["jr:choice-name('x', '${a}')", ['a']],
    ['${last-saved#a}', ['a']],
    ['../a', ['a']],
    ['count(${rep})', ['rep']],
  ])('%s reads %j', (source, names) => {
    const { reads } = compileExpression(source, scope, [])
    expect(reads.map((field) => field.name)).toEqual(names)
    expect(reads).toEqual(names.map((name) => FIELDS[name]))
  })

  it.each([
    ['1', false],
    ['${a} + 1', false],
    ['today() > ${a}', true],
    ['if(${a}, now(), 1)', true],
    ['once(1)', true],
    ['random()', true],
    ['uuid()', true],
    ['randomize(${in})', true],
    ['randomize(${in}, 1)', false],
  ])('%s may change by itself: %s', (source, volatile) => {
    expect(compileExpression(source, scope, []).volatile).toBe(volatile)
  })

  it('passes a group on the way to its questions', () => {
    const compiled = compileExpression('${rep}/group/in', scope, [])
    const environment = environmentOf({ instances: () => 2, value: (_field, position) => `v${position.join()}` })
    expect(compiled.value(environment)).toEqual(['v0', 'v1'])
  })

  it('asks for what was answered last time', () => {
    const environment = environmentOf({ lastSaved: (field) => `old ${field.name}` })
    expect(compileExpression('${last-saved#a}', scope, []).string(environment)).toBe('old a')
  })

  it('gives the instance numbers of the repeats around the field', () => {
    const asked: (readonly number[])[] = []
    const environment = environmentOf({ position: [4], value: (_field, position) => (asked.push(position), '') })
    compileExpression('${in} + ${a}', scope, ['rep']).number(environment)
    expect(asked).toEqual([[4], []])
  })
})

describe('evaluation', () => {
  it('does not touch the branch that is not taken', () => {
    const environment = environmentOf({
      value: () => {
        throw new Error('touched')
      },
    })
    expect(compileExpression("if(1 = 2, ${a}, 'x')", scope, []).string(environment)).toBe('x')
    expect(compileExpression('1 = 1 or ${a}', scope, []).boolean(environment)).toBe(true)
    expect(compileExpression('1 = 2 and ${a}', scope, []).boolean(environment)).toBe(false)
  })

  it('stops after a million nodes', () => {
    const compiled = compileExpression('count(${rep}[count(${rep}) > 0])', scope, [])
    const run = () => compiled.number(environmentOf({ instances: () => 2_000 }))
    expect(run).toThrowError(AppError)
    expect(run).toThrowError(/FLOW_STEP_LIMIT/)
    expect(compiled.number(environmentOf({ instances: () => 100 }))).toBe(100)
  })

  it('finds rows by an index that follows the table', () => {
    const compiled = compileExpression("instance('list')/root/item[name = ${a}]/label", scope, [])
    const table = (label: string) => [{ name: 'k', label }]
    const environment = environmentOf({ value: () => 'k' })
    expect(compiled.string({ ...environment, instance: () => table('one') })).toBe('one')
    expect(compiled.string({ ...environment, instance: () => table('two') })).toBe('two')
  })

  it('shuffles by the random numbers of the turn', () => {
    const compiled = compileExpression("join('', randomize(instance('list')/root/item/name))", scope, [])
    const rows = [...'abcdefgh'].map((name) => ({ name }))
    const run = (seed: number) => compiled.string(environmentOf({ random: seededRandom(seed), instance: () => rows }))
    expect(run(3)).toBe(run(3))
    expect(run(3)).not.toBe(run(4))
    expect([...run(3)].sort().join('')).toBe('abcdefgh')
  })
})

describe('what is stored', () => {
  it.each([
    ['0 div 0', ''],
    ['1 div 0', ''],
    ['${a} + 1', ''],
    ['3.0', '3'],
    ['1 = 1', 'true'],
    ["'x'", 'x'],
    ['${in}', ''],
  ])('%s → %j', (source, text) => {
    expect(storedText(compileExpression(source, scope, []), environmentOf())).toBe(text)
  })
})

describe('what flow check tells', () => {
  it.each([
    ['${a} != 0', [{ finding: 'not_equal_unanswered', position: 5, name: 'a' }]],
    ['0 != ${a}', [{ finding: 'not_equal_unanswered', position: 2, name: 'a' }]],
    ['${b} > 1 and (${a} != -1)', [{ finding: 'not_equal_unanswered', position: 19, name: 'a' }]],
    ['if(${a} != 1 + 1, 1, 2)', [{ finding: 'not_equal_unanswered', position: 8, name: 'a' }]],
    ["${a} != 'x'", []],
    ["${a} != ''", []],
    ['coalesce(${a}, 0) != 0', []],
    ['${a} = 0', []],
    ["regex(., '(a+)+')", [{ finding: 'pattern_slow', position: 9, pattern: '(a+)+' }]],
    ["regex(., '((a|b)*c)*')", [{ finding: 'pattern_slow', position: 9, pattern: '((a|b)*c)*' }]],
    ["regex(., '(?:x{2,}y){3,}')", [{ finding: 'pattern_slow', position: 9, pattern: '(?:x{2,}y){3,}' }]],
    ["regex(., '(a+b?)c+')", []],
    ["regex(., '([+*]a)+')", []],
    ["regex(., '(\\+a)+')", []],
    ["regex(., '(')", [{ finding: 'pattern_invalid', position: 9, pattern: '(' }]],
    ["regex(., concat('(', ''))", []],
  ])('%s', (source, expected) => {
    expect(findings(source)).toEqual(expected)
  })
})

describe('the table of functions', () => {
  const NAMED =
    'if coalesce once not boolean true false boolean-from-string selected selected-at count-selected jr:choice-name concat string string-length substr substring-before substring-after contains starts-with ends-with translate normalize-space join regex number int round abs min max sum pow sqrt log log10 exp exp10 pi sin cos tan asin acos atan atan2 floor ceiling today now date decimal-date-time decimal-time format-date format-date-time date-time difference-in-months count count-non-empty position indexed-repeat instance pulldata randomize uuid random digest checklist weighted-checklist distance'
  it.each(NAMED.split(' '))('has %s', (name) => {
    expect(FUNCTIONS.has(name)).toBe(true)
  })
})
