import { Command, InvalidArgumentError } from 'commander'
import { databaseOption } from '../database-option.ts'

export function comparisonCommand(): Command {
  const all = new Command('comparison')
    .description('rounds of department data (bangfu import comparison): what they hold, and their release')
    .helpCommand(false)
  all
    .command('list')
    .description('every round with its counts')
    .action(async (_options: object, command: Command) => {
      const { loadConfig } = await import('../../config.ts')
      const { listRounds } = await import('../comparison/command.ts')
      process.exitCode = await listRounds(loadConfig(databaseOption(command)))
    })
  all
    .command('show')
    .description('one round')
    .argument('<round>', 'its name')
    .action(async (round: string, _options: object, command: Command) => {
      const { loadConfig } = await import('../../config.ts')
      const { showRound } = await import('../comparison/command.ts')
      process.exitCode = await showRound(loadConfig(databaseOption(command)), round)
    })
  all
    .command('release')
    .description('let a round go out: its matches become leads (the same as 下发 in a chat)')
    .argument('<round>', 'its name')
    .requiredOption('--by <staff>', 'the county officer who releases it: phone or name')
    .action(async (round: string, options: { by: string }, command: Command) => {
      const { loadConfig } = await import('../../config.ts')
      const { releaseRounds } = await import('../comparison/command.ts')
      process.exitCode = await releaseRounds(loadConfig(databaseOption(command)), round, options.by)
    })
  return all
}

/** `bangfu import comparison` */
export const importComparisonCommand = (): Command =>
  new Command('comparison')
    .description(
      'a sheet as a department sent it, compared with the roster; opens nothing before a county officer releases it',
    )
    .argument('<file>', 'CSV (UTF-8 or GB18030), or the first sheet of an XLSX')
    .option('--round <name>', 'name of the round, where the file has no such column')
    .option('--source <name>', 'the department, where the file has no such column')
    .option('--kind <cause>', 'the risk it is about: illness, schooling, disaster, …')
    .option('--header-row <line>', 'line of the titles, where they are not found', wholeLine)
    .option('--map <titles>', 'what titles mean: 姓名=name,身份证=id_number')
    .option('--dry-run', 'say what would happen, store nothing')
    .option('--refused <file>', 'write the refused rows there, to be mended')
    .action(async (file: string, options: object, command: Command) => {
      const { loadConfig } = await import('../../config.ts')
      const { importComparisonFile } = await import('../comparison/command.ts')
      process.exitCode = await importComparisonFile(loadConfig(databaseOption(command)), file, options)
    })

function wholeLine(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('a line number from 1')
  return Number(text)
}
