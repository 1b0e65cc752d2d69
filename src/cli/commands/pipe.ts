import { Command, InvalidArgumentError } from 'commander'
import { databaseOption } from '../database-option.ts'

const wholeNumber = (text: string): number => {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('a whole number')
  return Number(text)
}

export const pipeCommand = (): Command =>
  new Command('pipe')
    .description('JSON Lines in, JSON Lines out, with a clock that the input moves')
    .option('--now <instant>', 'where the clock starts, with its offset: 2026-11-25T08:00:00+08:00')
    .option('--lang <language>', 'language of people whose own is unknown')
    .option('--seed <number>', 'for everything random', wholeNumber, 1)
    .action(async (options: { now?: string; lang?: string; seed: number }, command: Command) => {
      const { loadConfig } = await import('../../config.ts')
      const { runPipe } = await import('../pipe/run.ts')
      await runPipe(loadConfig(databaseOption(command)), {
        now: options.now ?? null,
        language: options.lang ?? null,
        seed: options.seed,
        input: process.stdin,
        output: process.stdout,
      })
    })
