import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ANSWER_TYPES, UNITS } from '../../src/flow/answers/understanding.ts'
import { PROBLEM_CODES } from '../../src/flow/definition/problems.ts'

const FOLDER = 'src/flow'
const sources = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
const code = sources.map((file) => readFileSync(join(FOLDER, file), 'utf8')).join('\n')

/** Every key that the engine writes out, and those it puts together. */
const keys = new Set([
  ...[...code.matchAll(/'((?:flow|lists):[\w.]+)'/g)].map((match) => match[1] as string),
  ...ANSWER_TYPES.map((type) => `flow:not_understood.${type}`),
  'flow:not_understood.yes_no',
  ...UNITS.map((unit) => `flow:unit.${unit}`),
  ...['image', 'video', 'file'].map((kind) => `flow:wrong_kind.${kind}`),
  ...['skip', 'help', 'human'].map((choice) => `flow:${choice}_choice`),
  ...Object.keys(PROBLEM_CODES).map((problem) => `flow-check:${problem}`),
])

describe.each(['zh-CN', 'en'])('%s', (language) => {
  test.each([...keys])('%s has words', (key) => {
    const [file, path] = key.split(':') as [string, string]
    const tree = JSON.parse(readFileSync(`locales/${language}/${file}.json`, 'utf8')) as unknown
    const found = path
      .split('.')
      .reduce<unknown>((at, part) => (at as Record<string, unknown> | undefined)?.[part], tree)
    const isThere = typeof found === 'string' || Array.isArray(found) || (typeof found === 'object' && found !== null)
    expect(isThere).toBe(true)
  })
})
