import { Argument, Command } from 'commander'
import { databaseOption } from '../database-option.ts'
import type { TypedExport } from '../export/options.ts'

export const exportCommand = (): Command =>
  new Command('export')
    .description('a report as a file; personal data is masked unless it is asked for in full, with a purpose')
    .addArgument(new Argument('<what>', 'which report').choices(['cases', 'visits', 'answers']))
    .option('--format <format>', 'xlsx, csv or jsonl; without it what the ending of --out says, else csv')
    .option('--out <file>', 'where to; without it standard output')
    .option('--from <date>', 'first local day, YYYY-MM-DD')
    .option('--to <date>', 'last local day')
    .option('--territory <path>', 'a place and everything in it: 吉首市/矮寨镇')
    .option('--flow <id>', 'answers of this flow only, a column for each question')
    .option('--state <state>', 'a stage, or open, closed, late')
    .option('--labels <language>', 'titles and values in this language; names = as they are stored')
    .option('--split <how>', 'answers of several choices: summary, columns or both')
    .option('--as-of <instant>', 'as it was known then; what was entered later is marked')
    .option('--full', 'phones, identity numbers and people’s own words in full')
    .option('--purpose <text>', 'what --full is needed for; kept in the audit log')
    .action(async (what: string, options: TypedExport, command: Command) => {
      const { loadConfig } = await import('../../config.ts')
      const { exportReport } = await import('../export/command.ts')
      process.exitCode = await exportReport(loadConfig(databaseOption(command)), what, options)
    })
