/** Income per head beside both lines of the place's year: told to staff, decides nothing. */
import type { PlainDate } from '../../base/time.ts'
import { keyOf } from '../../domain/settings/catalogue.ts'
import { yearlyLine, type YearlyLine } from '../../domain/settings/settings.ts'
import type { TextRef } from '../../flow/effects.ts'
import type { Casework } from '../casework.ts'

const LINES: readonly YearlyLine[] = ['income_line_monitoring', 'income_line_warning']

/** One sentence for each line: below it, not below it, or nobody has entered it. */
export async function besideLines(
  { registry, settings }: Pick<Casework, 'registry' | 'settings'>,
  territoryId: string,
  perCapita: number,
  on: PlainDate,
): Promise<readonly TextRef[]> {
  const year = Number(on.slice(0, 4))
  const [lineage, rows] = await Promise.all([
    registry.lineage(territoryId),
    settings.settings(LINES.map((name) => keyOf(name, null, year))),
  ])
  return LINES.map((name) => {
    const entered = yearlyLine(name, year, lineage, rows)
    const line = { key: `stages:lines.name.${name}` }
    if (!entered) return { key: 'stages:lines.none', params: { year: String(year), line } }
    const source = entered.source ?? { key: 'stages:lines.no_source' }
    const isBelow = perCapita < entered.value
    return {
      key: `stages:lines.${isBelow ? 'below' : 'above'}`,
      params: { perCapita, year: String(year), line, value: entered.value, source },
    }
  })
}
