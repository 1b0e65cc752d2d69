/** What the server needs from the house; `wire.ts` gives it. */
import type { AppError } from '../base/errors.ts'
import type { Clock, Instant } from '../base/time.ts'
import type { Outgoing, Received, ReceivedFile, WebhookRoute } from '../messaging/channel.ts'

export interface HttpDeps {
  readonly clock: Clock
  readonly zone: string
  readonly demo: boolean
  readonly defaultLocale: string
  /** Folder of the built pages, null where they were not built. */
  readonly pages: string | null
  /** Recorded prompts: `zh-CN/hens/sick.mp3` → the file below `root`, null for any other name. */
  readonly voices?: { readonly root: string; find(name: string): string | null }
  readonly webhooks: readonly WebhookRoute[]
  /** Resolves once the message is durable. */
  receive(message: Received): Promise<void>
  listen(chat: string, listener: (outgoing: Outgoing) => void): () => void
  /** Sent messages of a chat in order, those after `after`. */
  transcript(channel: string, chat: string, after: string, limit: number): Promise<readonly Outgoing[]>
  /** @throws AppError TOO_LARGE, FILE_UNREADABLE */
  storeFile(bytes: Uint8Array, name: string, chat: string): Promise<ReceivedFile>
  /** A file for whoever may see it; null for everybody else. */
  openFile(chat: string, id: string): Promise<{ readonly type: string; readonly bytes: Uint8Array } | null>
  /** A file that this chat may send; null for every other one. */
  fileById(id: string, chat: string): Promise<ReceivedFile | null>
  villageByCode(code: string): Promise<{ path: string; name: string } | null>
  /** What a page shows before it is heard; without it pages open empty. */
  readonly greeter?: {
    languageFor(wanted: string): string
    welcome(village: { readonly name: string }, language: string): Outgoing
    /** Words of the page itself, by their name in `web.json`. */
    say(word: string, params: Readonly<Record<string, string | number>>, language: string): string
  }
  /** The page of a village's poster; null for an unknown code. @param origin where the page was asked for */
  poster?(code: string, language: string, origin: string): Promise<string | null>
  groupByPage(code: string): Promise<{ channel: string; chat: string; title: string } | null>
  readiness(): Promise<{ database: boolean; oldestDue: Instant | null; lastTick: Instant | null }>
  /** Prometheus text. */
  metrics(): Promise<string>
  /** The sentence for an error, in that language. */
  explain(error: AppError, language: string): string
  logError(error: unknown): void
}
