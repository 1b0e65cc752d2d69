import { Command } from 'commander'
import { databaseOption } from '../database-option.ts'

export const doctorCommand = (): Command =>
  new Command('doctor')
    .description('check configuration, flows, database, calendar and backlog, and say what to do')
    .action(async (_, command: Command) => {
      const { runDoctor } = await import('../doctor/run.ts')
      process.exitCode = await runDoctor(databaseOption(command))
    })
