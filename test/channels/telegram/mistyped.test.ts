/** Updates with the right secret whose fields are of other types than the platform's documentation says: taken and left. */
import { afterEach, expect, test } from 'vitest'
import { closeAll, opened } from './opened.ts'
import { SECRET } from './stand-in.ts'

afterEach(closeAll)

const PERSON = 52000000001
const chat = { id: PERSON, type: 'private', first_name: '吴' }
const from = { id: PERSON, is_bot: false, first_name: '吴', language_code: 'zh-hans' }
const plain = { message_id: 1, date: 1_795_000_000, chat, from, text: '在吗' }
const tap = { id: '9', from, chat_instance: '1', message: plain, data: 'x' }
const odd = { toString: 1, valueOf: 1 }
const deep = '['.repeat(5_000) + ']'.repeat(5_000)

test.each<[string, object]>([
  ['a text that is a list', { message: { ...plain, text: ['在吗'] } }],
  ['a text that is a number', { message: { ...plain, text: 7 } }],
  ['a text that is null', { message: { ...plain, text: null } }],
  ['a caption that is a list', { message: { ...plain, text: undefined, caption: ['x'] } }],
  ['entities that are none', { message: { ...plain, entities: 'x' } }],
  ['an entity that is null', { message: { ...plain, entities: [null] } }],
  ['a chat that is a word', { message: { ...plain, chat: 'x' } }],
  ['a chat without a number', { message: { ...plain, chat: { ...chat, id: odd } } }],
  ['a chat that is a list', { message: { ...plain, chat: { ...chat, id: [PERSON] } } }],
  ['a person without a number', { message: { ...plain, from: { ...from, id: odd } } }],
  ['a person that is a list', { message: { ...plain, from: { ...from, id: [1] } } }],
  ['a number of a message that is an object', { message: { ...plain, message_id: { a: 1 } } }],
  ['a date that is a word', { message: { ...plain, date: 'x' } }],
  ['a date beyond all calendars', { message: { ...plain, date: 1e300 } }],
  ['no date', { message: { ...plain, date: undefined } }],
  ['a language that is a list', { message: { ...plain, from: { ...from, language_code: ['zh'] } } }],
  ['a place of words', { message: { ...plain, text: undefined, location: { latitude: 'a', longitude: 'b' } } }],
  ['a place on no earth', { message: { ...plain, text: undefined, location: { latitude: 1e9, longitude: 0 } } }],
  ['a photo that is none', { message: { ...plain, text: undefined, photo: 'x' } }],
  ['a file id that is a list', { message: { ...plain, text: undefined, voice: { file_id: ['x'] } } }],
  ['a group that moved to an object', { message: { ...plain, migrate_to_chat_id: odd } }],
  ['a tap with data that is a list', { callback_query: { ...tap, data: ['x'] } }],
  ['a tap with data that is a number', { callback_query: { ...tap, data: 3 } }],
  ['a tap without a number', { callback_query: { ...tap, id: odd } }],
  ['a tap of a person without a number', { callback_query: { ...tap, from: { ...from, id: odd } } }],
  ['an edit that is a list', { edited_message: [plain] }],
  ['an edit with a date that is a word', { edited_message: { ...plain, edit_date: 'x' } }],
  ['a membership that is a word', { my_chat_member: 'x' }],
  ['a membership of nobody', { my_chat_member: { chat: { id: odd, type: 'group' }, new_chat_member: null } }],
])('%s', async (_, fields) => {
  const world = await opened({ webhook: true })
  await world.start()
  const [route] = world.standIn.channel.routes ?? []
  const call = (body: string) =>
    route?.handle({
      method: 'POST',
      path: route.path,
      query: {},
      headers: { 'x-telegram-bot-api-secret-token': SECRET },
      body: Buffer.from(body),
    })
  const answer = await call(JSON.stringify({ update_id: 1, ...fields }))
  expect(answer?.status).toBe(200)
  expect(world.received).toEqual([])
  expect((await call(`{"update_id":2,"x":${deep}}`))?.status).toBe(200)
  expect((await call(JSON.stringify({ update_id: 3, message: plain })))?.status).toBe(200)
  expect(world.received).toHaveLength(1)
})
