import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readAlertPolicy } from '../../src/domain/cases/clusters.ts'
import { readMeasurePolicy } from '../../src/domain/measures/policy.ts'
import { readRouting } from '../../src/domain/measures/routing.ts'
import { suggestMeasures } from '../../src/domain/measures/suggest.ts'
import { readCaseStages } from '../../src/domain/cases/stages.ts'
import { TEXT, policyFile } from '../reminders/county.ts'

const policy = readMeasurePolicy(policyFile('measures'))
const routing = readRouting(policyFile('routing'))

test('labour first, then causes; each measure once, and nothing that is planned already', () => {
  const suggest = (labour: string | null, causes: string[], planned: string[] = []) =>
    suggestMeasures({ labour, causes }, planned, policy).map(({ id, kinds }) => `${id}: ${kinds.join(' ')}`)
  expect(suggest('able', ['job_loss', 'illness'])).toEqual([
    'able: job industry training workshop',
    'illness: medical_aid insurance',
  ])
  expect(suggest('weak', ['labour_shortage'], ['workshop'])).toEqual(['weak: public_post', 'labour_shortage: care'])
  expect(suggest('none', [])).toEqual(['none: dibao tekun care'])
  expect(suggest(null, ['no such cause'])).toEqual([])
})

test('every measure, reason and department of the files has its words in every language', () => {
  for (const language of ['zh-CN', 'en']) {
    for (const kind of policy.kinds) {
      expect(TEXT.own(language, `measures:kind.${kind}`), kind).toBe(true)
      expect(Array.isArray(TEXT.object(language, `measures:kind_forms.${kind}`)), kind).toBe(true)
    }
    for (const id of policy.byLabour.keys()) expect(TEXT.own(language, `measures:because.labour.${id}`), id).toBe(true)
    for (const id of policy.byCause.keys()) expect(TEXT.own(language, `measures:because.cause.${id}`), id).toBe(true)
    for (const { department } of routing.routes) {
      expect(TEXT.own(language, `cases:department.${department}`), department).toBe(true)
      expect(Array.isArray(TEXT.object(language, `referrals:department_forms.${department}`)), department).toBe(true)
    }
  }
})

test('every cause that measures are suggested for is the business of a department; the stages name none', () => {
  for (const cause of policy.byCause.keys()) expect(routing.departmentsOf([cause]), cause).toHaveLength(1)
  const { file, yaml } = policyFile('case-stages')
  const twice = `${yaml}departments:\n  water: [water]\n`
  expect(() => readCaseStages({ file, yaml: twice })).toThrow(/departments/)
})

test.each([
  ['measures', 'kinds:', 'kindz:', /kindz|kinds/],
  ['measures', 'weak: [public_post', 'weak: [publik_post', /suggest\.labour\.weak\.0: no measure publik_post/],
  ['measures', 'able: [job', 'strong: [job', /no such labour capacity: strong/],
  ['routing', 'days: 2, calendar: work', 'days: 0, calendar: work', /departments\.emergency\.answer\.days/],
  ['clusters', 'kind: housing', 'kind: water', /kind water stands twice/],
  ['clusters', 'department: water', 'department: wind', /no department wind/],
])('%s with “%s” as “%s” is refused with its line', (name, from, to, reason) => {
  const yaml = readFileSync(`flows/policy/${name}.yaml`, 'utf8').replace(from, to)
  const file = { file: `${name}.yaml`, yaml }
  const read = () => {
    if (name === 'measures') readMeasurePolicy(file)
    else if (name === 'routing') readRouting(file)
    else
      readAlertPolicy(
        file,
        routing.routes.map(({ department }) => department),
      )
  }
  const line = yaml.split('\n').findLastIndex((text) => text.includes(to)) + 1
  let refused: unknown
  try {
    read()
  } catch (error) {
    refused = error
  }
  expect(refused).toMatchObject({
    code: 'POLICY_INVALID',
    details: { file: `${name}.yaml`, reason: expect.stringMatching(reason) },
  })
  if (name !== 'measures' || to !== 'kindz:') expect(refused).toMatchObject({ details: { line } })
})
