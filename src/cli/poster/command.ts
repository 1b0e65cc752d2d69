import { AppError } from '../../base/errors.ts'
import { accountCodes } from '../../channels/wechat/qr.ts'
import type { Config } from '../../config.ts'
import { systemClock } from '../../system.ts'
import { withStorage } from '../open-command.ts'
import { runPoster } from './run.ts'

export const makePoster = (
  config: Config,
  territory: string,
  typed: { readonly out?: string; readonly lang?: string; readonly wechat?: boolean },
): Promise<void> =>
  withStorage(config, ({ text, storage }) => {
    const language = text.languageFor(typed.lang ?? config.defaultLocale)
    const accountCode = typed.wechat ? accountCodes(config.channels, systemClock) : undefined
    if (accountCode === null) {
      const reason = text.say({ key: 'posters:command.not_service' }, language)
      throw new AppError('ARGUMENT_INVALID', { argument: '--wechat', reason })
    }
    return runPoster({
      territory,
      outFile: typed.out ?? null,
      language,
      ...(accountCode && { accountCode }),
      publicUrl: config.publicUrl,
      localUrl: `http://localhost:${config.port}`,
      reads: storage.reads.posters,
      text,
      out: process.stdout,
      err: process.stderr,
    })
  })
