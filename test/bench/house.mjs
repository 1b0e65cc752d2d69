/** The whole road of a message on a SQLite file: real storage, engine, words and outbox; only the network is left out. */
import fs from 'node:fs'
import os from 'node:os'
import { dirname, join } from 'node:path'
import { sortableIds } from '../../dist/base/ids.js'
import { recordingChannel } from '../../dist/channels/recording.js'
import { flowEngine } from '../../dist/messaging/engine.js'
import { flowCatalogue } from '../../dist/messaging/flow-versions.js'
import { createMessaging } from '../../dist/messaging/messaging.js'
import { openStorage } from '../../dist/storage/open.js'
import { benchFlow, realWords } from './built.mjs'

/** Platform whose abilities the replies are fitted to. Its message ids rise, as this one's do. */
const CHANNEL = 'telegram'

/**
 * @param options.submit the handler of the flow
 * @param options.onReply called with the chat and the words when a reply is handed to the transport
 */
export async function openHouse({ file, synchronous, questions, submit, onReply, liveChats }) {
  const dataDir = fs.mkdtempSync(join(os.tmpdir(), 'bangfu-bench-'))
  const storage = await openStorage({ url: `file:${file}`, dataDir, role: 'runner', synchronous })
  const { text, words } = realWords()
  const clock = { now: () => Date.now() }
  const channel = recordingChannel(CHANNEL, (outgoing) => onReply(outgoing.chat, outgoing.text))
  const messaging = createMessaging({
    writer: storage.writer,
    reads: storage.reads.messaging,
    engine: flowEngine,
    flows: flowCatalogue([benchFlow(questions, words)], []),
    text,
    forms: words.forms,
    channels: new Map([[CHANNEL, channel]]),
    handlers: { submit: { bench: submit }, alert: null, commands: [], words: {}, openings: {} },
    find: () => Promise.resolve([]),
    clock,
    ids: sortableIds(clock, Math.random),
    zone: 'Asia/Shanghai',
    fault: (code, details, cause) => {
      throw new Error(`${code} ${JSON.stringify(details)}`, { cause })
    },
    random: Math.random,
    ...(liveChats !== undefined && { liveChats }),
  })
  await channel.start((received) => messaging.receive(received))
  let messages = 700_000_000
  return {
    messaging,
    storage,
    /** Resolves once the answer is durable and its reply was handed over. */
    say: (chat, said) =>
      channel.receive({
        channel: CHANNEL,
        messageId: String(++messages),
        chat,
        from: chat,
        group: false,
        at: clock.now(),
        language: 'en',
        body: { kind: 'text', text: said },
      }),
    async close() {
      await messaging.stop()
      await storage.close()
      fs.rmSync(dataDir, { recursive: true, force: true })
      for (const name of fs.readdirSync(dirname(file))) {
        if (join(dirname(file), name).startsWith(`${file}.`)) fs.rmSync(join(dirname(file), name), { force: true })
      }
    },
  }
}
