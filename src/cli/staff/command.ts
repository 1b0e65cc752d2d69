import type { Config } from '../../config.ts'
import { systemClock } from '../../system.ts'
import { rulesOf } from '../../wire.ts'
import { withStorage } from '../open-command.ts'
import { runHandOver } from './hand-over.ts'
import { handOverParts } from './parts.ts'

export const handOverWork = (
  config: Config,
  from: string,
  to: string | null,
  options: { readonly territory?: string; readonly dryRun?: boolean },
): Promise<void> =>
  withStorage(config, async ({ definitions, text, storage, ids }) => {
    const rules = rulesOf(definitions, storage, config.timezone)
    await rules.keeper.refresh(systemClock.now())
    await runHandOver({
      from,
      to,
      territory: options.territory ?? null,
      dryRun: options.dryRun ?? false,
      parts: handOverParts(storage, rules, ids, text, config.defaultLocale),
      territoryId: async (path) => (await storage.reads.messaging.territoryByPath(path))?.id ?? null,
      clock: systemClock,
      zone: config.timezone,
      text,
      language: config.defaultLocale,
      out: process.stdout,
    })
  })
