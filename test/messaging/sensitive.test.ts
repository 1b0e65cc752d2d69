import { describe, expect, test } from 'vitest'
import { ABILITIES } from '../../src/channels/abilities.ts'
import type { Abilities, Channel, ChannelName, Outgoing, Received } from '../../src/messaging/channel.ts'
import { flows, house, SENT, type House } from './fixtures/house.ts'
import { Store } from './fixtures/store.ts'

const VILLAGE = {
  id: 'yangmeng',
  name: '阳孟村',
  path: '吉首市/矮寨镇/阳孟村',
  level: 'village',
  publicPhone: '0743-8523001',
}

/** Somebody on Telegram, where nothing of the sensitive class may be told. */
function abroad(more: Partial<Abilities> = {}, places = [VILLAGE]): House & { outgoing: Outgoing[] } {
  const store = new Store()
  store.territories.push(...places)
  const outgoing: Outgoing[] = []
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
  const self = house({ store, channels: new Map<ChannelName, Channel>([['telegram', channel]]) })
  return Object.assign(self, { outgoing })
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
