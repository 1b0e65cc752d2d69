import { AppError } from '../../base/errors.ts'
import { loadConfig, type Config } from '../../config.ts'
import { fine, problem, type Finding } from './finding.ts'

/** The settings; null when one is wrong, and the finding says which. */
export function checkConfig(overrides: { DATABASE_URL?: string }): { config: Config | null; finding: Finding } {
  try {
    return { config: loadConfig(overrides), finding: fine('config.ok') }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const { variable = '', expected, path } = error.details
    const reason = String(expected ?? path ?? error.code)
    return { config: null, finding: problem('config.bad', 'config.todo', { variable: String(variable), reason }) }
  }
}
