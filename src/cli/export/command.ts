import { userInfo } from 'node:os'
import type { Config } from '../../config.ts'
import { loadFlows } from '../../flow/definition/load.ts'
import { systemClock } from '../../system.ts'
import { flowWords } from '../../text/flow-words.ts'
import { rulesOf } from '../../wire.ts'
import { withStorage } from '../open-command.ts'
import { checkExport, type TypedExport } from './options.ts'
import { runExport } from './run.ts'

/** @returns exit code */
export const exportReport = (config: Config, what: string, typed: TypedExport): Promise<number> =>
  withStorage(config, ({ definitions, text, storage }) => {
    const { flows } = loadFlows({
      sources: definitions.flows,
      blocks: definitions.blocks,
      words: flowWords(text, definitions.resources),
    })
    const { stages } = rulesOf(definitions, storage, config.timezone)
    const checked = checkExport(what, typed, {
      text,
      forms: flows,
      zone: config.timezone,
      clock: systemClock,
      firstStage: (kind) => stages.ledgerOf(kind).stages[0]?.id ?? kind,
    })
    return runExport({
      ...checked,
      actor: `cli ${userInfo().username}`,
      storage: { reports: storage.reads.reports, writer: storage.writer },
      language: config.defaultLocale,
      clock: systemClock,
      out: process.stdout,
      err: process.stderr,
    })
  })
