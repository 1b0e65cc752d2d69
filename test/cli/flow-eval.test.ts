import { PassThrough, Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../src/base/random.ts'
import { instant } from '../../src/base/time.ts'
import { evalLine, runFlowEval } from '../../src/cli/flow/eval.ts'

const around = { now: instant(Date.UTC(2026, 10, 23, 1)), zone: 'Asia/Shanghai', random: seededRandom(1) }
const ask = (request: unknown) => evalLine(JSON.stringify(request), around)

describe('a line of flow eval', () => {
  it('answers as interfaces.md says', () => {
    expect(
      ask({
        id: '1',
        expr: "if(selected(${causes}, 'illness'), jr:choice-name(selected-at(${causes}, 0), '${causes}'), '')",
        values: { causes: 'illness housing' },
        selects: { causes: 'select_multiple cause' },
        choices: { cause: [{ name: 'illness', label: { 'zh-CN': '因病', en: 'Illness' } }] },
        lang: 'en',
      }),
    ).toEqual({ id: '1', value: 'Illness' })
  })

  it('takes the clock, the zone and the language from outside where the line is silent', () => {
    expect(ask({ id: 2, expr: 'now()' })).toEqual({ id: 2, value: '2026-11-23T09:00:00+08:00' })
    expect(ask({ id: 2, expr: 'now()', now: null, tz: 'UTC' })).toEqual({ id: 2, value: '2026-11-23T01:00:00+00:00' })
  })

  it('shows what JSON can not', () => {
    expect(ask({ id: 'n', expr: '0 div 0' })).toEqual({ id: 'n', value: 'NaN' })
    expect(ask({ id: 'n', expr: '-1 div 0' })).toEqual({ id: 'n', value: '-Infinity' })
    expect(ask({ id: 'n', expr: '${q}', values: { r: [{ q: 'a' }, {}] } })).toEqual({ id: 'n', value: ['a', ''] })
  })

  it('takes numbers, booleans and null as the text they would be stored as', () => {
    const values = { n: 5, t: true, e: null }
    expect(ask({ id: 'v', expr: 'concat(${n}, ${t}, ${e})', values })).toEqual({ id: 'v', value: '5true' })
  })

  it('keeps a question that only selects name', () => {
    expect(ask({ id: 's', expr: '${q}', selects: { q: 'select_one l' } })).toEqual({ id: 's', value: '' })
  })

  it.each([
    ['what is no JSON', '{"id":"1",', null, 'ARGUMENT_INVALID'],
    ['what is no object', '[1]', null, 'ARGUMENT_INVALID'],
    ['null', 'null', null, 'ARGUMENT_INVALID'],
    ['a missing expression', '{"id":"1"}', '1', 'ARGUMENT_INVALID'],
    ['an expression that is no text', '{"id":"1","expr":{}}', '1', 'ARGUMENT_INVALID'],
    ['values that are a list', '{"id":"1","expr":"1","values":[]}', '1', 'ARGUMENT_INVALID'],
    ['a value that is an object', '{"id":"1","expr":"1","values":{"a":{}}}', '1', 'ARGUMENT_INVALID'],
    ['instances that are no objects', '{"id":"1","expr":"1","values":{"a":["x"]}}', '1', 'ARGUMENT_INVALID'],
    [
      'a repeat that is a text elsewhere',
      '{"id":"1","expr":"1","values":{"r":[{"a":[]},{"a":"x"}]}}',
      '1',
      'ARGUMENT_INVALID',
    ],
    ['a place in no repeat', '{"id":"1","expr":"1","in_repeat":{"x":1}}', '1', 'ARGUMENT_INVALID'],
    ['a place 0', '{"id":"1","expr":"1","values":{"x":[{}]},"in_repeat":{"x":0}}', '1', 'ARGUMENT_INVALID'],
    [
      'two repeats side by side',
      '{"id":"1","expr":"1","values":{"x":[],"y":[]},"in_repeat":{"x":1,"y":1}}',
      '1',
      'ARGUMENT_INVALID',
    ],
    ['a time without offset', '{"id":"1","expr":"1","now":"2026-11-23"}', '1', 'ARGUMENT_INVALID'],
    ['a zone that is none', '{"id":"1","expr":"1","tz":"Mars/Olympus"}', '1', 'ARGUMENT_INVALID'],
    ['an unknown type', '{"id":"1","expr":"1","as":"date"}', '1', 'ARGUMENT_INVALID'],
    ['choices that are no lists', '{"id":"1","expr":"1","choices":{"l":{}}}', '1', 'ARGUMENT_INVALID'],
    ['rows that are no objects', '{"id":"1","expr":"1","instances":{"l":[1]}}', '1', 'ARGUMENT_INVALID'],
    ['an expression that is refused', '{"id":"1","expr":"foo()"}', '1', 'EXPRESSION_INVALID'],
    ['an unknown reference', '{"id":"1","expr":"${a}"}', '1', 'EXPRESSION_INVALID'],
  ])('refuses %s', (_what, line, id, code) => {
    const answer = evalLine(line, around)
    expect(answer).toEqual({ id, error: code, message: expect.any(String) as string })
    expect(answer['message']).not.toBe('')
  })

  it('says why and where', () => {
    expect(ask({ id: '1', expr: '1 + TODAY()' })['message']).toBe('unknown_function at 4, name "TODAY", hint "today"')
    expect(ask({ id: '1', expr: '1', tz: 'x' })['message']).toBe(
      'ARGUMENT_INVALID, field "tz", expected "IANA time zone"',
    )
  })

  it('reports an evaluation without end', () => {
    const values = { r: Array.from({ length: 1_500 }, () => ({ q: '1' })) }
    expect(ask({ id: '1', expr: 'count(${r}[count(${r}) > 0])', values })).toMatchObject({
      id: '1',
      error: 'FLOW_STEP_LIMIT',
    })
  })

  it('survives names that objects are born with', () => {
    const values = JSON.parse('{"__proto__":"1","constructor":"2","toString":"3"}') as unknown
    expect(ask({ id: '1', expr: 'concat(${__proto__}, ${constructor}, ${toString})', values })['value']).toBe('123')
    expect(ask({ id: '1', expr: '${hasOwnProperty}', values })['error']).toBe('EXPRESSION_INVALID')
  })

  it('answers whatever comes', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (line) => {
        const answer = evalLine(line, around)
        expect('value' in answer).toBe(!('error' in answer))
        expect(() => JSON.stringify(answer)).not.toThrow()
      }),
    )
    const request = fc.record(
      Object.fromEntries(
        'id expr values self in_repeat choices selects instances choice repeat_fields now tz lang as'
          .split(' ')
          .map((name) => [name, fc.oneof(fc.jsonValue(), fc.dictionary(fc.constantFrom('a', 'r'), fc.jsonValue()))]),
      ),
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(request, fc.constantFrom('1', '${a}', '${r}', 'count(${r})', '.'), (fields, expr) => {
        const answer = ask({ ...fields, expr })
        expect(answer['error']).not.toBe('INTERNAL')
        expect('value' in answer).toBe(!('error' in answer))
      }),
    )
  })
})

describe('runFlowEval', () => {
  it('answers line by line, whatever the chunks, and passes over empty lines', async () => {
    const lines = '{"id":"1","expr":"1 + 1"}\r\n\n{"id":"2","expr":"\'吉首\'"}\nrubbish'
    const bytes = Buffer.from(lines)
    const output = new PassThrough()
    await runFlowEval(Readable.from([bytes.subarray(0, 50), bytes.subarray(50)]), output, {
      clock: { now: () => around.now },
    })
    output.end()
    const answers = (await text(output)).trim().split('\n')
    expect(answers.map((answer) => JSON.parse(answer) as unknown)).toEqual([
      { id: '1', value: 2 },
      { id: '2', value: '吉首' },
      { id: null, error: 'ARGUMENT_INVALID', message: 'not_json' },
    ])
  })

  it('reads lines from anything that gives them', async () => {
    async function* lines() {
      yield await Promise.resolve('{"id":"1","expr":"today()"}')
    }
    const output = new PassThrough()
    await runFlowEval(lines(), output, { clock: { now: () => around.now }, zone: 'UTC' })
    output.end()
    expect(JSON.parse(await text(output))).toEqual({ id: '1', value: '2026-11-23' })
  })
})
