/** Stories of test/stories, told through Telegram as somebody else's stand-in has it: the same words, with buttons. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { telegramChannel } from '../../../src/channels/telegram/telegram.ts'
import type { Channel, ChannelName } from '../../../src/messaging/channel.ts'
import { memoryStorage } from '../../../src/storage/memory/memory-storage.ts'
import { house, type House } from '../../messaging/fixtures/house.ts'
import { lent } from '../lent.ts'
import { parseHtml } from './html.ts'
import { thirdParty, type BotMessage, type Client, type ThirdParty } from './third-party.ts'

const TOKEN = '123456:TEST'
const PERSON = 42
const NUMBERED = /^\d+\. /
const PLACES = ['阳孟村', '坪朗村', '坪年村']

let platform: ThirdParty
let channel: Channel
let home: House
let person: Client

beforeEach(async () => {
  platform = await thirdParty()
  const clock = { now: () => home.now }
  channel = telegramChannel(
    { TELEGRAM_TOKEN: TOKEN, TELEGRAM_API_ROOT: platform.root, TELEGRAM_SENSITIVE: 'allow' },
    lent(memoryStorage({ clock }), clock),
    { callMs: 5000, holdSeconds: 1, pause: () => new Promise((resolve) => setTimeout(resolve, 5)) },
  )
  home = house({
    channels: new Map<ChannelName, Channel>([['telegram', channel]]),
    find: ({ text }) =>
      Promise.resolve(
        PLACES.filter((place) => text === '' || place === text).map((place) => ({
          value: `吉首市/矮寨镇/${place}`,
          label: place,
          exact: text !== '',
        })),
      ),
  })
  person = platform.client(TOKEN, PERSON)
  await channel.start((received) => home.messaging.receive(received))
})

afterEach(async () => {
  await channel.stop()
  await platform.close()
})

const until = async <T>(found: () => T | undefined): Promise<T> => {
  for (let left = 1500; left > 0; left--) {
    const value = found()
    if (value !== undefined) return value
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
  throw new Error('waited in vain')
}

/** Does something, and waits for what the bot says next. */
async function next(act: () => Promise<unknown>): Promise<BotMessage> {
  const before = platform.said().length
  await act()
  return until(() => platform.said()[before])
}

const types = (text: string) => next(() => person.sendMessage(person.makeMessage(text)))

const taps = (message: BotMessage, data: string) => {
  const markup = { inline_keyboard: [message.buttons] }
  const under = { message_id: message.messageId, date: 1, text: message.text, reply_markup: markup }
  return next(() => person.sendCallback(person.makeCallbackQuery(data, { message: under })))
}

const photo = () =>
  next(() =>
    person.sendMessage({
      ...person.makeMessage(''),
      text: undefined,
      photo: [{ file_id: 'f', file_unique_id: 'f', width: 9, height: 9 }],
    }),
  )

const read = (message: BotMessage): string => parseHtml(message.text)?.text ?? 'markup that can not be read'

/** As a story has it: the choices under the words, those without a number with their ids. */
function asStory(message: BotMessage): string {
  const numbered = message.buttons.filter(({ text }) => NUMBERED.test(text)).map(({ text }) => text)
  const others = message.buttons
    .filter(({ text }) => !NUMBERED.test(text))
    .map(({ text, callback_data: id }) => `[${id}: ${text}]`)
  return [read(message), ...numbered, ...(others.length > 0 ? [others.join(' ')] : [])].join('\n')
}

/** A story as what is sent and what is said to it; what the bot does beside talking is left out. */
function storyOf(file: string): { opening: string; turns: readonly { sent: string; said: string }[] } {
  const [opening = '', ...rest] = readFileSync(join(import.meta.dirname, '../../stories', file), 'utf8').split(/^> /m)
  const turns = rest.map((turn) => {
    const [sent = '', ...lines] = turn.split('\n')
    return {
      sent,
      said: lines
        .filter((line) => !/^(\((learn|submit|end)|  )/.test(line))
        .join('\n')
        .trim(),
    }
  })
  return { opening: opening.trim(), turns }
}

describe('stories on Telegram', () => {
  test('the menu comes as buttons, one or two in a row', async () => {
    const menu = await next(() => person.sendCommand(person.makeCommand('/menu')))
    expect(read(menu)).toBe('下面的事我能帮您办，回前面的数字，或者直接说。')
    expect(menu.buttons[0]?.callback_data).toBe('hardship_report')
    expect(menu.buttons.map(({ text }) => text.split('.')[0])).toEqual(
      menu.buttons.map((_, place) => String(place + 1)),
    )
    const greeting = await next(() => person.sendCommand(person.makeCommand('/start')))
    expect(read(greeting)).toContain('您好，我是帮扶通。')
    expect(greeting.buttons).toEqual(menu.buttons)
  })

  test('hardship_report, straight through, by buttons where there are some', async () => {
    const story = storyOf('hardship_report.straight.txt')
    const menu = await next(() => person.sendCommand(person.makeCommand('/start')))
    let shown = await taps(menu, 'hardship_report')
    expect(asStory(shown)).toBe(story.opening)
    for (const [place, { sent, said }] of story.turns.entries()) {
      const button = shown.buttons.find(({ text }) => text.startsWith(`${sent}. `))
      if (sent === '(photo)') shown = await photo()
      else shown = button ? await taps(shown, button.callback_data) : await types(sent)
      // At the end the house says what else there is, which is none of the flow's words.
      if (place === story.turns.length - 1) expect(asStory(shown).split('\n\n')[0]).toBe(said)
      else expect(asStory(shown)).toBe(said)
    }
    expect(home.store.rows('Kept')).toHaveLength(1)
    // What was tapped shows what was chosen, and can't be tapped again.
    const tapped = platform.said().find(({ text }) => text.includes('✓ 1. 同意'))
    expect(tapped?.buttons).toEqual([])
    expect(home.faults).toEqual([])
  })
})
