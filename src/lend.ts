/** What each channel is lent of the house: files, group addresses, quotas, the log. */
import type { IdSource } from './base/ids.ts'
import type { Clock } from './base/time.ts'
import type { ChannelParts } from './channels/parts.ts'
import { shortChoice } from './channels/short-choice.ts'
import type { PartsOf } from './channels/open.ts'
import type { QuotaLedger } from './channels/quota.ts'
import type { Storage } from './storage/open.ts'
import { recentChoices } from './storage/recent-choices.ts'

export interface LendOptions {
  readonly storage: Storage
  readonly clock: Clock
  readonly ids: IdSource
  readonly publicUrl: string | null
  /** Default: without words. */
  say?(key: string, params: Readonly<Record<string, string | number>>): string
  log(channel: string, what: string, details: Readonly<Record<string, string | number>>): void
}

export const lendTo =
  ({ storage, clock, ids, publicUrl, say, log }: LendOptions): PartsOf =>
  (name): ChannelParts => ({
    clock,
    ids,
    publicUrl,
    log: (what, details = {}) => log(name, what, details),
    say: (key, params = {}) => say?.(`channels:${key}`, params) ?? '',
    stageWord: (stage) => say?.(`cases:stage.${stage}`, {}) ?? '',
    storeFile: (bytes, file) => storage.media.store(bytes, file),
    readFile: (id) => storage.media.read(id),
    hookOf: (chat) => storage.groups.hookOf(name, chat),
    hookedChats: () => storage.groups.hooked(name),
    async choiceOf(chat, short) {
      const sent = await recentChoices(storage.reads.rows, name, chat, clock.now())
      // Zero bytes fit nowhere: every id in its short form.
      return sent.find((id) => shortChoice(id, 0) === short) ?? null
    },
    groupMoved: (from, to) => storage.groups.moved(name, from, to),
    groupLeft: (chat, hasLeft) => storage.groups.left(name, chat, hasLeft),
    quota: quotaOf(name, storage.quota),
  })

function quotaOf(name: string, ledger: QuotaLedger): QuotaLedger {
  const named = (account: string) => `${name} ${account}`
  return {
    open: (account, kind, allowed, at) => ledger.open(named(account), kind, allowed, at),
    left: (account) => ledger.left(named(account)),
    take: (account, windows, at) => ledger.take(named(account), windows, at),
    giveBack: (account, taken) => ledger.giveBack(named(account), taken),
    exhaust: (account, taken) => ledger.exhaust(named(account), taken),
    gone: (account, at) => ledger.gone(named(account), at),
  }
}
