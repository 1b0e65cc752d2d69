import { Command } from 'commander'
import { databaseOption } from '../database-option.ts'
import type { TypedSetting } from '../setting/command.ts'

export function settingCommand(): Command {
  const all = new Command('setting')
    .description('what a county sets: yearly income lines, thresholds, deadlines; each with its source')
    .helpCommand(false)
  all
    .command('set')
    .description('enter a value; a place overrides the one above it')
    .argument('<key>', 'income_line_monitoring, comparison_threshold.illness, deadline_stage.water.fixing, …')
    .argument('<value>', 'a whole number')
    .option('--territory <path>', 'the place it is for: 吉首市; without it the whole installation')
    .option('--year <year>', 'the year of a yearly line')
    .option('--source <text>', 'where the number comes from: document, number, date (compulsory)')
    .addHelpText('after', '\n`bangfu setting list` shows every key with its sentence.')
    .action(async (key: string, value: string, options: TypedSetting, command: Command) => {
      const { loadConfig } = await import('../../config.ts')
      const { setSetting } = await import('../setting/command.ts')
      process.exitCode = await setSetting(loadConfig(databaseOption(command)), key, value, options)
    })
  all
    .command('list')
    .description('what may be set, and what has been, by whom and from where')
    .action(async (_options: object, command: Command) => {
      const { loadConfig } = await import('../../config.ts')
      const { listSettings } = await import('../setting/command.ts')
      process.exitCode = await listSettings(loadConfig(databaseOption(command)))
    })
  return all
}
