import { Command } from 'commander'
import { databaseOption } from '../database-option.ts'

export function remindersCommand(): Command {
  const all = new Command('reminders')
    .description('what the clock would say on a day, and what it does about one matter')
    .helpCommand(false)
  all
    .command('preview')
    .description('what would be sent on that day, to whom, by which rule and why; nothing is sent or written')
    .requiredOption('--on <date>', 'local day, YYYY-MM-DD')
    .action(async ({ on }: { on: string }, command: Command) => {
      const { loadConfig } = await import('../../config.ts')
      const { previewReminders } = await import('../reminders/preview.ts')
      process.exitCode = await previewReminders(loadConfig(databaseOption(command)), on)
    })
  all
    .command('why')
    .description('a matter, a visit or a task: what was sent and when, what comes next, or why nothing does')
    .argument('<number>', 'its number')
    .action(async (number: string, _options: object, command: Command) => {
      const { loadConfig } = await import('../../config.ts')
      const { explainMatter } = await import('../reminders/why.ts')
      process.exitCode = await explainMatter(loadConfig(databaseOption(command)), number)
    })
  return all
}
