/**
 * How fast each platform may be written to: below what its documentation allows, read in November 2026. A platform that names no
 * limit answers "too fast" by itself.
 */
import type { ChannelName } from '../messaging/channel.ts'

interface Window {
  readonly messages: number
  readonly seconds: number
}

interface Pace {
  readonly all?: readonly Window[]
  readonly chat?: readonly Window[]
  readonly group?: readonly Window[]
  readonly answersAtOnce?: true
  isGroup?(chat: string): boolean
}

export const PACING: Readonly<Partial<Record<ChannelName, Pace>>> = {
  /** "About" 30 a second for bulk, one a second to a chat, 20 a minute to a group. Ids of groups are negative. */
  telegram: {
    all: [{ messages: 30, seconds: 1 }],
    chat: [{ messages: 1, seconds: 1 }],
    group: [{ messages: 20, seconds: 60 }],
    isGroup: (chat) => chat.startsWith('-'),
  },
  /** 20 a minute for each robot. */
  wecom: { chat: [{ messages: 20, seconds: 60 }], answersAtOnce: true },
  /** 20 a minute for each robot, and ten minutes of silence for whoever sends more. */
  dingtalk: { chat: [{ messages: 18, seconds: 60 }], answersAtOnce: true },
  /** 5 a second and 100 a minute for each robot. */
  feishu: {
    chat: [
      { messages: 5, seconds: 1 },
      { messages: 100, seconds: 60 },
    ],
  },
  /** Nothing is documented; whoever writes like a machine is warned, then banned. */
  'wechat-personal': {
    all: [
      { messages: 1, seconds: 2 },
      { messages: 20, seconds: 60 },
    ],
    chat: [{ messages: 1, seconds: 3 }],
  },
}
