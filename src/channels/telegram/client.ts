/** The Bot API as the files of this folder share it. */
import { Api } from 'grammy'
import type { ChannelParts } from '../parts.ts'
import { connectionsTo } from './connections.ts'
import { get, type Got } from './download.ts'
import { remembered, type Remembered } from './remembered.ts'

export interface ClientOptions {
  readonly token: string
  /** Without a slash at its end. */
  readonly root: string
  readonly proxy: string | undefined
  readonly callMs: number
  readonly connectMs: number
  readonly holdSeconds: number
}

export interface Client {
  readonly api: Api
  /** Waits longer: a long poll is held by the platform. */
  readonly polling: Api
  readonly parts: ChannelParts
  /** The bot's own id: the token begins with it. */
  readonly id: number
  /** Names of accounts that were seen, for calling them in a group. */
  readonly names: Remembered<string>
  /** Ids of choices by chat and the data of their button. */
  readonly choices: Remembered<string>
  /** How often a file could not be fetched. */
  readonly tries: Remembered<number>
  /** @param path as getFile gives it */
  file(path: string, maxBytes: number, signal: AbortSignal): Promise<Got>
  /** The platform's clock, from any answer; null when none came. */
  date(): Promise<number | null>
  close(): void
}

/** Accounts and choices kept in mind. */
const MOST = 10_000
/** Longest time that a file may take, as a multiple of a call's. */
const FILE_CALLS = 4

export function clientOf(options: ClientOptions, parts: ChannelParts): Client {
  const { token, root, proxy, callMs, connectMs, holdSeconds } = options
  const connections = connectionsTo(root, proxy, connectMs)
  const apiOf = (milliseconds: number) =>
    new Api(token, {
      apiRoot: root,
      timeoutSeconds: milliseconds / 1000,
      baseFetchConfig: { agent: connections.agent, compress: true },
      sensitiveLogs: false,
    })
  const { agent } = connections
  return {
    api: apiOf(callMs),
    polling: apiOf(holdSeconds * 1000 + callMs),
    parts,
    id: Number(token.slice(0, token.indexOf(':'))),
    names: remembered(MOST),
    choices: remembered(MOST),
    tries: remembered(MOST),
    file(path, maxBytes, signal) {
      const encoded = path.split('/').map(encodeURIComponent).join('/')
      return get(`${root}/file/bot${token}/${encoded}`, { agent, maxBytes, timeoutMs: callMs * FILE_CALLS, signal })
    },
    date: () =>
      get(`${root}/`, { agent, maxBytes: 1_000_000, timeoutMs: callMs }).then(
        (got) => got.date,
        () => null,
      ),
    close: () => connections.close(),
  }
}

/** grammY's types know only the signals of a package; those of the platform do as well. */
export const apiSignal = (signal: AbortSignal) => signal as unknown as NonNullable<Parameters<Api['getMe']>[0]>

export const choiceKey = (chat: string, data: string): string => `${chat} ${data}`
