import { userInfo } from 'node:os'
import type { Config } from '../../config.ts'
import { systemClock } from '../../system.ts'
import { rulesOf } from '../../wire.ts'
import { withStorage } from '../open-command.ts'
import { settingParts } from './parts.ts'
import { runSettingList } from './list.ts'
import { runSettingSet } from './set.ts'

export interface TypedSetting {
  readonly territory?: string
  readonly year?: string
  readonly source?: string
}

/** @returns exit code */
export const setSetting = (config: Config, key: string, value: string, typed: TypedSetting): Promise<number> =>
  withStorage(config, ({ definitions, text, storage }) =>
    runSettingSet({
      key,
      value,
      territory: typed.territory ?? null,
      year: typed.year ?? null,
      source: typed.source ?? null,
      parts: settingParts(rulesOf(definitions, storage, config.timezone), text),
      storage: { settings: storage.reads.settings, imports: storage.reads.imports, writer: storage.writer },
      enteredBy: `cli ${userInfo().username}`,
      text,
      language: config.defaultLocale,
      clock: systemClock,
      zone: config.timezone,
      out: process.stdout,
    }),
  )

/** @returns exit code */
export const listSettings = (config: Config): Promise<number> =>
  withStorage(config, ({ text, storage }) =>
    runSettingList({
      storage: { settings: storage.reads.settings, registry: storage.reads.registry },
      text,
      language: config.defaultLocale,
      zone: config.timezone,
      out: process.stdout,
    }),
  )
