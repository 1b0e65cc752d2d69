import { describe, expect, test } from 'vitest'
import { ABILITIES } from '../../src/channels/abilities.ts'
import type { Abilities, Channel, ChannelName, Outgoing, Received } from '../../src/messaging/channel.ts'
import type { AlertContext, AlertHandler, CommandHandler, Say } from '../../src/messaging/handlers.ts'
import { HELD_BACK, heldBack } from '../../src/messaging/held-back.ts'
import { flows, house, NOTHING, SENT, text, type House } from './fixtures/house.ts'
import { Store } from './fixtures/store.ts'

const VILLAGE = {
  id: 'yangmeng',
  name: '阳孟村',
  path: '吉首市/矮寨镇/阳孟村',
  level: 'village',
  publicPhone: '0743-8523001',
}

/** Somebody on Telegram, where nothing of the sensitive class may be told. */
function abroad(
  more: Partial<Abilities> = {},
): House & { outgoing: Outgoing[]; handlers: CommandHandler[]; alerts: AlertContext[] } {
  const store = new Store()
  store.territories.push(VILLAGE)
  const outgoing: Outgoing[] = []
  const handlers: CommandHandler[] = []
  const alerts: AlertContext[] = []
  const alert: AlertHandler = (context) => {
    alerts.push(context)
    return Promise.resolve(NOTHING)
  }
  const channel: Channel = {
    name: 'telegram',
    abilities: { ...ABILITIES.telegram, refusesSensitive: true, ...more },
    start: () => Promise.resolve(),
    stop: () => Promise.resolve(),
    send(one) {
      outgoing.push(one)
      self.sent.push(one)
      return Promise.resolve(SENT)
    },
  }
  const self = house({
    store,
    channels: new Map<ChannelName, Channel>([['telegram', channel]]),
    handlers: { commands: handlers, alert },
  })
  return Object.assign(self, { outgoing, handlers, alerts })
}

const ON: Partial<Received> = { channel: 'telegram' }
const scan = (self: House) => self.say({ kind: 'start', payload: `village:${VILLAGE.path}` }, ON)

describe('what may not be told abroad', () => {
  test('which flows nobody gets through without it', () => {
    expect(
      flows
        .filter(({ needsSensitive }) => needsSensitive)
        .map(({ id }) => id)
        .sort(),
    ).toEqual([
      'complaint',
      'dropout_report',
      'grid_report',
      'hardship_report',
      'medical_burden',
      'proxy_report',
      'verification',
      'voice_message',
    ])
  })

  test('the flow is not begun; the village’s own page and phone are told', async () => {
    const self = abroad({ pages: 'https://bangfu.example' })
    await scan(self)
    const said = await self.tap('hardship_report', ON)
    expect(said).toContain('数据存在国外')
    expect(said).toContain('https://bangfu.example/chat/code-yangmeng')
    expect(said).toContain('打阳孟村的电话说也行：0743-8523001。')
    expect(self.store.rows('Conversation')).toEqual([])
  })

  test('without a public address, the phone; without a village, people', async () => {
    const self = abroad()
    await scan(self)
    expect(await self.say('防贫申报', ON)).not.toContain('http')
    expect(await self.say('防贫申报', ON)).toContain('0743-8523001')
    const nowhere = abroad({ pages: 'https://bangfu.example' })
    expect(await nowhere.say('防贫申报', ON)).toContain('到村委会来')
  })

  test('said in other words, by yes to an offer, by a complaint with words', async () => {
    const self = abroad()
    await scan(self)
    expect(await self.say('老伴病了住院，钱都花光了', ON)).toContain('吗')
    expect(await self.say('是', ON)).toContain('数据存在国外')
    expect(await self.say('投诉 村里没人管我家的事', ON)).toContain('数据存在国外')
    expect(self.store.rows('Conversation')).toEqual([])
  })

  test('danger that was told is passed on all the same, once', async () => {
    const self = abroad()
    await scan(self)
    await self.say('老伴病得快不行了，家里一分钱没有', ON)
    const asked = JSON.parse(String(self.store.rows('ChatIdentity')[0]?.['asked'] ?? '{}')) as { danger?: boolean }
    await self.tap('hardship_report', ON)
    await self.tap('hardship_report', ON)
    expect(asked.danger).toBe(true)
    expect(self.alerts.map(({ level, territoryId }) => [level, territoryId])).toEqual([['danger', 'yangmeng']])
  })

  test('what is open stays open, and is asked again', async () => {
    const self = abroad()
    await self.tap('tea', ON)
    const said = await self.say('投诉 村里没人管我家的事', ON)
    expect(said).toContain('数据存在国外')
    expect(said).toContain('几杯？')
    expect(await self.say('3', ON)).toContain('什么茶？')
  })

  test('optional questions of that class are passed over', async () => {
    const self = abroad()
    await self.tap('feedback', ON)
    await self.tap('skip', ON)
    const answers = ['1', '5', '1']
    let said = ''
    for (const answer of answers) said = await self.say(answer, ON)
    expect(said).toContain('您看看对不对')
    expect(self.outgoing.every(({ question }) => question !== 'comment')).toBe(true)
    const here = house()
    await here.tap('feedback')
    await here.tap('skip')
    for (const answer of answers) said = await here.say(answer)
    expect(here.sent.at(-1)?.question).toBe('comment')
  })

  test('where it may be told the flow begins', async () => {
    const self = house({ channelNames: ['telegram'] })
    expect(await self.tap('hardship_report', ON)).not.toContain('数据存在国外')
    expect(self.store.rows('Conversation')).toHaveLength(1)
  })
})

describe('a message that was changed afterwards', () => {
  test('is no answer to the question that is open now', async () => {
    const self = house()
    await self.tap('tea')
    expect(await self.say('3')).toContain('什么茶？')
    const said = await self.say({ kind: 'other', what: 'edited' })
    expect(said).toContain('改过的我这儿不算数')
    expect(said).toContain('什么茶？')
    expect(self.store.rows('Answer').map(({ value }) => value)).toEqual(['3'])
    await self.say('返回')
    expect(await self.say('4')).toContain('什么茶？')
  })

  test('outside a flow it opens nothing', async () => {
    const self = house()
    expect(await self.say({ kind: 'other', what: 'edited' })).toContain('改过的我这儿不算数')
    expect(self.store.rows('Conversation')).toEqual([])
  })
})

describe('what staff are told abroad', () => {
  const told = async (said: Say): Promise<string> => {
    const self = abroad()
    self.handlers.push(() => Promise.resolve({ changes: [], say: [said], notices: [], matter: null }))
    return self.say('王书记说的那件', ON)
  }
  const NEW: Say = {
    text: {
      key: 'cases:staff.new',
      params: {
        kind: { key: 'cases:kind_staff.hardship' },
        number: '26112200012',
        village: '阳孟村',
        name: '石二妹',
        phone: '13812345678',
        causes: { key: 'cases:staff.told_one', params: { what: '难处', value: '家里有人生病' } },
        by: '2026-11-25',
        decide: '2026-12-10',
      },
    },
  }

  test('names, numbers and days, but not what ails somebody', async () => {
    const said = await told(NEW)
    expect(said).toContain('26112200012')
    expect(said).toContain('石二妹')
    expect(said).toContain('情况：这里不能写，请到网页上看')
    expect(said).not.toContain('生病')
  })

  test('deep in other sentences too, and no identity number', async () => {
    const line = { key: 'stages:timeline.with', params: { what: '补充', detail: { literal: '得了尘肺' } } }
    const text = { key: 'stages:timeline.line', params: { when: '今天', who: '王书记', what: line } }
    expect(await told({ text })).toBe('今天 王书记：补充（这里不能写，请到网页上看）')
    const number = await told({ text: { literal: '身份证 433101198507213126，编号 26112200012' } })
    expect(number).toBe('身份证 ****3126，编号 26112200012')
  })

  test('whole where it may be told', () => {
    const sentence = text.say(NEW.text, 'zh-CN')
    expect(sentence).toContain('生病')
    expect(text.say(heldBack(NEW.text), 'zh-CN')).not.toContain('生病')
  })

  test('every sentence that holds something back is one, with that parameter', () => {
    for (const language of text.languages) {
      for (const [key, params] of Object.entries(HELD_BACK)) {
        expect(text.has(key, language), key).toBe(true)
        const said = text.say({ key, params: Object.fromEntries(params.map((name) => [name, '标记'])) }, language)
        expect(said, key).toContain('标记')
      }
    }
  })
})
