import { Command } from 'commander'
import { databaseOption } from '../database-option.ts'

export const chatCommand = (): Command =>
  new Command('chat')
    .description('talk with the bot in the terminal')
    .option('--as <name>', 'as which villager: each name is an account of its own', 'me')
    .option('--staff <name>', 'as this member of staff')
    .action(async (options: { as: string; staff?: string }, command: Command) => {
      const { loadConfig } = await import('../../config.ts')
      const { runChat } = await import('../chat/run.ts')
      await runChat(loadConfig(databaseOption(command)), {
        as: options.as,
        staff: options.staff ?? null,
        input: process.stdin,
        output: process.stdout,
      })
    })
