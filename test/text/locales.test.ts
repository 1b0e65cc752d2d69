import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { ERRORS } from '../../src/base/errors.ts'
import { readDefinitions } from '../../src/cli/definitions.ts'
import { REASONS } from '../../src/flow/answers/reasons.ts'
import { loadFlows } from '../../src/flow/definition/load.ts'
import { PROBLEM_CODES } from '../../src/flow/definition/problems.ts'
import { GLOBAL_WORDS } from '../../src/flow/words.ts'
import { gaps } from '../../src/text/gaps.ts'
import { leavesOf } from '../../src/text/resources.ts'
import { loadText } from '../../src/text/text.ts'

const { flows, blocks, resources } = readDefinitions({ flowsDir: 'flows', localesDir: 'locales' })
const text = loadText({ resources, defaultLocale: 'zh-CN' })
const LANGUAGES = ['zh-CN', 'en']

test('Chinese and English both say everything, with the same parameters', () => {
  const both = Object.fromEntries(LANGUAGES.map((language) => [language, resources[language] ?? {}]))
  expect(gaps(both)).toEqual([])
})

test('no sentence is empty', () => {
  for (const language of LANGUAGES)
    for (const [namespace, content] of Object.entries(resources[language] ?? {}))
      for (const [path, leaf] of leavesOf(content))
        if (typeof leaf === 'string') expect(leaf.trim(), `${language} ${namespace}:${path}`).not.toBe('')
})

test('every error code has its sentence and no sentence is left over', () => {
  for (const language of LANGUAGES)
    expect(Object.keys(resources[language]?.['errors'] ?? {}).sort()).toEqual(Object.keys(ERRORS).sort())
})

test('every word that works anywhere has forms in both languages', () => {
  for (const language of LANGUAGES)
    for (const word of GLOBAL_WORDS) expect(text.own(language, `words:${word}.0`), `${language} ${word}`).toBe(true)
})

test('every problem of a flow and every reason why an answer is not allowed has its sentence', () => {
  for (const code of Object.keys(PROBLEM_CODES)) expect(text.has(`flow-check:${code}`, 'zh-CN'), code).toBe(true)
  for (const key of Object.values(REASONS)) expect(text.has(key, 'zh-CN'), key).toBe(true)
})

const forms = new Map(
  LANGUAGES.map((language) => [
    language,
    Object.fromEntries(GLOBAL_WORDS.map((word) => [word, text.object(language, `words:${word}`) as string[]])),
  ]),
)
const words = { languages: LANGUAGES, text: text.raw, list: text.object, own: text.own, forms }
const loaded = loadFlows({ sources: flows, blocks, words })

test('every flow loads with all its words', () => {
  expect(loaded.flows.map((flow) => flow.id)).toEqual(flows.map(({ file }) => file.replace(/^.*\/|\.yaml$/g, '')))
  const told = loaded.problems.map((problem) => {
    const flow = problem.file.replace(/^.*\/|\.yaml$/g, '')
    return [problem.code, flow, problem.params['choice'] ?? ''].join(' ').trim()
  })
  expect(told).toEqual([])
})

test('what a villager is asked is short enough to read', () => {
  for (const flow of loaded.flows)
    for (const { labelKey, name } of flow.questions) {
      const label = text.raw('zh-CN', labelKey)
      if (label !== undefined && name !== 'consent') expect([...label].length, label).toBeLessThanOrEqual(40)
    }
})

test('no two flows of one audience share a trigger', () => {
  for (const language of LANGUAGES)
    for (const audience of ['villager', 'staff']) {
      const triggers = loaded.flows
        .filter((flow) => flow.audience === audience)
        .flatMap((flow) => [...new Set(flow.triggers.get(language))])
      expect(triggers.filter((trigger, at) => triggers.indexOf(trigger) !== at)).toEqual([])
    }
})

test('what is said to a group names nobody', () => {
  const PRIVATE = /\$\{(who|name|where|phone|village|household|causes|head)\b/
  for (const language of LANGUAGES) {
    for (const key of ['reminders:digest', 'cases:group'])
      for (const [path, sentence] of leavesOf(text.object(language, key) as never))
        expect(sentence, `${language} ${key}.${path}`).not.toMatch(PRIVATE)
  }
})

test('every key that the program says exists', () => {
  const namespaces = Object.keys(resources['zh-CN'] ?? {})
  const paths = namespaces.flatMap((namespace) =>
    [...leavesOf(resources['zh-CN']?.[namespace] ?? {})].map(([path]) => `${namespace}:${path}`),
  )
  const sources = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) => /\.(ts|vue)$/.test(file))
  const unknown: string[] = []
  for (const file of sources) {
    const code = readFileSync(`src/${file}`, 'utf8').replace(/\/\*[\s\S]*?\*\//g, '')
    for (const [, key = ''] of code.matchAll(/['`]([a-z][\w/-]*:[\w.-]+)['`]/g)) {
      const [namespace = ''] = key.split(':')
      if (!namespaces.includes(namespace)) continue
      // `…_upcoming`, `…_overdue`: the end of the name is put together.
      const begins = paths.some((path) => path.startsWith(`${key}_`))
      const known = begins || text.has(key, 'zh-CN') || text.object('zh-CN', key) !== undefined
      if (!known) unknown.push(`${file} ${key}`)
    }
  }
  expect(unknown).toEqual([])
})
