/** What a house lends to a channel, in memory. */
import { createHash } from 'node:crypto'
import { AppError } from '../../src/base/errors.ts'
import { sortableIds } from '../../src/base/ids.ts'
import { instant, type Clock } from '../../src/base/time.ts'
import type { ChannelParts, GroupHook } from '../../src/channels/parts.ts'
import { shortChoice } from '../../src/channels/short-choice.ts'
import { quotaLedger } from '../../src/storage/quota-ledger.ts'
import type { Storage } from '../../src/storage/open.ts'

export interface Lent extends ChannelParts {
  readonly hooks: Map<string, GroupHook>
  /** Everything that was logged, as text. */
  readonly logged: string[]
  readonly files: Map<string, Uint8Array>
  /** Ids of choices that were sent, for `choiceOf`. */
  readonly choices: string[]
  readonly movedGroups: [string, string][]
  readonly leftGroups: Map<string, boolean>
}

/** @param storage keeps the quotas */
export function lent(
  storage: Pick<Storage, 'writer' | 'reads'>,
  clock: Clock = { now: () => instant(Date.now()) },
): Lent {
  const hooks = new Map<string, GroupHook>()
  const logged: string[] = []
  const files = new Map<string, Uint8Array>()
  const choices: string[] = []
  const movedGroups: [string, string][] = []
  const leftGroups = new Map<string, boolean>()
  return {
    hooks,
    logged,
    files,
    choices,
    movedGroups,
    leftGroups,
    clock,
    ids: sortableIds(clock, () => 0.5),
    publicUrl: 'https://bangfu.example',
    say: (key, params = {}) => [key, ...Object.values(params)].join(' '),
    stageWord: (stage) => stage,
    log: (what, details = {}) => void logged.push(`${what} ${JSON.stringify(details)}`),
    storeFile(bytes, name) {
      const id = createHash('sha256').update(bytes).digest('hex')
      files.set(id, Uint8Array.from(bytes))
      return Promise.resolve({ id, name, type: 'image/jpeg', bytes: bytes.length })
    },
    readFile(id) {
      const bytes = files.get(id)
      return bytes ? Promise.resolve(bytes) : Promise.reject(new AppError('NOT_FOUND', {}))
    },
    hookOf: (chat) => Promise.resolve(hooks.get(chat) ?? null),
    hookedChats: () => Promise.resolve([...hooks.keys()]),
    choiceOf: (_, short) => Promise.resolve(choices.find((id) => shortChoice(id, 0) === short) ?? null),
    groupMoved: (from, to) => Promise.resolve(void movedGroups.push([from, to])),
    groupLeft: (chat, hasLeft) => Promise.resolve(void leftGroups.set(chat, hasLeft)),
    quota: quotaLedger(storage.reads.rows, storage.writer),
  }
}
