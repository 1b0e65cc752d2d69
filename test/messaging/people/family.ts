/** The whole house on tables in memory, with one village and its official, a clock that tests move, and phones that people share. */
import { sortableIds } from '../../../src/base/ids.ts'
import { seededRandom } from '../../../src/base/random.ts'
import { instant, type Instant } from '../../../src/base/time.ts'
import { recordingChannel, type RecordingChannel } from '../../../src/channels/recording.ts'
import type { ChannelName, Outgoing, ReceivedBody } from '../../../src/messaging/channel.ts'
import { memoryStorage } from '../../../src/storage/memory/memory-storage.ts'
import type { Storage } from '../../../src/storage/open.ts'
import type { TableName } from '../../../src/storage/row-source.ts'
import { buildHouse, type HouseOptions } from '../../../src/wire.ts'
import { definitions, ZONE } from '../../cli/house.ts'
import { importText } from '../../cli/import-run.ts'
import { ROSTERS } from '../../cli/pipe-world.ts'

/** Monday 23 November 2026, 9:00 in China. */
export const MONDAY = instant(Date.UTC(2026, 10, 23, 1))
export const MINUTE = 60_000
export const DAY = 86_400_000

export interface Family {
  readonly storage: Storage
  readonly sent: readonly Outgoing[]
  now: Instant
  /** Sends it from that phone (`u1`), waits until all is quiet, and gives what that phone heard. */
  say(what: string | ReceivedBody, phone?: string, channel?: ChannelName): Promise<string>
  /** Says it in a group. @returns what the group heard */
  inGroup(chat: string, from: string, text: string): Promise<string>
  /** One message after another; what was heard at last. */
  all(whats: readonly string[], phone?: string): Promise<string>
  pass(milliseconds: number): Promise<void>
  rows(table: TableName): Promise<readonly Record<string, unknown>[]>
}

export async function family(options: Partial<HouseOptions> & { readonly given?: Storage } = {}): Promise<Family> {
  const clock = { at: MONDAY as Instant, now: () => clock.at }
  const storage = options.given ?? memoryStorage({ clock })
  const ids = sortableIds(clock, seededRandom(5))
  if (!options.given) {
    const tables = { imports: storage.reads.imports, writer: storage.writer }
    for (const what of ['territories', 'staff'] as const) await importText(tables, what, ROSTERS[what], { clock, ids })
  }
  const sent: Outgoing[] = []
  const names = ['pipe', 'web', 'wechat'] as const
  const channels = new Map<ChannelName, RecordingChannel>(
    names.map((name) => [name, recordingChannel(name, (outgoing) => void sent.push(outgoing))]),
  )
  const { messaging } = await buildHouse({
    definitions,
    storage,
    defaultLocale: 'zh-CN',
    zone: ZONE,
    clock,
    ids,
    random: () => 0,
    channels,
    fault: (code, details, cause) => {
      if (code !== 'MOVE_CODES_TRIED')
        throw cause instanceof Error ? cause : new Error(`${code} ${JSON.stringify(details)}`)
    },
    concurrency: 1,
    ...options,
  })
  let count = 0
  const self: Family = {
    storage,
    sent,
    get now() {
      return clock.at
    },
    set now(at) {
      clock.at = at
    },
    async say(what, phone = 'u1', channel = 'pipe') {
      const from = sent.length
      await messaging.receive({
        channel,
        messageId: `${options.given ? 'again' : 'first'} ${++count}`,
        chat: phone,
        from: phone,
        group: false,
        at: clock.at,
        language: null,
        body: typeof what === 'string' ? { kind: 'text', text: what } : what,
      })
      await messaging.drain(clock.at)
      return sent
        .slice(from)
        .filter((outgoing) => outgoing.chat === phone)
        .map(({ text }) => text)
        .join('\n---\n')
    },
    async inGroup(chat, from, text) {
      const before = sent.length
      const messageId = `group ${++count}`
      const body = { kind: 'text', text } as const
      await messaging.receive({
        channel: 'pipe',
        messageId,
        chat,
        from,
        group: true,
        at: clock.at,
        language: null,
        body,
      })
      await messaging.drain(clock.at)
      const heard = sent.slice(before).filter((outgoing) => outgoing.chat === chat)
      return heard.map((outgoing) => outgoing.text).join('\n---\n')
    },
    async all(whats, phone) {
      let heard = ''
      for (const what of whats) heard = await self.say(what, phone)
      return heard
    },
    async pass(milliseconds) {
      clock.at = instant(clock.at + milliseconds)
      await messaging.runDueTimers(clock.at)
      await messaging.drain(clock.at)
    },
    rows: (table) => storage.reads.rows.find(table, { order: ['id'] }) as never,
  }
  return self
}

/** A hardship report up to the review; `1` hands it in. */
export const hardship = (name: string, phone: string, story: string): readonly string[] => [
  '家里有难处',
  '1',
  '阳孟村',
  name,
  phone,
  '3',
  '家里有人生病',
  '没有',
  '1',
  '3500',
  '200',
  story,
  '没有',
]
