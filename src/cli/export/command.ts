import { userInfo } from 'node:os'
import { instant, type Clock } from '../../base/time.ts'
import type { Config } from '../../config.ts'
import { loadFlows } from '../../flow/definition/load.ts'
import { systemClock } from '../../system.ts'
import { flowWords } from '../../text/flow-words.ts'
import { rulesOf } from '../../wire.ts'
import type { RowSource } from '../../storage/row-source.ts'
import { withStorage } from '../open-command.ts'
import { latestInstant } from '../pipe/latest-instant.ts'
import { checkExport, type TypedExport } from './options.ts'
import { runExport } from './run.ts'

/** @returns exit code */
export const exportReport = (config: Config, what: string, typed: TypedExport): Promise<number> =>
  withStorage(config, async ({ definitions, text, storage }) => {
    const clock = await clockOf(storage.reads.rows)
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
      clock,
      firstStage: (kind) => stages.ledgerOf(kind).stages[0]?.id ?? kind,
    })
    return runExport({
      ...checked,
      actor: `cli ${userInfo().username}`,
      storage: { reports: storage.reads.reports, writer: storage.writer },
      language: config.defaultLocale,
      clock,
      out: process.stdout,
      err: process.stderr,
    })
  })

/** Now; on a database that `bangfu pipe` moved ahead of the machine's clock, the latest moment that it knows. */
async function clockOf(rows: RowSource): Promise<Clock> {
  const latest = await latestInstant(rows)
  return { now: () => instant(Math.max(systemClock.now(), latest ?? 0)) }
}
