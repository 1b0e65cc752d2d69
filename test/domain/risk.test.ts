import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { assess, linesAt, riskKeys } from '../../src/domain/risk/assess.ts'
import type { RiskFacts } from '../../src/domain/risk/fields.ts'
import { readRiskRules } from '../../src/domain/risk/rules.ts'
import type { SettingRecord } from '../../src/domain/settings/ports.ts'
import { instant } from '../../src/base/time.ts'
import { loadFlows } from '../../src/flow/definition/load.ts'
import { riskSurroundings } from '../../src/messaging/risk-questions.ts'
import { flowWords } from '../../src/text/flow-words.ts'
import { loadText } from '../../src/text/text.ts'
import { readDefinitions } from '../../src/cli/definitions.ts'

const file = 'flows/policy/risk-rules.yaml'
const shipped = { file, yaml: readFileSync(file, 'utf8') }
const rules = readRiskRules(shipped)

const nothing: RiskFacts = {
  report: null,
  verification: null,
  household: null,
  matter: { kind: 'hardship', urgency: 'normal' },
}
const line = (key: string, value: number, territoryId: string | null = null): SettingRecord => ({
  id: key,
  key,
  territoryId,
  value,
  source: 'x',
  enteredBy: 'x',
  updatedAt: instant(0),
  revision: 0,
})
const place = [{ id: 'v' }, { id: 'c' }]
const looked = (facts: Partial<RiskFacts>, entered: readonly SettingRecord[] = []) =>
  assess(rules, { ...nothing, ...facts }, linesAt(2026, place, entered))
const fired = (facts: Partial<RiskFacts>, entered: readonly SettingRecord[] = []) =>
  looked(facts, entered).fired.map(({ rule }) => rule)
const household = {
  size: 3,
  status: [],
  monitoredType: null,
  labourCapacity: null,
  perCapitaIncome: null,
  housingGrade: null,
  waterSource: null,
}

describe('the rules that ship', () => {
  it('fire on what is known only', () => {
    expect(looked({})).toEqual({ level: 'none', fired: [], blind: [] })
  })

  it.each([
    ['verified below the line', { verification: { per_capita: '8699' } }, ['verified_below_line']],
    ['at the line is not below it', { verification: { per_capita: '8700' } }, []],
    ['told income by head', { report: { income: '25000', members: '3' } }, ['reported_below_line']],
    ['no persons, no income by head', { report: { income: '100', members: '0' } }, []],
    ['on the roster', { household: { ...household, perCapitaIncome: 5000 } }, ['roster_below_line']],
    ['paid oneself', { report: { self_paid: '10000' } }, ['self_paid_large']],
    ['a little less', { report: { self_paid: '9999' } }, []],
    ['C and D', { verification: { gaps: 'housing', housing_grade: 'd' } }, ['house_c_d', 'gap_found']],
    ['B is sound', { household: { ...household, housingGrade: 'B' } }, []],
    ['no gap', { verification: { gaps: 'none', self_cope: 'yes' } }, []],
    ['dropout', { matter: { kind: 'dropout', urgency: 'normal' } }, ['dropout']],
    ['the whole village', { report: { scope: 'all', days_dry: '3' } }, ['water_many', 'water_dry']],
    ['nobody can work', { household: { ...household, labourCapacity: 'none' } }, ['no_labour']],
    ['nobody earns', { report: { earners: '0' } }, ['nobody_earns']],
    ['three at once', { report: { causes: 'illness job_loss disaster' } }, ['disaster', 'several_causes', 'job_lost']],
    ['two are not several', { report: { causes: 'illness schooling' } }, []],
    ['unanswered', { report: { self_paid: '', causes: '', earners: '' } }, []],
  ] as [string, Partial<RiskFacts>, string[]][])('%s', (_, facts, names) => {
    expect(fired(facts, [line('income_line_monitoring:2026', 8700), line('income_line_warning:2026', 1000)])).toEqual(
      names,
    )
  })

  it('the gravest comes first and gives the level, with the figures', () => {
    const { level, fired: all } = looked({ report: { causes: 'job_loss', self_paid: '26000', next_ok: 'no' } })
    expect(level).toBe('red')
    expect(all).toEqual([
      { rule: 'cannot_pay', level: 'red', figures: [] },
      {
        rule: 'self_paid_large',
        level: 'orange',
        figures: [{ field: 'report.self_paid', value: 26000, limit: 10000 }],
      },
      { rule: 'job_lost', level: 'yellow', figures: [] },
    ])
  })

  it('are silent on income until the line of the year is entered, and say so', () => {
    const facts = { verification: { per_capita: '100' } }
    expect(looked(facts, [line('income_line_monitoring:2025', 8700)])).toEqual({
      level: 'none',
      fired: [],
      blind: ['income_line_monitoring', 'income_line_warning'],
    })
  })

  it('use the line of the nearest place, and what a county entered before what the file says', () => {
    const facts = { verification: { per_capita: '7500' }, report: { self_paid: '12000' } }
    const entered = [
      line('income_line_monitoring:2026', 7000),
      line('income_line_monitoring:2026', 8000, 'c'),
      line('risk_self_paid', 30000, 'c'),
    ]
    expect(fired(facts, entered)).toEqual(['verified_below_line'])
    expect(riskKeys(rules, 2026)).toEqual([
      'income_line_monitoring:2026',
      'income_line_warning:2026',
      'risk_self_paid',
      'risk_spent',
      'risk_rigid',
    ])
  })

  it('name only questions and choices that the flows have, and have a sentence each', () => {
    const { flows: sources, blocks, resources } = readDefinitions({ flowsDir: 'flows', localesDir: 'locales' })
    const text = loadText({ resources, defaultLocale: 'zh-CN' })
    const { flows } = loadFlows({ sources, blocks, words: flowWords(text, resources) })
    const around = riskSurroundings(flows, text)
    expect(readRiskRules(shipped, around).rules).toEqual(rules.rules)
    const refused = (yaml: string) => () => readRiskRules({ file, yaml }, around)
    const rule = (when: string, name = 'dropout') => `rules:\n  - rule: ${name}\n    level: red\n    when: ${when}\n`
    expect(refused(rule('{ field: report.nonsense, op: is, value: x }'))).toThrow(/"line":4.*no field report.nonsense/)
    expect(refused(rule('{ field: report.causes, op: is, value: flood }'))).toThrow(/"line":4.*no choice flood/)
    expect(refused(rule('{ field: report.causes, op: "<", value: 3 }'))).toThrow(/report.causes is not a number/)
    expect(refused(rule('{ field: report.earners, op: is, value: x }'))).toThrow(/report.earners is a number/)
    expect(refused(rule('{ field: matter.kind, op: is, value: x }', 'unheard_of'))).toThrow(/"line":2.*no sentence/)
  })
})

describe('a rule that can’t be meant is refused with file and line', () => {
  const rule = (when: string, level = 'red') => `rules:\n  - rule: one\n    level: ${level}\n    when: ${when}\n`
  it.each([
    [rule('{ field: household.colour, op: is, value: x }'), 4, 'no field household.colour'],
    [rule('{ field: income, op: "<", value: 3 }'), 4, 'no field income'],
    [rule('{ field: household.size, op: "<", setting: income_line }'), 4, 'no setting income_line'],
    [rule('{ field: household.size, op: "<", setting: comparison_threshold }'), 4, 'not one number'],
    [rule('{ field: household.size, op: "<" }'), 4, 'neither value nor setting'],
    [rule('{ field: household.size, op: "<", value: many }'), 4, 'not a number'],
    [rule('{ field: household.size, op: is, value: x }'), 4, 'household.size is a number'],
    [rule('{ field: household.status, op: count }'), 4, 'count needs a value'],
    [rule('{ all: [], field: household.size }'), 4, ''],
    [rule('{ any: [{ field: household.size, op: ">", value: 1 }], field: household.size }'), 4, 'exactly one'],
    [rule('{ field: household.size, op: "~", value: 1 }'), 4, 'op'],
    [rule('{ field: household.size, op: ">", value: 1 }', 'purple'), 3, 'level'],
    ['rules:\n  - rule: one\n    level: red\n', 2, 'when'],
    [
      `${rule('{ field: household.size, op: ">", value: 1 }')}  - rule: one\n    level: red\n    when: { field: household.size, op: ">", value: 1 }\n`,
      5,
      'stands twice',
    ],
  ])('%#', (yaml, at, reason) => {
    expect(() => readRiskRules({ file, yaml })).toThrow(
      expect.objectContaining({
        code: 'POLICY_INVALID',
        details: expect.objectContaining({
          file,
          line: at,
          reason: expect.stringContaining(reason) as string,
        }) as object,
      }) as Error,
    )
  })
})
