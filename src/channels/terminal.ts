/** A person at the keyboard: each line is a message, each answer is printed. */
import { createInterface, type Interface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import type { Clock } from '../base/time.ts'
import type { IdSource } from '../base/ids.ts'
import type { Channel, Outgoing, Received } from '../messaging/channel.ts'
import { ABILITIES } from './abilities.ts'

export interface TerminalOptions {
  readonly input: Readable
  readonly output: Writable
  /** Whose account it is. */
  readonly user: string
  readonly clock: Clock
  readonly ids: IdSource
  /** The person is gone: end of input. */
  onEnd(): void
  onFault(error: unknown): void
}

export function terminalChannel(options: TerminalOptions): Channel {
  let lines: Interface | null = null
  const message = (body: Received['body']): Received => ({
    channel: 'terminal',
    messageId: options.ids.next(),
    chat: options.user,
    from: options.user,
    group: false,
    at: options.clock.now(),
    language: null,
    body,
  })
  return {
    name: 'terminal',
    abilities: ABILITIES.terminal,
    async start(deliver) {
      await deliver(message({ kind: 'start', payload: '' }))
      lines = createInterface({ input: options.input, terminal: false })
      void talk(lines, (text) => deliver(message({ kind: 'text', text }))).then(options.onEnd, options.onFault)
    },
    send(outgoing: Outgoing) {
      if (outgoing.chat !== options.user) return Promise.resolve({ kind: 'unsendable', reason: 'another chat' })
      return new Promise((resolve) =>
        options.output.write(`\n${outgoing.text}\n\n`, () => resolve({ kind: 'sent', platformId: null })),
      )
    },
    stop() {
      lines?.close()
      return Promise.resolve()
    },
  }
}

async function talk(lines: Interface, say: (text: string) => Promise<void>): Promise<void> {
  for await (const text of lines) await say(text)
}
