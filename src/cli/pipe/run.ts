/** `bangfu pipe`: the whole house on a database, spoken to in JSON Lines, with a clock that the input moves. */
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { AppError } from '../../base/errors.ts'
import { seededRandom } from '../../base/random.ts'
import { parseInstant, type Instant } from '../../base/time.ts'
import { recordingChannel } from '../../channels/recording.ts'
import { storageOf, type Config } from '../../config.ts'
import { CHANNEL_NAMES, type Outgoing } from '../../messaging/channel.ts'
import { openStorage, type Storage } from '../../storage/open.ts'
import { buildHouse } from '../../wire.ts'
import { readDefinitions } from '../definitions.ts'
import { explain } from '../problem.ts'
import { movedClock } from './clock.ts'
import { latestInstant } from './latest-instant.ts'
import { idsOfRun } from './run-ids.ts'
import { pipeSession } from './session.ts'

export interface PipeOptions {
  /** As typed; null = the latest instant that the database knows. */
  readonly now: string | null
  readonly language: string | null
  readonly seed: number
  readonly input: Readable
  readonly output: Writable
}

export async function runPipe(config: Config, options: PipeOptions): Promise<void> {
  const definitions = readDefinitions(config)
  const storage = await openStorage({ ...storageOf(config), role: 'runner' })
  try {
    const clock = movedClock(await startOf(options.now, storage))
    const random = seededRandom(options.seed)
    const ids = await idsOfRun(storage, clock)
    const defaultLocale = options.language ?? config.defaultLocale
    const hear = (outgoing: Outgoing): void => session.sent(outgoing)
    const channels = new Map(CHANNEL_NAMES.map((name) => [name, recordingChannel(name, hear)]))
    const { messaging, jobs, text } = await buildHouse({
      definitions,
      storage,
      defaultLocale,
      zone: config.timezone,
      clock,
      ids,
      random,
      channels,
      fault: (code, details) => process.stderr.write(`${code} ${JSON.stringify(details)}\n`),
      digits: (count) => Array.from({ length: count }, () => Math.floor(random() * 10)).join(''),
      seed: options.seed,
      concurrency: 1,
    })
    const session = pipeSession(
      {
        timeline: {
          clock,
          zone: config.timezone,
          jobs,
          nextTimer: () => messaging.nextTimer(),
          runDueTimers: (at) => messaging.runDueTimers(at),
          nextSend: () => messaging.nextDue(),
          drain: (at) => messaging.drain(at),
        },
        ids,
        receive: (received) => messaging.receive(received),
        storeFile: (bytes, name) => storage.media.store(bytes, name),
        explain: (error) => explain(error, text, defaultLocale),
      },
      (line) => options.output.write(`${JSON.stringify(line)}\n`),
    )
    await messaging.recover()
    for await (const line of createInterface({ input: options.input, crlfDelay: Infinity })) await session.take(line)
    await messaging.stop()
  } finally {
    await storage.close()
  }
}

/** @throws AppError PIPE_CLOCK_MISSING, PIPE_CLOCK_BACKWARDS, PIPE_BAD_INPUT */
async function startOf(typed: string | null, storage: Storage): Promise<Instant> {
  const latest = await latestInstant(storage.reads.rows)
  if (typed === null) {
    if (latest === null) throw new AppError('PIPE_CLOCK_MISSING')
    return latest
  }
  const now = parseInstant(typed)
  if (now === null) throw new AppError('PIPE_BAD_INPUT', { field: '--now', reason: '2026-11-25T08:00:00+08:00' })
  if (latest !== null && now < latest) throw new AppError('PIPE_CLOCK_BACKWARDS')
  return now
}
