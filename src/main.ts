/** Starts the program and stops it: storage, house, pages, clock, in this order; the other way round at the end. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import pino from 'pino'
import { AppError } from './base/errors.ts'
import { sortableIds } from './base/ids.ts'
import { instant } from './base/time.ts'
import { openChannels } from './channels/open.ts'
import { PACING } from './channels/pacing.ts'
import { webChannel } from './channels/web.ts'
import { storageOf, PACKAGE_ROOT, type Config } from './config.ts'
import { metricsOf } from './http/metrics.ts'
import { buildServer } from './http/server.ts'
import { lendTo } from './lend.ts'
import type { Channel, ChannelName } from './messaging/channel.ts'
import { ownFiles } from './messaging/media/own-files.ts'
import { posterVillage } from './reports/posters/find-villages.ts'
import { onePoster } from './reports/posters/poster-page.ts'
import { startSchedule } from './schedule.ts'
import { openStorage, type Storage } from './storage/open.ts'
import { systemClock, systemRandom } from './system.ts'
import type { Text } from './text/text.ts'
import { voiceFile } from './text/voices.ts'
import { buildHouse, type Definitions, type House } from './wire.ts'

export interface Running {
  /** Where the pages are. */
  readonly url: string
  readonly storage: Storage
  readonly house: House
  readonly isDemo: boolean
  stop(): Promise<void>
}

export interface RunOptions {
  readonly definitions: Definitions
  explain(error: AppError, text: Text, language: string): string
  /** Fills the database before anybody can write to it. */
  beforeStart?(storage: Storage): Promise<void>
}

export async function run(config: Config, options: RunOptions): Promise<Running> {
  const log = pino({ name: 'bangfu', level: config.logLevel })
  const clock = systemClock
  const ids = sortableIds(clock, systemRandom)
  const storage = await openStorage({ ...storageOf(config), role: 'runner' })
  /** What has begun, to be ended the other way round. */
  const ends: (() => Promise<void>)[] = [() => storage.close()]
  const stop = async () => {
    for (let end = ends.pop(); end; end = ends.pop()) await end()
  }
  try {
    await options.beforeStart?.(storage)
    const web = webChannel()
    const lend = lendTo({
      storage,
      clock,
      ids,
      publicUrl: config.publicUrl,
      say: (key, params) => house.text.say({ key, params }, config.defaultLocale),
      log: (channel, what, details) => log.warn({ channel, what, ...details }, 'channel'),
    })
    const channels = new Map<ChannelName, Channel>([['web', web]])
    for (const channel of await openChannels(config.channels, lend)) channels.set(channel.name, channel)
    const house = await buildHouse({
      definitions: options.definitions,
      storage,
      defaultLocale: config.defaultLocale,
      zone: config.timezone,
      clock,
      ids,
      random: systemRandom,
      channels,
      pacing: PACING,
      fault: (code, details, cause) => log.error({ code, ...details, err: cause }, 'fault'),
    })
    const { messaging } = house
    const own = ownFiles(house.files)
    const { rows } = storage.reads
    let lastTick: number | null = null
    const isDemo = (await storage.reads.imports.contents()).demo
    const pages = join(PACKAGE_ROOT, 'dist/pages')
    const server = await buildServer({
      clock,
      zone: config.timezone,
      demo: isDemo,
      defaultLocale: config.defaultLocale,
      pages: existsSync(pages) ? pages : null,
      voices: {
        root: config.localesDir,
        find: (name) => voiceFile(options.definitions.voices, name),
      },
      webhooks: [...channels.values()].flatMap(({ routes }) => routes ?? []),
      receive: (message) => web.receive(message),
      listen: (chat, listener) => web.listen(chat, listener),
      transcript: async (channel, chat, after, limit) =>
        (await messaging.transcript(channel as ChannelName, chat, after, limit)).map(({ outgoing }) => outgoing),
      storeFile: async (bytes, name, chat) => {
        const file = await storage.media.store(bytes, name)
        own.brought(chat, file.id)
        return file
      },
      openFile: async (chat, id) => {
        const type = await house.files.open('web', chat, id, clock.now())
        return type === null ? null : { type, bytes: await storage.media.read(id) }
      },
      fileById: async (id, chat) => {
        if (!(await own.mayName('web', chat, id, clock.now()))) return null
        const file = await storage.media.find(id)
        return file && { ...file, name: '' }
      },
      villageByCode: (code) => storage.reads.messaging.territoryByCode(code),
      greeter: {
        languageFor: (wanted) => house.text.languageFor(wanted),
        welcome: (village, language) => messaging.welcome(village, language),
        say: (word, params, language) => house.text.say({ key: `web:${word}`, params }, language),
      },
      poster: async (code, language, origin) => {
        const village = await posterVillage(storage.reads.posters, code)
        return village && onePoster(village, house.text, language, config.publicUrl ?? origin)
      },
      groupByPage: (code) => storage.reads.pages.groupByPage(code),
      readiness: async () => ({
        database: await isAlive(storage),
        oldestDue: await messaging.nextDue(),
        lastTick: lastTick === null ? null : instant(lastTick),
      }),
      metrics: metricsOf({
        clock,
        outboxDue: (at) => rows.count('Outbox', { dueAt: { lte: at } }),
        oldestDue: () => messaging.nextDue(),
        deadLetters: () => rows.count('Outbox', { state: 'dead' }),
        waiting: () => rows.count('Outbox', { state: 'waiting', dueAt: { not: null } }),
        resent: () => messaging.stats().sentAgain,
        live: () => messaging.stats().liveChats,
        inboxFailed: () => rows.count('Inbox', { state: { in: ['failed', 'dead'] } }),
        lastTick: () => (lastTick === null ? null : instant(lastTick)),
        unanswered: () => messaging.stats().dropped,
      }),
      explain: (error, language) => options.explain(error, house.text, house.text.languageFor(language)),
      logError: (error) => log.error({ err: error }, 'http'),
    })
    await messaging.recover()
    ends.push(() => messaging.stop())
    for (const channel of channels.values()) {
      await channel.start((received) => messaging.receive(received))
      ends.push(() => channel.stop())
    }
    ends.push(() => server.close())
    messaging.run()
    const schedule = startSchedule(
      [
        ...house.jobs,
        {
          name: 'conversations',
          cron: '* * * * *',
          run: (at) => {
            lastTick = at
            return messaging.runDueTimers(at)
          },
        },
      ],
      { zone: config.timezone, clock, onError: (job, error) => log.error({ job, err: error }, 'job failed') },
    )
    ends.push(() => schedule.stop())
    const address = await listen(server, config)
    return {
      url: config.publicUrl ?? `http://localhost:${new URL(address).port}`,
      storage,
      house,
      isDemo,
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

/** @throws AppError LISTEN_FAILED */
async function listen(server: Awaited<ReturnType<typeof buildServer>>, { host, port }: Config): Promise<string> {
  try {
    return await server.listen({ host, port })
  } catch (cause) {
    throw new AppError('LISTEN_FAILED', { reason: (cause as Error).message }, { cause })
  }
}

const isAlive = (storage: Storage): Promise<boolean> =>
  storage.reads.rows.count('Leader', {}).then(
    () => true,
    () => false,
  )
