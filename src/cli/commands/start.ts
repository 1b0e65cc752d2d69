import { Command } from 'commander'
import { databaseOption } from '../database-option.ts'

export const startCommand = (): Command =>
  new Command('start')
    .description('migrate, then run everything: web chat, webhooks, configured channels, the clock')
    .option('--demo-if-empty', 'fill an empty database with the demo county first')
    .action(async (options: { demoIfEmpty?: boolean }, command: Command) => {
      const { loadConfig } = await import('../../config.ts')
      const { start } = await import('../start/run.ts')
      await start(loadConfig(databaseOption(command)), { demoIfEmpty: options.demoIfEmpty ?? false })
    })
