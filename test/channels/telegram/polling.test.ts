import { afterEach, describe, expect, test } from 'vitest'
import { closeAll, opened } from './opened.ts'
import { ERRORS, TOKEN } from './stand-in.ts'

afterEach(closeAll)

const PEOPLE = ['52000000001', '52000000002', '52000000003'] as const
const [ONE, TWO] = PEOPLE
const textOf = (body: { kind: string; text?: string }) => body.text

describe('long polling', () => {
  test('what comes after a failed update is not confirmed, and nothing is taken twice', async () => {
    const { standIn, received, onDeliver, start, until } = await opened()
    let failing = true
    onDeliver(({ from }) => (from === ONE && failing ? Promise.reject(new Error('disk')) : Promise.resolve()))
    const first = standIn.says(ONE, '一')
    const second = standIn.says(TWO, '二')
    const third = standIn.says(ONE, '三')
    await start()
    await until('the first was tried three times', () => received.filter(({ from }) => from === ONE).length >= 3)
    // Of the same chat the later one waits; of another chat it is taken, once.
    expect(new Set(received.filter(({ from }) => from === ONE).map(({ body }) => textOf(body)))).toEqual(
      new Set(['一']),
    )
    expect(received.filter(({ from }) => from === TWO)).toHaveLength(1)
    const before = standIn.confirmed()
    failing = false
    await Promise.all([first, second, third])
    expect(standIn.confirmed()).toBeGreaterThan(before)
    expect(received.filter(({ from }) => from === TWO)).toHaveLength(1)
    expect(received.at(-1)?.body).toEqual({ kind: 'text', text: '三' })
  })

  test('a slow chat holds up no other, and each keeps its order', async () => {
    const { standIn, received, onDeliver, start, until } = await opened()
    let open = () => {}
    const gate = new Promise<void>((resolve) => (open = resolve))
    onDeliver(({ from }) => (from === ONE ? gate : Promise.resolve()))
    const all = ['一', '二', '三'].flatMap((text) => PEOPLE.map((person) => standIn.says(person, text)))
    await start()
    await until('the others are through', () => received.filter(({ from }) => from !== ONE).length === 6)
    expect(received.filter(({ from }) => from === ONE)).toHaveLength(1)
    open()
    await Promise.all(all)
    for (const person of PEOPLE) {
      expect(received.filter(({ from }) => from === person).map(({ body }) => textOf(body))).toEqual(['一', '二', '三'])
    }
  })

  test('another program with the token is told once, and outlasted', async () => {
    const { standIn, house, received, start } = await opened()
    standIn.script('getUpdates', ...Array<typeof ERRORS.otherPoller>(4).fill(ERRORS.otherPoller))
    await start()
    await standIn.says(ONE, '在吗')
    expect(received).toHaveLength(1)
    expect(house.logged.filter((line) => line.includes('409_other_receiver'))).toHaveLength(1)
    expect(house.logged.some((line) => line.startsWith('telegram_back'))).toBe(true)
  })

  test('a webhook that was set before is taken away; what waits is kept', async () => {
    const { standIn, start } = await opened()
    await start()
    await standIn.says(ONE, '在吗')
    const [first] = standIn.calls.filter(({ method }) => method === 'deleteWebhook')
    expect(first?.fields.get('drop_pending_updates')?.value).toBe('false')
    const [asked] = standIn.calls.filter(({ method }) => method === 'getUpdates')
    expect(JSON.parse(asked?.fields.get('allowed_updates')?.value ?? '')).toEqual([
      'message',
      'edited_message',
      'callback_query',
      'my_chat_member',
    ])
  })

  test('a wrong token stops no start, and is never told', async () => {
    const { standIn, house, start, until } = await opened()
    standIn.script('getMe', ...Array<typeof ERRORS.token>(3).fill(ERRORS.token))
    await start()
    await standIn.says(ONE, '在吗')
    await until('it was told', () => house.logged.some((line) => line.includes('telegram:401')))
    expect(house.logged.join('\n')).not.toContain(TOKEN)
  })

  test('the pause that the platform asks for is kept', async () => {
    const pauses: number[] = []
    const { standIn, start } = await opened({
      pause: (milliseconds) => {
        pauses.push(milliseconds)
        return Promise.resolve()
      },
    })
    standIn.script('getUpdates', ERRORS.tooFast, ERRORS.down, ERRORS.down)
    await start()
    await standIn.says(ONE, '在吗')
    expect(pauses.slice(0, 3)).toEqual([7000, 2000, 4000])
  })
})
