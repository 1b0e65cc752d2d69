import { Command } from 'commander'
import { databaseOption } from '../database-option.ts'

export const backupCommand = (): Command =>
  new Command('backup')
    .description('write a checked copy of the database while the program runs; the key is not in it')
    .argument('<file>', 'where to; must not exist')
    .action(async (file: string, _, command: Command) => {
      const { loadConfig } = await import('../../config.ts')
      const { runBackup } = await import('../backup/run.ts')
      await runBackup(loadConfig(databaseOption(command)), file)
    })
