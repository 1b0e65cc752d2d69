import { Command, InvalidArgumentError } from 'commander'
import { databaseOption } from '../database-option.ts'

const count = (text: string): number => {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError('a whole number')
  return Number(text)
}

export const demoCommand = (): Command =>
  new Command('demo')
    .description('fill an empty database with the demo county: real places, made-up people')
    .option('--households <number>', 'how many', count)
    .option('--seed <number>', 'for everything random', count, 1)
    .option('--clear', 'take the demo county out again')
    .action(async (options: { households?: number; seed: number; clear?: boolean }, command: Command) => {
      const { loadConfig } = await import('../../config.ts')
      const { runDemo } = await import('../demo/run.ts')
      await runDemo(loadConfig(databaseOption(command)), options)
    })
