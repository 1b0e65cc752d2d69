/** The table of sub-commands; each lives in its file and loads what it needs when it runs. */
import { Command } from 'commander'
import { backupCommand } from './commands/backup.ts'
import { bindCommand } from './commands/bind.ts'
import { calendarCommand } from './commands/calendar.ts'
import { chatCommand } from './commands/chat.ts'
import { comparisonCommand } from './commands/comparison.ts'
import { demoCommand } from './commands/demo.ts'
import { doctorCommand } from './commands/doctor.ts'
import { exportCommand } from './commands/export.ts'
import { flowCommand } from './commands/flow.ts'
import { importCommand } from './commands/import.ts'
import { pipeCommand } from './commands/pipe.ts'
import { posterCommand } from './commands/poster.ts'
import { settingCommand } from './commands/setting.ts'
import { remindersCommand } from './commands/reminders.ts'
import { staffCommand } from './commands/staff.ts'
import { startCommand } from './commands/start.ts'

export function buildProgram(): Command {
  const program = new Command('bangfu')
    .description('帮扶通: grassroots reporting by chat, reminders until it is settled')
    .option('--db <url>', 'database, in place of DATABASE_URL')
  for (const command of [
    startCommand,
    demoCommand,
    chatCommand,
    pipeCommand,
    importCommand,
    exportCommand,
    calendarCommand,
    flowCommand,
    remindersCommand,
    bindCommand,
    staffCommand,
    posterCommand,
    settingCommand,
    comparisonCommand,
    backupCommand,
    doctorCommand,
  ]) {
    program.addCommand(command())
  }
  inOneLine(program)
  return program
}

/** A wrong command line is answered in one line, whichever command it was meant for. */
function inOneLine(command: Command): void {
  command.configureOutput({ outputError: (text, write) => write(`${text.trim().replaceAll(/\s*\n\s*/g, ' ')}\n`) })
  for (const child of command.commands) inOneLine(child)
}
