import { Command } from 'commander'
import { databaseOption } from '../database-option.ts'

export const calendarCommand = (): Command =>
  new Command('calendar')
    .description('the working calendar: days off, make-up days, local days')
    .helpCommand(false)
    .addCommand(
      new Command('show')
        .description('what the calendar says of a year, and whether the yearly notice is known')
        .argument('<year>', '2027')
        .action(async (year: string, _: object, command: Command) => {
          const { loadConfig } = await import('../../config.ts')
          const { showCalendar } = await import('../calendar/command.ts')
          await showCalendar(loadConfig(databaseOption(command)), year)
        }),
    )

export const importCalendarCommand = (): Command =>
  new Command('calendar')
    .description('days off and make-up days: a CSV or XLSX, or the pasted text of the State Council’s yearly notice')
    .argument('<file>', 'CSV (UTF-8 or GB18030), the first sheet of an XLSX, or a text file with the notice')
    .option('--dry-run', 'say what would happen, store nothing')
    .option('--refused <file>', 'write what was refused there, to be mended')
    .option('--year <year>', 'of a notice whose text names none')
    .action(async (file: string, options: { dryRun?: boolean; refused?: string; year?: string }, command: Command) => {
      const { loadConfig } = await import('../../config.ts')
      const { importCalendar } = await import('../calendar/command.ts')
      process.exitCode = await importCalendar(loadConfig(databaseOption(command)), file, options)
    })
