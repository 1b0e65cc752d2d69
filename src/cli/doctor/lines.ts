import { partsOf } from '../../base/time.ts'
import { yearlyLine } from '../../domain/settings/settings.ts'
import { fine, warning, type Finding, type Stored } from './finding.ts'

/** Names that a sentence holds. */
const MOST_NAMED = 10

/** Counties without the monitoring or the warning line of this year, neither of their own nor from above. */
export async function checkLines({ reads, today }: Stored): Promise<Finding[]> {
  const [year] = partsOf(today)
  const counties = await reads.rows.find('Territory', {
    columns: ['id', 'path'],
    where: { level: 'county' },
    order: ['path'],
  })
  if (counties.length === 0) return [fine('lines.empty')]
  const entered = await reads.settings.allSettings()
  const bare: string[] = []
  for (const county of counties) {
    const lineage = await reads.registry.lineage(county.id)
    const missing = (['income_line_monitoring', 'income_line_warning'] as const).some(
      (name) => yearlyLine(name, year, lineage, entered) === null,
    )
    if (missing) bare.push(county.path)
  }
  if (bare.length === 0) return [fine('lines.ok', { year: String(year) })]
  const places = bare.length > MOST_NAMED ? [...bare.slice(0, MOST_NAMED), '…'] : bare
  return [warning('lines.warning', 'lines.todo', { year: String(year), places: places.join(' ') })]
}
