/** The chats of platforms: each looks at itself, as far as that goes without starting it. */
import { SECOND } from '../../base/time.ts'
import { openChannels, type PartsOf } from '../../channels/open.ts'
import type { ChannelSettings } from '../../channels/settings.ts'
import type { Channel, ChannelFinding, ChannelName } from '../../messaging/channel.ts'
import type { Finding, Speech } from './finding.ts'

/** Longest wait for one channel, milliseconds. */
const LIMIT_MS = 10 * SECOND

/** Settings that have a value whether or not anybody uses the platform. */
const WITH_DEFAULT = /_(API_ROOT|ROBOT_ROOT|SOCKET|SENSITIVE|ACCOUNT)$/

export interface PlatformsOptions {
  readonly settings: ChannelSettings
  readonly partsOf: PartsOf
  readonly speech: Speech
  /** Default: those that the settings open. */
  readonly channels?: readonly Channel[]
  readonly limitMs?: number
}

export async function checkPlatforms(options: PlatformsOptions): Promise<Finding[]> {
  const { settings, partsOf, speech, limitMs = LIMIT_MS } = options
  const channels = options.channels ?? (await openChannels(settings, partsOf))
  const found = await Promise.all(
    channels.map(async (channel) => {
      try {
        if (!isNamed(settings, channel.name) && (await partsOf(channel.name).hookedChats()).length === 0) return []
        return (await within(channel, limitMs)).map((finding) => told(channel.name, finding, speech))
      } finally {
        await channel.stop()
      }
    }),
  )
  return found.flat()
}

/** Somebody set something up for it. */
const isNamed = (settings: ChannelSettings, name: ChannelName): boolean => {
  const prefix = `${name.replaceAll('-', '_').toUpperCase()}_`
  return Object.entries(settings).some(
    ([key, value]) => key.startsWith(prefix) && value !== undefined && !WITH_DEFAULT.test(key),
  )
}

async function within(channel: Channel, limitMs: number): Promise<readonly ChannelFinding[]> {
  if (!channel.check) return [{ state: 'ok', what: 'unknown' }]
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<readonly ChannelFinding[]>((resolve) => {
    const params = { seconds: Math.round(limitMs / SECOND) }
    timer = setTimeout(() => resolve([{ state: 'warning', what: 'late', params }]), limitMs)
  })
  return Promise.race([channel.check(), late]).finally(() => clearTimeout(timer))
}

/** A platform's own word comes before the one for all; a finding without a sentence is told by its code. */
function told(name: ChannelName, { state, what, params = {} }: ChannelFinding, { text, language }: Speech): Finding {
  const places = [`channels:${name}.check.${what}`, `channels:check.${what}`]
  const place = places.find((each) => text.has(`${each}.${state}`, language)) ?? 'channels:check.unknown'
  return {
    state,
    what: `${place}.${state}`,
    todo: state === 'ok' ? null : `${place}.todo`,
    params: { ...params, what, name: text.say({ key: `channels:names.${name}` }, language) },
  }
}
