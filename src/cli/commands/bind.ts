import { Command } from 'commander'
import { databaseOption } from '../database-option.ts'

export const bindCommand = (): Command =>
  new Command('bind')
    .description(
      'a one-time code with which a staff member binds a chat account: they send 绑定 <code> in a private chat',
    )
    .argument('<staff>', 'name or phone; a place may stand before the name (阳孟村石建国)')
    .action(async (staff: string, _, command: Command) => {
      const { loadConfig } = await import('../../config.ts')
      const { giveCodeTo } = await import('../bind/command.ts')
      await giveCodeTo(loadConfig(databaseOption(command)), staff)
    })
