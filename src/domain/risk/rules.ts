/** The table of risk rules (`flows/policy/risk-rules.yaml`), read and checked: a rule names only what exists. */
import { z } from 'zod'
import { readPolicy, type PolicyPath, type PolicySource } from '../policy.ts'
import { SETTINGS, type SettingName } from '../settings/catalogue.ts'
import { lookAtField, type FieldType, type RiskQuestions } from './fields.ts'

/** The gravest first. */
export const RISK_LEVELS = ['red', 'orange', 'yellow'] as const
export type RiskLevel = (typeof RISK_LEVELS)[number]

const COMPARISONS = ['<', '<=', '>', '>='] as const
export type Comparison = (typeof COMPARISONS)[number]

export type RiskCondition =
  | { readonly all: readonly RiskCondition[] }
  | { readonly any: readonly RiskCondition[] }
  /** `setting` is asked first; `value` holds where nobody entered it. */
  | {
      readonly field: string
      readonly op: Comparison
      readonly value: number | null
      readonly setting: SettingName | null
    }
  /** One of the words is among those of the field. */
  | { readonly field: string; readonly op: 'is'; readonly value: readonly string[] }
  /** The field holds at least so many words. */
  | { readonly field: string; readonly op: 'count'; readonly value: number }

export interface RiskRule {
  readonly rule: string
  readonly level: RiskLevel
  readonly when: RiskCondition
}

export interface RiskRules {
  readonly rules: readonly RiskRule[]
  /** Settings that rules ask for. */
  readonly settings: readonly SettingName[]
}

/** What rules may name beyond the house's own fields. */
export interface RiskSurroundings {
  readonly questions: RiskQuestions
  /** Whether the locales have its sentence: a rule that can't explain itself is refused. */
  hasSentence(rule: string): boolean
}

interface Written {
  readonly all?: readonly Written[] | undefined
  readonly any?: readonly Written[] | undefined
  readonly field?: string | undefined
  readonly op?: string | undefined
  readonly value?: number | string | readonly string[] | undefined
  readonly setting?: string | undefined
}

const CONDITION: z.ZodType<Written> = z.lazy(() =>
  z.strictObject({
    all: z.array(CONDITION).min(1).optional(),
    any: z.array(CONDITION).min(1).optional(),
    field: z.string().optional(),
    op: z.enum([...COMPARISONS, 'is', 'count']).optional(),
    value: z.union([z.number(), z.string(), z.array(z.string()).min(1)]).optional(),
    setting: z.string().optional(),
  }),
)

const SCHEMA = z.strictObject({
  rules: z
    .array(
      z.strictObject({
        rule: z.string().regex(/^[a-z][a-z0-9_]*$/),
        level: z.enum(RISK_LEVELS),
        when: CONDITION,
      }),
    )
    .min(1),
})

/**
 * @param around without it the names of questions and the sentences are not looked at
 * @throws AppError POLICY_INVALID with file and line
 */
export function readRiskRules(source: PolicySource, around: RiskSurroundings | null = null): RiskRules {
  const { value, refuse } = readPolicy(source, SCHEMA)
  const settings = new Set<SettingName>()
  const rules = value.rules.map(({ rule, level, when }, place): RiskRule => {
    const path = ['rules', place]
    if (value.rules.findIndex((each) => each.rule === rule) !== place)
      refuse([...path, 'rule'], `rule ${rule} stands twice`)
    if (around && !around.hasSentence(rule)) refuse([...path, 'rule'], `no sentence risk:rule.${rule} in the locales`)
    return { rule, level, when: conditionOf(when, [...path, 'when'], around?.questions ?? null, settings, refuse) }
  })
  return { rules, settings: [...settings] }
}

type Refuse = (path: PolicyPath, problem: string) => never

function conditionOf(
  written: Written,
  path: PolicyPath,
  questions: RiskQuestions | null,
  settings: Set<SettingName>,
  refuse: Refuse,
): RiskCondition {
  const { all, any, field, op } = written
  if ([all, any, field].filter((each) => each !== undefined).length !== 1)
    return refuse(path, 'exactly one of all, any, field')
  const inner = (list: readonly Written[], name: string) =>
    list.map((each, place) => conditionOf(each, [...path, name, place], questions, settings, refuse))
  if (all) return { all: inner(all, 'all') }
  if (any) return { any: inner(any, 'any') }
  if (field === undefined || op === undefined) return refuse(path, 'a field needs an op')
  const look = lookAtField(field, questions)
  if (look.kind === 'unknown') return refuse([...path, 'field'], `no field ${field}`)
  const { type, choices } = look
  if (op === 'is') return wordsOf(written, field, type, choices, path, refuse)
  if (written.value !== undefined && typeof written.value !== 'number')
    return refuse([...path, 'value'], 'not a number')
  if (op === 'count') {
    if (type === 'number') return refuse([...path, 'op'], `${field} is a number, count is for words`)
    if (written.value === undefined || written.setting !== undefined) return refuse(path, 'count needs a value')
    return { field, op, value: written.value }
  }
  if (type !== 'any' && type !== 'number') return refuse([...path, 'op'], `${field} is not a number`)
  const setting = settingOf(written.setting, path, refuse)
  if (setting !== null) settings.add(setting)
  if (written.value === undefined && setting === null) return refuse(path, 'neither value nor setting')
  return { field, op: op as Comparison, value: written.value ?? null, setting }
}

function wordsOf(
  { value, setting }: Written,
  field: string,
  type: FieldType | 'any',
  choices: readonly string[] | null,
  path: PolicyPath,
  refuse: Refuse,
): RiskCondition {
  if (type === 'number') return refuse([...path, 'op'], `${field} is a number`)
  if (setting !== undefined) return refuse([...path, 'setting'], 'settings are numbers')
  const words = typeof value === 'string' ? [value] : value
  if (words === undefined || typeof words === 'number') return refuse([...path, 'value'], 'a word or a list of words')
  const lost = choices && words.find((name) => !choices.includes(name))
  if (lost) return refuse([...path, 'value'], `${field} has no choice ${lost}`)
  return { field, op: 'is', value: words }
}

function settingOf(name: string | undefined, path: PolicyPath, refuse: Refuse): SettingName | null {
  if (name === undefined) return null
  if (!Object.hasOwn(SETTINGS, name)) return refuse([...path, 'setting'], `no setting ${name}`)
  if (SETTINGS[name as SettingName].part !== 'none') return refuse([...path, 'setting'], `${name} is not one number`)
  return name as SettingName
}
