/**
 * The closed list of what a county may set. Words are `settings:name.<name>` in the locales.
 * No yearly line ships with a value: what provinces set for 2021 to 2026 is not confirmed, so it is empty until somebody
 * enters it with its source.
 */

export type SettingUnit = 'yuan_per_head_year' | 'yuan' | 'day' | 'count' | 'percent'

/** What stands behind the name in a key: nothing, or `.illness`, `.monitored`, `.monitored.accepted`, `.water`. */
export type SettingPart = 'none' | 'risk_cause' | 'ledger' | 'stage' | 'case_kind'

export interface SettingSpec {
  readonly unit: SettingUnit
  readonly min: number
  readonly max: number
  readonly part: SettingPart
  /** Entered for a year: `:2026` at the end of the key. */
  readonly yearly: boolean
  /** Lowest level of a place that may have an own value. */
  readonly lowest: 'county' | 'township' | 'village'
}

const spec = (
  unit: SettingUnit,
  [min, max]: readonly [number, number],
  more: Partial<Pick<SettingSpec, 'part' | 'yearly' | 'lowest'>> = {},
): SettingSpec => ({ unit, min, max, part: 'none', yearly: false, lowest: 'county', ...more })

/** Bounds only keep slipped digits out: a line in jiao, a deadline of years. */
const LINE = [500, 100_000] as const
const MONEY = [1, 10_000_000] as const

export const SETTINGS = {
  /** 1.5 times the low-income standard or what the province says; income per head below it is looked at. */
  income_line_monitoring: spec('yuan_per_head_year', LINE, { yearly: true }),
  /** Half of last year's mean income of farmers, where that is the rule; crossing it raises an early warning. */
  income_line_warning: spec('yuan_per_head_year', LINE, { yearly: true }),
  /** A department's row with a sum below it is recorded and opens nothing. Without a value every match counts. */
  comparison_threshold: spec('yuan', MONEY, { part: 'risk_cause' }),
  /** Replaces the number that stands in the risk rule. */
  risk_self_paid: spec('yuan', MONEY),
  risk_spent: spec('yuan', MONEY),
  risk_rigid: spec('yuan', MONEY),
  /** Change against the last quarter of a resettlement site beyond which it is pointed out; replaces both shares of the flow. */
  site_change_share: spec('percent', [1, 100]),
  /** Reports of one kind from one village within `cluster_days` that raise one alert; replaces the number of the rule. */
  cluster_reports: spec('count', [2, 1_000], { part: 'case_kind', lowest: 'township' }),
  cluster_days: spec('day', [1, 365], { part: 'case_kind', lowest: 'township' }),
  /** From the lead to the decision. */
  deadline_total: spec('day', [1, 3_660], { part: 'ledger' }),
  /** From the lead to the end of a stage. */
  deadline_stage: spec('day', [0, 3_660], { part: 'stage' }),
} as const satisfies Record<string, SettingSpec>

export type SettingName = keyof typeof SETTINGS

/** What keys may name, from the policy files: a stage that no ledger has can't have a day. */
export interface SettingParts {
  readonly riskCauses: readonly string[]
  readonly caseKinds: readonly string[]
  /** Ledger → its stages. */
  readonly ledgers: ReadonlyMap<string, readonly string[]>
}

export interface SettingKey {
  readonly name: SettingName
  readonly spec: SettingSpec
  /** `illness`, `monitored.accepted`; null where nothing stands behind the name. */
  readonly part: string | null
  readonly year: number | null
  /** As it is stored. */
  readonly key: string
}

/** `reason` is a key below `settings:refused`. */
export interface SettingRefusal {
  readonly argument: 'KEY' | 'VALUE' | '--year' | '--territory' | '--source'
  readonly reason: string
  readonly params?: Readonly<Record<string, string | number>>
}

const refusal = (
  argument: SettingRefusal['argument'],
  reason: string,
  params?: SettingRefusal['params'],
): { readonly refused: SettingRefusal } => ({ refused: params ? { argument, reason, params } : { argument, reason } })

const isName = (name: string): name is SettingName => Object.hasOwn(SETTINGS, name)

/** Years that can be meant: monitoring began in 2020. */
const YEARS = { first: 2020, last: 2100 }

/** @param year of `--year`, where the key itself has none */
export function readSettingKey(
  text: string,
  year: number | null,
  parts: SettingParts,
): { readonly key: SettingKey } | { readonly refused: SettingRefusal } {
  const match = /^([a-z_]+)(?:\.([a-z0-9_.]+))?(?::(\d{4}))?$/.exec(text.normalize('NFKC').trim())
  const name = match?.[1] ?? ''
  if (!match || !isName(name))
    return refusal('KEY', 'unknown_key', { value: text, names: Object.keys(SETTINGS).join(' ') })
  const found: SettingSpec = SETTINGS[name]
  const part = match[2] ?? null
  const known = partsFor(found.part, parts)
  if (known.length === 0 && part !== null) return refusal('KEY', 'no_part', { name, part })
  if (known.length > 0 && (part === null || !known.includes(part)))
    return refusal('KEY', part === null ? 'part_missing' : 'part_unknown', {
      name,
      part: part ?? '',
      known: known.join(' '),
    })
  const written = match[3] === undefined ? null : Number(match[3])
  if (written !== null && year !== null && written !== year) return refusal('--year', 'two_years', { written, year })
  const meant = written ?? year
  if (!found.yearly && meant !== null) return refusal('--year', 'no_year', { name })
  if (found.yearly && meant === null) return refusal('--year', 'year_missing', { name })
  if (meant !== null && !(Number.isInteger(meant) && meant >= YEARS.first && meant <= YEARS.last))
    return refusal('--year', 'year_range', { ...YEARS })
  return { key: { name, spec: found, part, year: meant, key: keyOf(name, part, meant) } }
}

/** The key of a setting as it is stored. */
export const keyOf = (name: SettingName, part: string | null = null, year: number | null = null): string =>
  `${name}${part === null ? '' : `.${part}`}${year === null ? '' : `:${year}`}`

function partsFor(part: SettingPart, { riskCauses, caseKinds, ledgers }: SettingParts): readonly string[] {
  switch (part) {
    case 'none':
      return []
    case 'risk_cause':
      return riskCauses
    case 'case_kind':
      return caseKinds
    case 'ledger':
      return [...ledgers.keys()]
    case 'stage':
      return [...ledgers].flatMap(([ledger, stages]) => stages.map((stage) => `${ledger}.${stage}`))
  }
}

/** Whole numbers as people write them: full-width digits, thousands separators, 元 and % behind them. */
export function readSettingValue(
  text: string,
  { spec: { unit, min, max } }: SettingKey,
): { readonly value: number } | { readonly refused: SettingRefusal } {
  const plain = text
    .normalize('NFKC')
    .trim()
    .replace(/(?<=\d),(?=\d{3}(\D|$))/g, '')
    .replace(/\s/g, '')
  const bare = plain.replace(unit === 'percent' ? /%$/ : /\p{Script=Han}+$/u, '')
  if (!/^\d+$/.test(bare)) return refusal('VALUE', 'not_whole', { value: text })
  const value = Number(bare)
  if (value < min || value > max) return refusal('VALUE', 'out_of_range', { value, min, max })
  return { value }
}

const LEVELS_DOWN = ['province', 'prefecture', 'county', 'township', 'village']

/** Whether a place of that level may have a value of its own. */
export const mayHave = ({ lowest }: SettingSpec, level: string): boolean => {
  const place = LEVELS_DOWN.indexOf(level)
  return place >= 0 && place <= LEVELS_DOWN.indexOf(lowest)
}
