import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { buildServer } from '../../src/http/server.ts'
import { houseWith } from './deps.ts'

const TOKEN = 'a'.repeat(43)
const CHAT = createHash('sha256').update(TOKEN).digest('hex')
const ID = 'f'.repeat(64)

const server = () =>
  buildServer(
    houseWith([], {
      openFile: (chat, id) =>
        Promise.resolve(chat === CHAT && id === ID ? { type: 'audio/amr', bytes: Buffer.from('#!AMR') } : null),
    }).deps,
  )

const get = async (id: string, token: string | null) => {
  const http = await server()
  const headers = token === null ? {} : { authorization: `Bearer ${token}` }
  const answer = await http.inject({ url: `/api/chat/files/${id}`, headers })
  await http.close()
  return answer
}

test('a file goes to the chat that may see it, and is never shown as a page', async () => {
  const answer = await get(ID, TOKEN)
  expect(answer.statusCode).toBe(200)
  expect(answer.rawPayload.toString()).toBe('#!AMR')
  expect(answer.headers).toMatchObject({
    'content-type': 'audio/amr',
    'content-disposition': 'attachment',
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, no-store',
  })
})

test.each([
  ['another chat', ID, 'b'.repeat(43), 404],
  ['a file that is not there', 'e'.repeat(64), TOKEN, 404],
  ['no token', ID, null, 401],
  ['a path', '..%2f..%2fkeys.json', TOKEN, 400],
])('%s: nothing is given and nothing is told', async (_, id, token, status) => {
  expect((await get(id, token)).statusCode).toBe(status)
})
