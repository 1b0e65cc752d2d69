import { afterEach, describe, expect, test } from 'vitest'
import type { RawRequest } from '../../../src/messaging/channel.ts'
import { closeAll, opened } from './opened.ts'
import { ERRORS, SECRET } from './stand-in.ts'

afterEach(closeAll)

const PERSON = '52000000001'

async function listening() {
  const world = await opened({ webhook: true })
  await world.start()
  await world.until('the platform was told where to call', () => world.standIn.webhook() !== null)
  const [route] = world.standIn.channel.routes ?? []
  if (!route) throw new Error('there is no route')
  const update = (more: object = {}) => ({
    update_id: 1,
    ...world.standIn.message(PERSON, PERSON, { text: '在吗' }),
    ...more,
  })
  const call = (body: unknown, more: Partial<RawRequest> = {}) =>
    route.handle({
      method: 'POST',
      path: route.path,
      query: {},
      headers: { 'x-telegram-bot-api-secret-token': SECRET },
      body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
      ...more,
    })
  return { ...world, call, update }
}

describe('the webhook', () => {
  test('is set with its secret and the kinds of updates', async () => {
    const { standIn } = await listening()
    const [set] = standIn.calls.filter(({ method }) => method === 'setWebhook')
    expect(set?.fields.get('url')?.value).toBe('https://bangfu.example/webhooks/telegram')
    expect(set?.fields.get('secret_token')?.value).toBe(SECRET)
    expect(JSON.parse(set?.fields.get('allowed_updates')?.value ?? '')).toContain('my_chat_member')
    expect(standIn.calls.some(({ method }) => method === 'getUpdates')).toBe(false)
  })

  test.each<[string, Readonly<Record<string, string>>]>([
    ['none', {}],
    ['another', { 'x-telegram-bot-api-secret-token': `${SECRET}x` }],
    ['of another length', { 'x-telegram-bot-api-secret-token': 'x' }],
  ])('a wrong secret changes nothing: %s', async (_, headers) => {
    const { call, update, received } = await listening()
    expect((await call(update(), { headers })).status).toBe(401)
    expect(received).toEqual([])
  })

  test.each([
    ['not JSON', '{"update_id":1,'],
    ['not an object', '[1]'],
    ['null', 'null'],
    ['no id', '{}'],
    ['an id that is a word', '{"update_id":"1"}'],
    ['nothing', ''],
  ])('what is no update changes nothing: %s', async (_, body) => {
    const { call, received } = await listening()
    expect((await call(body)).status).toBe(400)
    expect(received).toEqual([])
  })

  test('bytes that are no UTF-8 change nothing', async () => {
    const { call, received } = await listening()
    const body = Buffer.concat([Buffer.from('{"update_id":1,"x":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')])
    expect((await call('', { body })).status).toBe(400)
    expect(received).toEqual([])
  })

  test('a kind that nobody asked for is taken and left', async () => {
    const { call, received } = await listening()
    expect((await call({ update_id: 7, poll_answer: {} })).status).toBe(200)
    expect(received).toEqual([])
  })

  test('answers 200 once it is durable, and the same again for a repeat', async () => {
    const { call, update, received, onDeliver } = await listening()
    let failing = true
    onDeliver(() => (failing ? Promise.reject(new Error('disk')) : Promise.resolve()))
    const given = update()
    expect((await call(given)).status).toBe(500)
    failing = false
    expect((await call(given)).status).toBe(200)
    expect((await call(given)).status).toBe(200)
    expect(new Set(received.map(({ messageId }) => messageId)).size).toBe(1)
  })

  test('updates of one chat are taken one after the other', async () => {
    const { call, update, received, onDeliver, standIn } = await listening()
    let open = () => {}
    onDeliver(() => new Promise((resolve) => (open = resolve)))
    const first = call(update())
    const second = call({ update_id: 2, ...standIn.message(PERSON, PERSON, { text: '二' }) })
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(received).toHaveLength(1)
    open()
    expect((await first).status).toBe(200)
    while (received.length < 2) await new Promise((resolve) => setTimeout(resolve, 1))
    open()
    expect((await second).status).toBe(200)
  })

  test('is refused where the address is no https, and told', async () => {
    const world = await opened({ webhook: true }, { publicUrl: 'http://bangfu.example' })
    await world.start()
    await world.until('it was told', () => world.house.logged.some((line) => line.includes('telegram:400')))
    expect(world.house.logged.join('\n')).not.toContain(SECRET)
  })

  test('without a public address it polls', async () => {
    const world = await opened({ webhook: true }, { publicUrl: null })
    expect(world.standIn.channel.routes).toBeUndefined()
    world.standIn.script('getUpdates', ERRORS.down)
    await world.start()
    await world.until('it polls', () => world.standIn.calls.some(({ method }) => method === 'getUpdates'))
    expect(world.house.logged[0]).toContain('telegram_webhook_needs_public_url')
  })
})
