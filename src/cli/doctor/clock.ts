import { formatInstant, instant, MINUTE } from '../../base/time.ts'
import { latestInstant } from '../pipe/latest-instant.ts'
import { fine, warning, type Finding, type Stored } from './finding.ts'

/** Machines that share a database may differ by that much. */
const TOLERANCE = MINUTE

export async function checkClock({ reads, config, now }: Stored): Promise<Finding[]> {
  const latest = await latestInstant(reads.rows)
  if (latest !== null && latest > now + TOLERANCE) return [warning('clock.warning', 'clock.todo')]
  return [fine('clock.ok', { zone: config.timezone, now: formatInstant(instant(now), config.timezone) })]
}
