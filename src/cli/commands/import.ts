import { Command } from 'commander'
import { databaseOption } from '../database-option.ts'
import { IMPORT_KINDS, type ImportKind } from '../import/kind-names.ts'
import { importCalendarCommand } from './calendar.ts'
import { importComparisonCommand } from './comparison.ts'

export function importCommand(): Command {
  const all = new Command('import')
    .description(
      'store a roster from CSV or XLSX: all good rows are stored, wrong ones are named with line, column and reason',
    )
    .helpCommand(false)
    .hook('preSubcommand', async (_, chosen) => {
      const [{ columnGuide }, { calendarGuide }, { comparisonGuide }, { shippedText }] = await Promise.all([
        import('../import/guide.ts'),
        import('../calendar/words.ts'),
        import('../comparison/guide.ts'),
        import('../problem.ts'),
      ])
      const guide = (): string => {
        if (chosen.name() === 'calendar') return calendarGuide(shippedText(), 'zh-CN')
        if (chosen.name() === 'comparison') return comparisonGuide(shippedText(), 'zh-CN')
        return columnGuide(chosen.name() as ImportKind, shippedText(), 'zh-CN')
      }
      chosen.addHelpText('after', () => `\n${guide()}`)
    })
  for (const what of IMPORT_KINDS) all.addCommand(importOf(what))
  all.addCommand(importCalendarCommand())
  all.addCommand(importComparisonCommand())
  return all
}

const importOf = (what: ImportKind): Command =>
  new Command(what)
    .argument('<file>', 'CSV (UTF-8 or GB18030), or the first sheet of an XLSX')
    .option('--dry-run', 'say what would happen, store nothing')
    .option('--refused <file>', 'write the refused rows there, to be mended')
    .action(async (file: string, options: { dryRun?: boolean; refused?: string }, command: Command) => {
      const { loadConfig } = await import('../../config.ts')
      const { importFile } = await import('../import/command.ts')
      process.exitCode = await importFile(loadConfig(databaseOption(command)), what, file, options)
    })
