/**
 * telegram-test-api, a stand-in that others wrote, behind a door of ours: it does not hold polls and knows no files, so the door
 * waits a little before an empty answer and hands out the photo.
 */
import { createServer, type Server } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'

export interface BotMessage {
  readonly text: string
  readonly messageId: number
  readonly chatId: string
  readonly buttons: readonly { readonly text: string; readonly callback_data: string }[]
}

export interface Client {
  makeMessage(text: string | undefined, more?: object): object
  makeCommand(text: string): object
  makeCallbackQuery(data: string, more: object): object
  sendMessage(message: object): Promise<unknown>
  sendCommand(message: object): Promise<unknown>
  sendCallback(query: object): Promise<unknown>
}

interface Api {
  readonly config: { readonly apiURL: string }
  readonly storage: { readonly botMessages: readonly Stored[] }
  start(): Promise<void>
  stop(): Promise<unknown>
  getClient(token: string, options: object): Client
}

interface Stored {
  readonly messageId: number
  readonly message: {
    readonly chat_id: number | string
    readonly text: string
    readonly reply_markup?: { readonly inline_keyboard: readonly (readonly BotMessage['buttons'][number][])[] }
  }
}

export interface ThirdParty {
  readonly root: string
  client(token: string, user: number): Client
  /** What the bot has said, in order; edited messages as they are now. */
  said(): readonly BotMessage[]
  close(): Promise<void>
}

const HOLD_MS = 15
const PHOTO = Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3])

export async function thirdParty(): Promise<ThirdParty> {
  const TelegramServer = createRequire(import.meta.url)('telegram-test-api') as new (config: object) => Api
  // Port 0 would fall back to a fixed one.
  const server = new TelegramServer({ host: '127.0.0.1', port: await freePort(), storeTimeout: 3600 })
  await server.start()
  const door = createServer((request, response) => {
    const pass = async () => {
      const parts: Buffer[] = []
      for await (const part of request) parts.push(part as Buffer)
      const { url = '' } = request
      const isFile = url.startsWith('/file/')
      if (isFile || url.endsWith('/getFile')) {
        const asked = { ok: true, result: { file_id: 'f', file_unique_id: 'f', file_path: 'photos/photo.jpg' } }
        return response.end(isFile ? PHOTO : JSON.stringify(asked))
      }
      const answer = await fetch(server.config.apiURL + url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: Buffer.concat(parts),
      })
      const body = await answer.text()
      const isEmpty = url.endsWith('/getUpdates') && body.includes('"result":[]')
      if (isEmpty) await new Promise((resolve) => setTimeout(resolve, HOLD_MS))
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(body)
    }
    pass().catch(() => response.destroy())
  })
  const root = await listen(door)
  return {
    root,
    client: (token, user) => server.getClient(token, { userId: user, chatId: user, firstName: '石二妹' }),
    said: () =>
      server.storage.botMessages.map(({ messageId, message }) => ({
        text: message.text,
        messageId,
        chatId: String(message.chat_id),
        buttons: message.reply_markup?.inline_keyboard.flat() ?? [],
      })),
    async close() {
      await new Promise<void>((resolve) => {
        door.close(() => resolve())
        door.closeAllConnections()
      })
      await server.stop()
    },
  }
}

const listen = (server: Server): Promise<string> =>
  new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`))
  })

async function freePort(): Promise<number> {
  const server = createServer()
  const root = await listen(server)
  await new Promise((resolve) => server.close(resolve))
  return Number(new URL(root).port)
}
