import { describe, expect, it } from 'vitest'
import { AppError } from '../../../src/base/errors.ts'
import { compileExpression } from '../../../src/flow/expression/compile.ts'
import type { Scope } from '../../../src/flow/expression/environment.ts'
import { MAX_NESTING, MAX_SOURCE } from '../../../src/flow/expression/parse.ts'

const NAMES = ['a', 'b', 'x']
const SCOPE: Scope = {
  field: (name) => {
    if (name === 'twice') return 'ambiguous'
    if (name === 'rep') return { name, repeats: [], kind: 'repeat' }
    if (name === 'inner') return { name, repeats: ['rep'], kind: 'question' }
    return NAMES.includes(name) ? { name, repeats: [], kind: 'question' } : null
  },
  children: (repeat) => (repeat === 'rep' ? ['inner'] : []),
  hasInstance: (name) => name === 'list',
}

function refusalOf(source: string): Record<string, unknown> | null {
  try {
    compileExpression(source, SCOPE, [])
    return null
  } catch (error) {
    if (error instanceof AppError && error.code === 'EXPRESSION_INVALID') return { ...error.details }
    throw error
  }
}

type Case = [source: string, reason: string, position: number, more?: Record<string, unknown>]

const CASES: readonly Case[] = [
  ['', 'empty', 0],
  [' \n ', 'empty', 0],
  ['frobnicate(1)', 'unknown_function', 0, { name: 'frobnicate' }],
  ['1 + TODAY()', 'unknown_function', 4, { hint: 'today' }],
  ['upper-case(${a})', 'unknown_function', 0],
  ['toString()', 'unknown_function', 0],
  ['area(${a})', 'unsupported_function', 0],
  ['geofence(${a}, ${b})', 'unsupported_function', 0],
  ["base64-decode('')", 'unsupported_function', 0],
  ['today(1)', 'wrong_arity', 0, { given: 1, least: 0, most: 0 }],
  ['if(true(), 1)', 'wrong_arity', 0, { given: 2, least: 3, most: 3 }],
  ['if(1, 2, 3, 4)', 'wrong_arity', 0],
  ['coalesce(1)', 'wrong_arity', 0],
  ['not()', 'wrong_arity', 0],
  ['concat()', 'wrong_arity', 0, { given: 0, least: 1 }],
  ["join(',')", 'wrong_arity', 0],
  ["selected('a')", 'wrong_arity', 0],
  ["substr('a')", 'wrong_arity', 0],
  ["translate('a', 'b')", 'wrong_arity', 0],
  ['round(1, 2, 3)', 'wrong_arity', 0],
  ['random(1)', 'wrong_arity', 0],
  ['string-length(1, 2)', 'wrong_arity', 0],
  ['true(1)', 'wrong_arity', 0],
  ['pow(1)', 'wrong_arity', 0],
  ["regex('a')", 'wrong_arity', 0],
  ['${nothing}', 'unknown_reference', 0, { name: 'nothing' }],
  ['1 + ${nothing}', 'unknown_reference', 4],
  ['${}', 'unknown_reference', 0],
  ['a > 1', 'unknown_reference', 0, { name: 'a', hint: '${a}' }],
  ['${last-saved#nothing}', 'unknown_reference', 0],
  ['${last-saved#rep}', 'wrong_argument', 0],
  ['../nothing', 'unknown_reference', 3],
  ['${twice}', 'ambiguous_reference', 0],
  ['(1 + 2', 'unbalanced', 0],
  ['1 + 2)', 'unbalanced', 5],
  [')', 'unbalanced', 0],
  ['((1)', 'unbalanced', 0],
  ['concat(1, 2', 'unbalanced', 6],
  ['${rep}[1', 'unbalanced', 6],
  ['${rep}[1)', 'unbalanced', 8],
  ['(1]', 'unbalanced', 2],
  ['${a', 'unbalanced', 0],
  ['${a} （1', 'full_width', 5, { found: '（', hint: '(' }],
  ['if（${a}, 1, 2)', 'full_width', 2],
  ['concat(1， 2)', 'full_width', 8, { hint: ',' }],
  ['${a} ＝ 1', 'full_width', 5, { hint: '=' }],
  ['${a} ＞ 1', 'full_width', 5, { hint: '>' }],
  ['(1）', 'full_width', 2],
  ['１ + 1', 'full_width', 0, { hint: '1' }],
  ['${a} = “x”', 'full_width', 7, { hint: '"' }],
  ['${a}\u3000= 1', 'full_width', 4],
  ['＄{a}', 'full_width', 0, { hint: '$' }],
  ["'open", 'unterminated_string', 0],
  ['${a} = "x', 'unterminated_string', 7],
  ['${a} == 1', 'bad_operator', 5, { found: '==', hint: '=' }],
  ['${a} && ${b}', 'bad_operator', 5, { hint: 'and' }],
  ['${a} || ${b}', 'bad_operator', 5, { hint: 'or' }],
  ['!${a}', 'bad_operator', 0, { hint: 'not(…)' }],
  ['${a} !== 1', 'bad_operator', 5],
  ['${a} <> 1', 'bad_operator', 5, { hint: '!=' }],
  ['${a} => 1', 'bad_operator', 5, { hint: '>=' }],
  ['${a} ≥ 1', 'bad_operator', 5, { hint: '>=' }],
  ['5 % 2', 'bad_operator', 2, { hint: 'mod' }],
  ['${a} AND ${b}', 'bad_operator', 5, { hint: 'and' }],
  ['${a} Or ${b}', 'bad_operator', 5, { hint: 'or' }],
  ['5 DIV 2', 'bad_operator', 2, { hint: 'div' }],
  ['1 +', 'missing_operand', 3],
  ['1 + * 2', 'missing_operand', 4],
  ['= 1', 'missing_operand', 0],
  ['1 = = 1', 'missing_operand', 4],
  ['()', 'missing_operand', 1],
  ['concat(1,)', 'missing_operand', 9],
  ['concat(,1)', 'missing_operand', 7],
  ['${rep}[]', 'missing_operand', 7],
  ['*', 'missing_operand', 0],
  ['1 2', 'missing_operator', 2],
  ['5 apples', 'missing_operator', 2],
  ['${a} ${b}', 'missing_operator', 5],
  ["'a' 'b'", 'missing_operator', 4],
  ['1, 2', 'missing_operator', 1],
  ['${a}(1)', 'missing_operator', 4],
  ['1..2', 'missing_operator', 2],
  ['1e5', 'missing_operator', 1],
  ['$a', 'unexpected_character', 0],
  ['1 # 2', 'unexpected_character', 2],
  ['{a}', 'unexpected_character', 0],
  ['1; 2', 'unexpected_character', 1],
  ['😀', 'unexpected_character', 0, { found: '😀' }],
  ['/data/a', 'unsupported_path', 0],
  ['//a', 'unsupported_path', 0],
  ['@id', 'unsupported_path', 0],
  ['${rep}//inner', 'unsupported_path', 6],
  ['child::a', 'unsupported_path', 5],
  ['${rep}/*', 'unsupported_path', 7],
  ['${a}/b', 'unsupported_path', 5],
  ['5[1]', 'unsupported_path', 0],
  ["'x'/y", 'unsupported_path', 4],
  ['..[1]', 'unsupported_path', 0],
  ["instance('list')/item", 'unsupported_path', 17, { hint: 'root' }],
  ["instance('list')/root/row", 'unsupported_path', 22, { hint: 'item' }],
  ["instance('other')/root/item", 'unknown_instance', 0, { name: 'other' }],
  ["pulldata('other', 'a', 'b', 'c')", 'unknown_instance', 0],
  ['instance(${a})/root/item', 'wrong_argument', 0],
  ['count(5)', 'wrong_argument', 0, { argument: 1 }],
  ["sum('1')", 'wrong_argument', 0],
  ['count-non-empty(1 = 1)', 'wrong_argument', 0],
  ['randomize(1)', 'wrong_argument', 0],
  ['last()', 'wrong_argument', 0],
  ['1 | 2', 'wrong_argument', 0],
  ["regex(${a}, '(')", 'invalid_pattern', 0],
  ["regex(${a}, '(?=x)y')", 'invalid_pattern', 0],
  ["regex(${a}, '(a)\\1')", 'invalid_pattern', 0],
  [`regex(\${a}, '${'a'.repeat(1001)}')`, 'invalid_pattern', 0],
  ['('.repeat(MAX_NESTING + 1) + '1' + ')'.repeat(MAX_NESTING + 1), 'too_deep', MAX_NESTING],
  ['not('.repeat(9_999 / 3) + 'x', 'too_deep', MAX_NESTING * 4],
  ['('.repeat(19_999), 'too_deep', MAX_NESTING],
  ['1*'.repeat(500) + '1', 'too_deep', 0],
  ['1'.repeat(MAX_SOURCE + 1), 'too_long', MAX_SOURCE],
]

describe('what is refused when a flow loads', () => {
  it.each(CASES)('%s', (source, reason, position, more = {}) => {
    expect(refusalOf(source)).toMatchObject({ reason, position, ...more })
  })
})

describe('what is long but well', () => {
  const environment = { zone: 'Asia/Shanghai' } as Parameters<ReturnType<typeof compileExpression>['number']>[0]
  it.each([
    ['1+'.repeat(9_000) + '1', 9_001],
    ['1 - '.repeat(2_001) + '1', -2_000],
    ['-'.repeat(19_998) + '1', 1],
    ['('.repeat(MAX_NESTING - 1) + '7' + ')'.repeat(MAX_NESTING - 1), 7],
    ['if(1, '.repeat(MAX_NESTING - 1) + '7' + ', 0)'.repeat(MAX_NESTING - 1), 7],
    ['true() and '.repeat(1_500) + 'false()', 0],
    ["concat('" + '长'.repeat(5_000) + "') = 1 or ".repeat(1) + 'true()', 1],
  ])('%#', (source, expected) => {
    expect(compileExpression(source, SCOPE, []).number(environment)).toBe(expected)
  })
})
