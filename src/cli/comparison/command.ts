import { userInfo } from 'node:os'
import type { Config } from '../../config.ts'
import { systemClock } from '../../system.ts'
import { rulesOf } from '../../wire.ts'
import { withStorage } from '../open-command.ts'
import { importComparison } from './import-file.ts'
import { runRoundList, runRoundShow } from './list.ts'
import { runRelease } from './release.ts'

export interface TypedComparison {
  readonly round?: string
  readonly source?: string
  readonly kind?: string
  readonly headerRow?: number
  readonly map?: string
  readonly dryRun?: boolean
  readonly refused?: string
}

/** @returns exit code */
export const importComparisonFile = (config: Config, file: string, typed: TypedComparison): Promise<number> =>
  withStorage(config, ({ text, storage, ids }) => {
    const { imports, comparison, settings } = storage.reads
    return importComparison({
      file,
      round: typed.round ?? null,
      source: typed.source ?? null,
      kind: typed.kind ?? null,
      headerRow: typed.headerRow ?? null,
      map: typed.map ?? null,
      dryRun: typed.dryRun ?? false,
      refusedFile: typed.refused ?? null,
      storage: { imports, comparison, settings, writer: storage.writer },
      text,
      language: config.defaultLocale,
      clock: systemClock,
      ids,
      zone: config.timezone,
      out: process.stdout,
      err: process.stderr,
    })
  })

/** @returns exit code */
export const listRounds = (config: Config): Promise<number> =>
  withStorage(config, ({ text, storage }) =>
    runRoundList({
      comparison: storage.reads.comparison,
      text,
      language: config.defaultLocale,
      zone: config.timezone,
      out: process.stdout,
    }),
  )

/** @returns exit code */
export const showRound = (config: Config, round: string): Promise<number> =>
  withStorage(config, ({ text, storage }) =>
    runRoundShow(round, {
      comparison: storage.reads.comparison,
      text,
      language: config.defaultLocale,
      zone: config.timezone,
      out: process.stdout,
    }),
  )

/** @returns exit code */
export const releaseRounds = (config: Config, round: string, by: string): Promise<number> =>
  withStorage(config, ({ definitions, text, storage, ids }) =>
    runRelease({
      round,
      by,
      parts: {
        ...rulesOf(definitions, storage, config.timezone),
        ...storage.reads,
        sequence: storage.numbers,
        writer: storage.writer,
      },
      actor: `cli ${userInfo().username}`,
      text,
      language: config.defaultLocale,
      clock: systemClock,
      ids,
      zone: config.timezone,
      out: process.stdout,
    }),
  )
