import type { Message, MessageEntity, Update } from 'grammy/types'
import { afterEach, describe, expect, test } from 'vitest'
import { AppError } from '../../../src/base/errors.ts'
import { closeAll, opened, type Opened } from './opened.ts'
import { ERRORS } from './stand-in.ts'

afterEach(closeAll)

const PERSON = '52000000001'
const GROUP = '-4000000001'

/** Messages one after the other, and the bodies that were heard. */
async function heard(chat: string, ...messages: Partial<Message>[]) {
  const world = await opened()
  await world.start()
  for (const more of messages) await world.standIn.push(world.standIn.message(chat, PERSON, more))
  return { ...world, bodies: world.received.map(({ body }) => body) }
}

const command = (text: string, length: number): Partial<Message> => ({
  text,
  entities: [{ type: 'bot_command', offset: 0, length }],
})
const mention = (text: string, at: string): MessageEntity[] => [
  { type: 'mention', offset: text.indexOf(at), length: at.length },
]

describe('in private', () => {
  test('ids, language and time', async () => {
    const { received } = await heard(PERSON, { message_id: 77, text: '你好', date: 1_795_000_000 })
    expect(received).toEqual([
      {
        channel: 'telegram',
        messageId: `${PERSON}:77`,
        chat: PERSON,
        from: PERSON,
        group: false,
        at: 1_795_000_000_000,
        language: 'zh-hans',
        body: { kind: 'text', text: '你好' },
      },
    ])
  })

  test('commands', async () => {
    const { bodies } = await heard(
      PERSON,
      command('/start', 6),
      command('/start v_3f7k2a', 6),
      command('/help', 5),
      command('/menu@bangfu_bot', 16),
      command('/menu@other_bot', 15),
      { text: '你看 /menu', entities: [{ type: 'bot_command', offset: 3, length: 5 }] },
    )
    expect(bodies).toEqual([
      { kind: 'start', payload: '' },
      { kind: 'start', payload: 'v_3f7k2a' },
      { kind: 'text', text: 'help' },
      { kind: 'text', text: 'menu' },
      { kind: 'text', text: '你看 /menu' },
    ])
  })

  test('an album: each photo its own message; words under one come after it', async () => {
    const world = await opened()
    await world.start()
    const bytes = Uint8Array.from([0xff, 0xd8, 0xff, 1])
    const photo = (path: string, caption?: string) =>
      world.standIn.push(
        world.standIn.message(PERSON, PERSON, {
          media_group_id: 'album',
          photo: [{ file_id: world.standIn.put(path, bytes), file_unique_id: path, width: 9, height: 9 }],
          ...(caption !== undefined && { caption }),
        }),
      )
    await photo('photos/a.jpg', '屋顶漏了')
    await photo('photos/b.jpg')
    expect(world.received.map(({ body }) => body.kind)).toEqual(['photo', 'text', 'photo'])
    expect(world.received[1]?.body).toEqual({ kind: 'text', text: '屋顶漏了' })
    expect(new Set(world.received.map(({ messageId }) => messageId)).size).toBe(3)
    expect(world.received[0]?.body).toMatchObject({ file: { name: 'a.jpg' } })
  })

  test('of a photo the largest that may be fetched', async () => {
    const world = await opened()
    await world.start()
    const size = (path: string, width: number, bytes: number) => ({
      file_id: world.standIn.put(path, Uint8Array.from([width])),
      file_unique_id: path,
      width,
      height: width,
      file_size: bytes,
    })
    const photo = [size('small', 1, 100), size('huge', 3, 30_000_000), size('good', 2, 2_000_000)]
    await world.standIn.push(world.standIn.message(PERSON, PERSON, { photo }))
    expect([...world.house.files.values()]).toEqual([Uint8Array.from([2])])
  })

  test('other kinds of media', async () => {
    const world = await opened()
    await world.start()
    const file = (path: string) => ({ file_id: world.standIn.put(path, Uint8Array.from([1])), file_unique_id: path })
    const say = (more: object) => world.standIn.push(world.standIn.message(PERSON, PERSON, more as Partial<Message>))
    await say({ audio: { ...file('music/a.mp3'), duration: 3, file_name: '老伴说的.mp3' } })
    await say({ video: { ...file('videos/a.mp4'), width: 1, height: 1, duration: 1 } })
    await say({ video_note: { ...file('round/a.mp4'), length: 1, duration: 1 } })
    await say({ document: { ...file('documents/a.pdf'), file_name: '证明.pdf', mime_type: 'application/pdf' } })
    await say({ document: { ...file('documents/b.png'), file_name: '单子.png', mime_type: 'image/png' } })
    await say({ venue: { location: { latitude: 28.1, longitude: 109.2 }, title: '村部', address: '' } })
    expect(world.received.map(({ body }) => body)).toMatchObject([
      { kind: 'voice', transcript: null, file: { name: '老伴说的.mp3' } },
      { kind: 'video' },
      { kind: 'video' },
      { kind: 'file', file: { name: '证明.pdf' } },
      { kind: 'photo', file: { name: '单子.png' } },
      { kind: 'location', latitude: 28.1, longitude: 109.2 },
    ])
  })

  test('what can not be read is said to be there; what the platform says itself is nothing', async () => {
    const { bodies } = await heard(
      PERSON,
      { sticker: {} } as Partial<Message>,
      { contact: { phone_number: '1', first_name: '石' } },
      { pinned_message: {} } as Partial<Message>,
      { photo: [{ file_id: 'x', file_unique_id: 'x', width: 1, height: 1, file_size: 99_000_000 }] },
    )
    expect(bodies).toEqual([
      { kind: 'other', what: 'sticker' },
      { kind: 'other', what: 'contact' },
      { kind: 'other', what: 'photo' },
    ])
  })

  test('a file that can not be had is told, one that can not be had now is asked for again', async () => {
    const world = await opened()
    await world.start()
    const { standIn } = world
    const document = (path: string, bytes: number) =>
      standIn.push(
        standIn.message(PERSON, PERSON, {
          document: { file_id: path, file_unique_id: path, file_size: bytes, file_name: '表.pdf' },
        }),
      )
    await document('gone', 5)
    await document('huge', 21 * 1024 * 1024)
    standIn.put('there', Uint8Array.from([1, 2]))
    standIn.script('getFile', ERRORS.down, ERRORS.tooFast, 'cut')
    await document('there', 2)
    expect(world.received.map(({ body }) => body)).toMatchObject([
      { kind: 'other', what: 'file_unavailable' },
      { kind: 'other', what: 'file_too_large' },
      { kind: 'file', file: { name: '表.pdf' } },
    ])
  })

  test('a file that is never given is given up, and holds up nobody', async () => {
    const world = await opened()
    await world.start()
    const { standIn } = world
    standIn.script('getFile', ...Array<typeof ERRORS.down>(6).fill(ERRORS.down))
    await standIn.sends?.(PERSON, 'photo', Uint8Array.from([0xff, 0xd8, 0xff]))
    expect(world.received[0]?.body).toEqual({ kind: 'other', what: 'file_unavailable' })
  })

  test('what could not be kept comes again, however often', async () => {
    let left = 9
    const world = await opened({}, {})
    const { storeFile } = world.house
    Object.assign(world.house, {
      storeFile: (bytes: Uint8Array, name: string) =>
        left-- > 0 ? Promise.reject(new Error('disk')) : storeFile(bytes, name),
    })
    await world.start()
    await world.standIn.sends?.(PERSON, 'photo', Uint8Array.from([0xff, 0xd8, 0xff]))
    expect(world.received.map(({ body }) => body.kind)).toEqual(['photo'])
  })

  test('an update that is like none is left, and told', async () => {
    const world = await opened()
    await world.start()
    await world.standIn.push({ message: { message_id: 1 } } as unknown as Partial<Update>)
    await world.standIn.push({ callback_query: { id: '1' } } as unknown as Partial<Update>)
    await world.standIn.says(PERSON, '在吗')
    expect(world.received).toHaveLength(1)
    expect(world.house.logged.filter((line) => line.includes('unreadable'))).not.toEqual([])
  })

  test('what the media store refuses is told too', async () => {
    const world = await opened({}, { storeFile: () => Promise.reject(new AppError('FILE_UNREADABLE', {})) })
    await world.start()
    const file_id = world.standIn.put('x.exe', Uint8Array.from([1]))
    await world.standIn.push(
      world.standIn.message(PERSON, PERSON, { document: { file_id, file_unique_id: 'x', file_name: 'x.exe' } }),
    )
    expect(world.received[0]?.body).toEqual({ kind: 'other', what: 'file.exe' })
  })

  test('an edited message is told, with an id of its own; moving on a map is none', async () => {
    const world = await opened()
    await world.start()
    const { message } = world.standIn.message(PERSON, PERSON, {
      message_id: 5,
      text: '四口人',
      edit_date: 1_795_000_100,
    })
    const { message: moving } = world.standIn.message(PERSON, PERSON, { location: { latitude: 1, longitude: 2 } })
    await world.standIn.push({ edited_message: message } as Partial<Update>)
    await world.standIn.push({ edited_message: moving } as Partial<Update>)
    expect(world.received.map(({ messageId, body }) => [messageId, body])).toEqual([
      [`${PERSON}:5:e1795000100`, { kind: 'other', what: 'edited' }],
    ])
  })

  test('another bot is not heard', async () => {
    const { bodies } = await heard(PERSON, { text: '你好', from: { id: 9, is_bot: true, first_name: '机器' } })
    expect(bodies).toEqual([])
  })
})

describe('in a group', () => {
  test('the mention of the bot is taken out, other names stay', async () => {
    const before = '@bangfu_bot 26112200012 已联系'
    const behind = '26112200012 已联系 @Bangfu_Bot'
    const other = '@lilei 26112200012 交给你'
    const { bodies, received } = await heard(
      GROUP,
      { text: before, entities: mention(before, '@bangfu_bot') },
      { text: behind, entities: mention(behind, '@Bangfu_Bot') },
      { text: other, entities: mention(other, '@lilei') },
      command('/menu@bangfu_bot', 16),
    )
    expect(bodies).toEqual([
      { kind: 'text', text: '26112200012 已联系' },
      { kind: 'text', text: '26112200012 已联系' },
      { kind: 'text', text: other },
      { kind: 'text', text: 'menu' },
    ])
    expect(received[0]).toMatchObject({ chat: GROUP, from: PERSON, group: true })
  })

  test('whoever writes as the group, forwards or edits has no say', async () => {
    const world = await heard(
      GROUP,
      { text: '解除', sender_chat: { id: -100, type: 'channel', title: '群' } } as Partial<Message>,
      { text: '解除', forward_origin: { type: 'hidden_user', date: 1, sender_user_name: '王书记' } },
    )
    const { message } = world.standIn.message(GROUP, PERSON, { text: '解除', edit_date: 9 })
    await world.standIn.push({ edited_message: message } as Partial<Update>)
    expect(world.received).toEqual([])
  })

  test('a group that becomes a supergroup is told from both sides', async () => {
    const { house, received } = await heard(GROUP, { migrate_to_chat_id: -1001 })
    expect(house.movedGroups).toEqual([[GROUP, '-1001']])
    const other = await heard('-1001', { migrate_from_chat_id: Number(GROUP) })
    expect(other.house.movedGroups).toEqual([[GROUP, '-1001']])
    expect(received).toEqual([])
  })

  test.each([
    [{ status: 'left' }, true],
    [{ status: 'kicked' }, true],
    [{ status: 'restricted', is_member: false }, true],
    [{ status: 'restricted', is_member: true }, false],
    [{ status: 'member' }, false],
    [{ status: 'administrator' }, false],
  ])('taken out or in: %j', async (status, hasLeft) => {
    const { standIn, start, house, received } = await opened()
    await start()
    const chat = { id: Number(GROUP), type: 'supergroup', title: '群' }
    await standIn.push({ my_chat_member: { chat, new_chat_member: status } } as unknown as Partial<Update>)
    expect([...house.leftGroups]).toEqual([[GROUP, hasLeft]])
    expect(received).toEqual([])
  })
})

describe('taps', () => {
  const choices = [
    { id: 'yes', label: '1. 是' },
    { id: 'no', label: '2. 不是' },
  ]
  const asked = async (world: Opened, more = choices) => {
    await world.start()
    await world.send(PERSON, '对吗？\n<看看>', { choices: more })
  }

  test('the button stops turning; the message shows what was chosen', async () => {
    const world = await opened()
    await asked(world)
    await world.standIn.taps?.(PERSON, 'yes')
    expect(world.received[0]).toMatchObject({ chat: PERSON, from: PERSON, body: { kind: 'choice', id: 'yes' } })
    await world.until('it was marked', () => world.standIn.edits.length === 1)
    expect(world.standIn.edits[0]).toMatchObject({
      text: '对吗？\n<看看>\n✓ 1. 是',
      keyboard: '{"inline_keyboard":[]}',
    })
    expect(world.standIn.calls.filter(({ method }) => method === 'answerCallbackQuery')).toHaveLength(1)
  })

  test('too old to be answered, and an edit that is refused, are no trouble', async () => {
    const world = await opened()
    await asked(world)
    world.standIn.script('answerCallbackQuery', ERRORS.entities)
    world.standIn.script('editMessageText', ERRORS.notFound)
    await world.standIn.taps?.(PERSON, 'no')
    expect(world.received[0]?.body).toEqual({ kind: 'choice', id: 'no' })
    expect(world.house.logged).toEqual([])
  })

  test('buttons about other matters stay', async () => {
    const world = await opened()
    await asked(world, [
      { id: 'ack:26112200012', label: '知道了 1' },
      { id: 'ack:26112200023', label: '知道了 2' },
    ])
    await world.standIn.taps?.(PERSON, 'ack:26112200012')
    await world.until('it was marked', () => world.standIn.edits.length === 1)
    expect(world.standIn.edits[0]?.keyboard).toContain('ack:26112200023')
    expect(world.standIn.edits[0]?.keyboard).not.toContain('ack:26112200012')
  })

  test('a long id is found again after a restart; one that nobody knows is passed on', async () => {
    const long = `edit:${'家庭成员/'.repeat(20)}`
    const before = await opened()
    await asked(before, [{ id: long, label: '改' }])
    const data = before.standIn.shown(PERSON)[0]?.choices[0]?.id ?? ''
    expect(Buffer.byteLength(data)).toBeLessThanOrEqual(64)
    const after = await opened()
    after.house.choices.push(long)
    await after.start()
    const tap = (id: string, tapped: string): Partial<Update> => ({
      callback_query: {
        id,
        from: { id: Number(PERSON), is_bot: false, first_name: '石' },
        // As the platform gives a message that it doesn't keep any more.
        message: { message_id: 1, date: 0, chat: { id: Number(PERSON), type: 'private', first_name: '石' } },
        chat_instance: '1',
        data: tapped,
      },
    })
    await after.standIn.push(tap('7', data))
    await after.standIn.push(tap('8', `~${'x'.repeat(22)}`))
    expect(after.received.map(({ messageId, body }) => [messageId, body])).toEqual([
      ['cb:7', { kind: 'choice', id: long }],
      ['cb:8', { kind: 'choice', id: `~${'x'.repeat(22)}` }],
    ])
    expect(after.standIn.edits).toEqual([])
  })
})
