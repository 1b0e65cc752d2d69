/** The value that holds at a place: its own, else the nearest above it, else that of the whole installation. */
import { insert, update, type Change } from '../../base/change.ts'
import type { Instant } from '../../base/time.ts'
import { keyOf, type SettingName } from './catalogue.ts'
import type { SettingRecord } from './ports.ts'

/** A place and what it lies in, the nearest first. */
export type Lineage = readonly { readonly id: string }[]

/** @returns null when nobody has entered it for this place or above */
export function settingAt(key: string, lineage: Lineage, rows: readonly SettingRecord[]): SettingRecord | null {
  const own = rows.filter((row) => row.key === key)
  for (const place of lineage) {
    const found = own.find((row) => row.territoryId === place.id)
    if (found) return found
  }
  return own.find((row) => row.territoryId === null) ?? null
}

export type YearlyLine = Extract<SettingName, `income_line_${string}`>

/** The income line of that year in yuan per head, with who entered it from where; null while it is empty. */
export const yearlyLine = (
  name: YearlyLine,
  year: number,
  lineage: Lineage,
  rows: readonly SettingRecord[],
): SettingRecord | null => settingAt(keyOf(name, null, year), lineage, rows)

/** Keys to read for the deadlines of a ledger. */
export const deadlineKeys = (ledger: string, stages: readonly string[]): readonly string[] => [
  keyOf('deadline_total', ledger),
  ...stages.map((stage) => keyOf('deadline_stage', `${ledger}.${stage}`)),
]

/**
 * Days that a county set in place of those of the stage table; null = the table's own.
 * @param stage null = from the lead to the decision
 */
export function deadlineDays(
  ledger: string,
  stage: string | null,
  lineage: Lineage,
  rows: readonly SettingRecord[],
): number | null {
  const key = stage === null ? keyOf('deadline_total', ledger) : keyOf('deadline_stage', `${ledger}.${stage}`)
  return settingAt(key, lineage, rows)?.value ?? null
}

/** Keys to read for the alert on several reports of a kind. */
export const clusterKeys = (kind: string): readonly string[] => [
  keyOf('cluster_reports', kind),
  keyOf('cluster_days', kind),
]

/** A rule of `flows/policy/clusters.yaml` with the numbers that a county set in place of the file's. */
export function clusterAt<
  Rule extends { readonly kind: string; readonly reports: number; readonly withinDays: number },
>(rule: Rule, lineage: Lineage, rows: readonly SettingRecord[]): Rule {
  const [reports, days] = clusterKeys(rule.kind).map((key) => settingAt(key, lineage, rows)?.value)
  return { ...rule, reports: reports ?? rule.reports, withinDays: days ?? rule.withinDays }
}

/** Key of the share of change of a resettlement site. */
export const SITE_SHARE = keyOf('site_change_share')

/** As a share of 1; null = what the flow says. */
export function siteShareAt(lineage: Lineage, rows: readonly SettingRecord[]): number | null {
  const percent = settingAt(SITE_SHARE, lineage, rows)?.value
  return percent === undefined ? null : percent / 100
}

export interface SettingEntry {
  readonly key: string
  readonly territoryId: string | null
  readonly value: number
  readonly source: string
  readonly enteredBy: string
}

/** The row and its audit entry; null when nothing would change. */
export function enterSetting(
  entry: SettingEntry,
  known: SettingRecord | null,
  at: Instant,
): { readonly kind: 'created' | 'updated'; readonly changes: readonly Change[] } | null {
  const { key, territoryId, value, source, enteredBy } = entry
  if (known && known.value === value && known.source === source) return null
  const id = `${territoryId ?? ''} ${key}`
  const audit = insert('AuditEntry', {
    at,
    actor: enteredBy,
    action: 'setting_set',
    subject: id,
    detail: { key, from: known?.value ?? null, to: value, source },
  })
  if (!known) {
    const row = { id, key, territoryId, value, enteredBy, source, updatedAt: at, revision: 0 }
    return { kind: 'created', changes: [insert('Setting', row), audit] }
  }
  return {
    kind: 'updated',
    changes: [update('Setting', id, known.revision, { value, source, enteredBy, updatedAt: at }), audit],
  }
}
