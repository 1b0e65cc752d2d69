import { existsSync, statSync } from 'node:fs'
import { AppError } from '../../base/errors.ts'
import type { Config } from '../../config.ts'
import { keyFilePath } from '../../storage/keys.ts'
import type { StorageLook } from '../../storage/look.ts'
import { sealedFits } from '../../storage/sealed-fits.ts'
import { fine, problem, warning, type Finding } from './finding.ts'

/** Anybody but the owner. */
const OTHERS = 0o077

export async function checkKey(look: StorageLook, config: Config): Promise<Finding[]> {
  if (!look.hasKey || (look.reads && !(await fits(look.reads.rows)))) return [problem('key.bad', 'key.todo')]
  const path = keyFilePath(config.dataDir)
  const open = process.platform !== 'win32' && existsSync(path) && (statSync(path).mode & OTHERS) !== 0
  return [
    fine(config.encryptionKey === null ? 'key.ok' : 'key.given'),
    ...(open ? [warning('key.warning', 'key.warning_todo', { path })] : []),
  ]
}

const fits = (rows: Parameters<typeof sealedFits>[0]) =>
  sealedFits(rows).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'SEALED_VALUE_UNREADABLE') return false
    throw error
  })
