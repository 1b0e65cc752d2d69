import { resolve } from 'node:path'
import type { Config } from '../../config.ts'
import { withStorage } from '../open-command.ts'

/** @throws AppError BACKUP_TARGET_EXISTS */
export const runBackup = (config: Config, file: string): Promise<void> =>
  withStorage(config, async ({ storage, text }) => {
    await storage.backup(resolve(file))
    process.stdout.write(`${text.say({ key: 'cli:backup.done', params: { file } }, config.defaultLocale)}\n`)
  })
