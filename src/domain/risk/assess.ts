/**
 * Looks at the rules and says which fired, with the figures they used. A rule never rejects, closes or decides:
 * it tells staff where to look first. What is not known does not fire.
 */
import { keyOf, SETTINGS, type SettingName } from '../settings/catalogue.ts'
import type { SettingRecord } from '../settings/ports.ts'
import { settingAt, type Lineage } from '../settings/settings.ts'
import { readField, type RiskFacts } from './fields.ts'
import { RISK_LEVELS, type Comparison, type RiskCondition, type RiskLevel, type RiskRules } from './rules.ts'

/** What settings hold at the place, in the year. */
export interface RiskLines {
  readonly year: number
  limit(setting: SettingName): number | null
}

/** A number that a rule compared. */
export interface RiskFigure {
  readonly field: string
  readonly value: number
  readonly limit: number
}

export interface FiredRule {
  readonly rule: string
  readonly level: RiskLevel
  /** Those that made it fire, in the order of the rule. */
  readonly figures: readonly RiskFigure[]
}

export interface RiskAssessment {
  readonly level: RiskLevel | 'none'
  /** The gravest first, then in the order of the file. */
  readonly fired: readonly FiredRule[]
  /** Settings without a value that rules would have needed: so much was not looked at. */
  readonly blind: readonly SettingName[]
}

export const linesAt = (year: number, lineage: Lineage, entered: readonly SettingRecord[]): RiskLines => ({
  year,
  limit: (name) => settingAt(keyOf(name, null, SETTINGS[name].yearly ? year : null), lineage, entered)?.value ?? null,
})

/** Keys to read before `linesAt`. */
export const riskKeys = (rules: RiskRules, year: number): readonly string[] =>
  rules.settings.map((name) => keyOf(name, null, SETTINGS[name].yearly ? year : null))

export function assess({ rules }: RiskRules, facts: RiskFacts, lines: RiskLines): RiskAssessment {
  const blind = new Set<SettingName>()
  const fired = rules.flatMap(({ rule, level, when }): FiredRule[] => {
    const figures = holds(when, facts, lines, blind)
    return figures ? [{ rule, level, figures }] : []
  })
  const inOrder = RISK_LEVELS.flatMap((level) => fired.filter((each) => each.level === level))
  return { level: inOrder[0]?.level ?? 'none', fired: inOrder, blind: [...blind] }
}

/** @returns the figures it rests on; null when it does not hold */
function holds(
  condition: RiskCondition,
  facts: RiskFacts,
  lines: RiskLines,
  blind: Set<SettingName>,
): readonly RiskFigure[] | null {
  if ('all' in condition) {
    const each = condition.all.map((part) => holds(part, facts, lines, blind))
    return each.every((figures) => figures !== null) ? each.flat() : null
  }
  if ('any' in condition) {
    const each = condition.any.flatMap((part) => {
      const figures = holds(part, facts, lines, blind)
      return figures ? [figures] : []
    })
    return each.length > 0 ? each.flat() : null
  }
  const { field, op } = condition
  if (op === 'is' || op === 'count') {
    const words = readField(field, 'words', facts)
    if (words === null || typeof words === 'number') return null
    if (op === 'is') return words.some((name) => condition.value.includes(name)) ? [] : null
    return words.length >= condition.value ? [{ field, value: words.length, limit: condition.value }] : null
  }
  const value = readField(field, 'number', facts)
  if (typeof value !== 'number') return null
  const limit = (condition.setting === null ? null : lines.limit(condition.setting)) ?? condition.value
  if (limit === null) {
    if (condition.setting !== null) blind.add(condition.setting)
    return null
  }
  return compares(value, op, limit) ? [{ field, value, limit }] : null
}

function compares(value: number, op: Comparison, limit: number): boolean {
  switch (op) {
    case '<':
      return value < limit
    case '<=':
      return value <= limit
    case '>':
      return value > limit
    case '>=':
      return value >= limit
  }
}
