import { AppError } from '../../base/errors.ts'
import { storageOf, type Config } from '../../config.ts'
import { lookAtStorage, type StorageLook } from '../../storage/look.ts'
import { fine, problem, reasonOf, type Finding, type Speech } from './finding.ts'

/** The database as it is; null when there is none to look at, and the finding says why. */
export async function checkDatabase(
  config: Config,
  speech: Speech,
): Promise<{ look: StorageLook | null; findings: Finding[] }> {
  try {
    const look = await lookAtStorage(storageOf(config))
    return { look, findings: await checkWhole(look, speech) }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { look: null, findings: [findingOf(error, speech)] }
  }
}

async function checkWhole(look: StorageLook, speech: Speech): Promise<Finding[]> {
  try {
    await look.checkWhole()
    return [fine('database.ok', { kind: look.kind })]
  } catch (error) {
    const said = error instanceof AppError ? error.details['reason'] : undefined
    const reason = typeof said === 'string' ? said : reasonOf(error, speech)
    return [problem('database.broken', 'database.broken_todo', { reason })]
  }
}

function findingOf(error: AppError, speech: Speech): Finding {
  const { migration, reason } = error.details
  if (error.code === 'CONFIG_KEY_MISSING') return problem('key.bad', 'key.todo')
  if (error.code === 'MIGRATION_EDITED')
    return problem('migrations.edited', 'migrations.edited_todo', { migration: String(migration) })
  return problem('database.bad', 'database.todo', { reason: String(reason ?? reasonOf(error, speech)) })
}
