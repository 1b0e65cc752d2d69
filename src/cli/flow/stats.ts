/** `bangfu flow stats FLOW`: where people give up, question by question. Counts only: nobody and nothing said is in it. */
import type { Writable } from 'node:stream'
import { AppError } from '../../base/errors.ts'
import { addDays, instantOf, parsePlainDate, type Clock, type PlainDate } from '../../base/time.ts'
import { loadConfig } from '../../config.ts'
import { loadFlows } from '../../flow/definition/load.ts'
import type { Flow } from '../../flow/flow.ts'
import { funnelOf } from '../../reports/funnel.ts'
import { funnelSheet, funnelTable } from '../../reports/funnel-report.ts'
import type { FunnelReads } from '../../reports/ports.ts'
import { csvOf } from '../../reports/write-csv.ts'
import { jsonLinesOf } from '../../reports/write-jsonl.ts'
import { systemClock } from '../../system.ts'
import { flowWords } from '../../text/flow-words.ts'
import type { Text } from '../../text/text.ts'
import { withStorage } from '../open-command.ts'
import { progressBar, type ErrorStream } from '../tables/progress.ts'

const FORMATS = ['text', 'jsonl', 'csv'] as const

/** As commander hands it over. */
export interface TypedStats {
  readonly from?: string
  readonly to?: string
  readonly format?: string
  readonly lang?: string
}

export interface StatsOptions {
  readonly typed: TypedStats
  readonly flow: string
  readonly flows: readonly Flow[]
  readonly reads: FunnelReads
  readonly text: Text
  readonly language: string
  readonly zone: string
  readonly output: Writable
  readonly clock: Clock
  readonly err: ErrorStream
}

export const flowStats = (overrides: { DATABASE_URL?: string }, flow: string, typed: TypedStats): Promise<void> => {
  const config = loadConfig(overrides)
  return withStorage(config, ({ definitions, text, storage }) =>
    runFlowStats({
      typed,
      flow,
      flows: loadFlows({
        sources: definitions.flows,
        blocks: definitions.blocks,
        words: flowWords(text, definitions.resources),
      }).flows,
      reads: storage.reads.funnel,
      text,
      language: text.languageFor(typed.lang ?? config.defaultLocale),
      zone: config.timezone,
      output: process.stdout,
      clock: systemClock,
      err: process.stderr,
    }),
  )
}

/** @throws AppError FLOW_NOT_FOUND; ARGUMENT_INVALID with the option */
export async function runFlowStats(options: StatsOptions): Promise<void> {
  const { typed, text, language, zone, output } = options
  const flow = options.flows.find(({ id }) => id === options.flow)
  if (!flow) throw new AppError('FLOW_NOT_FOUND', { flow: options.flow })
  const format = FORMATS.find((each) => each === (typed.format ?? 'text'))
  if (!format) throw invalid('--format', FORMATS.join('|'))
  const [from, to] = [dayOf('--from', typed.from), dayOf('--to', typed.to)]
  if (from !== null && to !== null && from > to) throw invalid('--from', 'after --to')
  const period = {
    from: from === null ? null : instantOf(from, '00:00', zone),
    before: to === null ? null : instantOf(addDays(to, 1), '00:00', zone),
  }
  const progress = progressBar(options.err, options.clock)
  const funnel = await funnelOf(options.reads, flow, period, (count) => progress.show(count, null)).finally(
    progress.end,
  )
  const words = { text, language }
  if (format === 'text') {
    const { begun, submitted, abandoned, open } = funnel
    const title = { key: `flows/${flow.id}:title` }
    const params = { title, flow: flow.id, period: periodOf(from, to), begun, submitted, abandoned, open }
    output.write(funnelTable(funnel, text.say({ key: 'funnel:title', params }, language), words))
    return
  }
  const lines = (format === 'csv' ? csvOf : jsonLinesOf)(funnelSheet(funnel, words), () => undefined)
  for await (const line of lines) output.write(line)
}

const invalid = (argument: string, reason: string) => new AppError('ARGUMENT_INVALID', { argument, reason })

function dayOf(option: string, typed: string | undefined): PlainDate | null {
  if (typed === undefined) return null
  const day = parsePlainDate(typed)
  if (day === null) throw invalid(option, 'YYYY-MM-DD')
  return day
}

function periodOf(from: PlainDate | null, to: PlainDate | null) {
  const which = from === null ? (to === null ? 'all' : 'to') : to === null ? 'from' : 'both'
  return { key: `funnel:period.${which}`, params: { from: from ?? '', to: to ?? '' } }
}
