import { Command } from 'commander'
import { databaseOption } from '../database-option.ts'

export const posterCommand = (): Command =>
  new Command('poster')
    .description('a poster with the QR code that opens a village’s chat, to print on A4, with the plain sheets behind')
    .argument(
      '<territory>',
      'a village (吉首市/矮寨镇/阳孟村, or its name); a township or a county: all its villages in one file',
    )
    .option(
      '--out <file>',
      'FILE.html to look at and print, FILE.pdf (takes the reader’s own Chinese font), FILE.png (the code alone, one village); ' +
        'without it <village>.html here',
    )
    .option(
      '--wechat',
      'the code of the Official Account, followed by scanning it, in place of the chat page’s (verified service account)',
    )
    .option('--lang <language>', 'language of the words; without it DEFAULT_LOCALE')
    .action(async (territory: string, options: { out?: string; lang?: string; wechat?: boolean }, command: Command) => {
      const { loadConfig } = await import('../../config.ts')
      const { makePoster } = await import('../poster/command.ts')
      await makePoster(loadConfig(databaseOption(command)), territory, options)
    })
