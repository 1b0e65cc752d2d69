import type { Config } from '../../config.ts'
import { withStorage } from '../open-command.ts'
import { runPoster } from './run.ts'

export const makePoster = (
  config: Config,
  territory: string,
  typed: { readonly out?: string; readonly lang?: string },
): Promise<void> =>
  withStorage(config, ({ text, storage }) =>
    runPoster({
      territory,
      outFile: typed.out ?? null,
      language: text.languageFor(typed.lang ?? config.defaultLocale),
      publicUrl: config.publicUrl,
      localUrl: `http://localhost:${config.port}`,
      reads: storage.reads.posters,
      text,
      out: process.stdout,
      err: process.stderr,
    }),
  )
