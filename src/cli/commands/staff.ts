import { Command } from 'commander'
import { databaseOption } from '../database-option.ts'

export function staffCommand(): Command {
  const staff = new Command('staff').description('the people who work with the program').helpCommand(false)
  staff
    .command('hand-over <from> [to]')
    .description(
      'somebody leaves or hands over: open matters, visits, tasks and households go to TO, or to whoever answers for each place',
    )
    .option('--territory <path>', 'only what lies there')
    .option('--dry-run', 'say what would happen, change nothing')
    .action(
      async (
        from: string,
        to: string | undefined,
        options: { territory?: string; dryRun?: boolean },
        command: Command,
      ) => {
        const { loadConfig } = await import('../../config.ts')
        const { handOverWork } = await import('../staff/command.ts')
        await handOverWork(loadConfig(databaseOption(command)), from, to ?? null, options)
      },
    )
  return staff
}
