import { dateAt } from '../../base/time.ts'
import type { Config } from '../../config.ts'
import { systemClock } from '../../system.ts'
import { rulesOf } from '../../wire.ts'
import { withStorage } from '../open-command.ts'
import { handOverParts } from '../staff/parts.ts'
import { followingImports } from './following.ts'
import type { ImportKind } from './kind-names.ts'
import { runImport } from './run.ts'
import { visitPlanning } from './visit-planning.ts'

/** Rows in one commit beside a running program, which must not wait long for its turn. */
const CHUNK_ROWS = 200

/** @returns exit code */
export const importFile = (
  config: Config,
  what: ImportKind,
  file: string,
  options: { readonly dryRun?: boolean; readonly refused?: string },
): Promise<number> =>
  withStorage(config, async ({ definitions, text, storage, ids }) => {
    const { imports, registry } = storage.reads
    const rules = rulesOf(definitions, storage, config.timezone)
    const at = systemClock.now()
    await rules.keeper.refresh(at)
    return runImport({
      what,
      file,
      storage: { imports, writer: storage.writer },
      planning: visitPlanning({
        registry,
        plans: rules.plans,
        watching: rules.watching,
        calendar: rules.calendar,
        ids,
        at,
        today: dateAt(at, config.timezone),
      }),
      departments: [...new Set(rules.routing.routes.flatMap(({ department, officer }) => [department, officer]))],
      follow: followingImports(
        handOverParts(storage, rules, ids, text, config.defaultLocale),
        at,
        dateAt(at, config.timezone),
        { text, language: config.defaultLocale, out: process.stdout },
      ),
      text,
      language: config.defaultLocale,
      clock: systemClock,
      ids,
      zone: config.timezone,
      dryRun: options.dryRun ?? false,
      refusedFile: options.refused ?? null,
      chunkRows: CHUNK_ROWS,
      out: process.stdout,
      err: process.stderr,
    })
  })
