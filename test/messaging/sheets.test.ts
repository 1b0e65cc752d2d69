import { describe, expect, it } from 'vitest'
import { sheetsCommand } from '../../src/messaging/commands/sheets.ts'
import { ABILITIES } from '../../src/channels/abilities.ts'
import { loadText } from '../../src/text/text.ts'
import { definitions } from '../cli/house.ts'
import { house, text } from './fixtures/house.ts'

const nowhere = { territories: () => Promise.resolve([]) }
const withSheets = (registry: Parameters<typeof sheetsCommand>[0] = nowhere, words = text) =>
  house({ handlers: { commands: [sheetsCommand(registry, words)] } })

describe('plain sheets by a word', () => {
  it.each(['明白纸', ' 明白纸。', 'leaflet'])('sends both for %s', async (word) => {
    const said = await withSheets().say(word)
    expect(said).toContain('怎么申请帮扶\n1. ')
    expect(said).toContain('有什么帮扶\n1. ')
    expect(said).toContain('2026年11月22日整理')
  })

  it('sends the one that is asked for, and the other by a tap', async () => {
    const chat = withSheets()
    const apply = await chat.say('怎么申请')
    expect(apply).toContain('怎么申请帮扶')
    expect(apply).not.toContain('1. 看病')
    expect(chat.sent.at(-1)?.choices).toEqual([{ id: 'sheet:help', label: '有什么帮扶' }])
    expect(await chat.tap('sheet:help')).toMatch(/^有什么帮扶\n1\. 看病/)
    expect(chat.sent.at(-1)?.choices).toEqual([{ id: 'sheet:apply', label: '怎么申请帮扶' }])
  })

  it('answers a tap in the middle of a flow, and puts the open question again', async () => {
    const chat = withSheets()
    await chat.say('倒茶')
    const said = await chat.tap('sheet:apply')
    expect(said).toContain('怎么申请帮扶')
    expect(said.endsWith('几杯？')).toBe(true)
    expect(await chat.say('3')).toContain('什么茶')
  })

  it('answers the word in the middle of a flow; no answer is lost', async () => {
    const chat = withSheets()
    await chat.say('倒茶')
    await chat.say('3')
    const said = await chat.say('明白纸')
    expect(said).toContain('怎么申请帮扶')
    expect(said.endsWith('什么茶？')).toBe(true)
    expect(await chat.say('毛尖')).toContain('毛尖')
  })

  it('fits one message of WeChat; longer ones are split', async () => {
    const chat = withSheets()
    await chat.say('明白纸', { channel: 'wechat' })
    expect(chat.sent).toHaveLength(1)
    const lines = Array.from({ length: 40 }, (_, at) => `第 ${at + 1} 样帮扶，要说清楚的话有这么长一句。`)
    const own = definitions.resources['zh-CN']
    const long = withSheets(
      { territories: () => Promise.resolve([]) },
      loadText({
        resources: { 'zh-CN': { ...own, sheets: { ...own?.['sheets'], help: { title: '帮扶', lines } } } },
        defaultLocale: 'zh-CN',
      }),
    )
    await long.say('有什么帮扶', { channel: 'wechat' })
    const { max } = ABILITIES.wechat.textLimit
    expect(long.sent.length).toBeGreaterThan(1)
    for (const { text: part } of long.sent) expect(Buffer.byteLength(part)).toBeLessThanOrEqual(max)
    expect(long.sent.map(({ text: part }) => part).join('\n')).toContain('40. 第 40 样帮扶')
  })

  it('knows nothing of other words and taps', async () => {
    const chat = withSheets()
    expect(await chat.say('明白了')).not.toContain('怎么申请帮扶')
    expect(await chat.tap('sheet:other')).not.toContain('怎么申请帮扶')
  })

  it('sends those of the place whose code was scanned', async () => {
    const resources = {
      ...definitions.resources,
      'zh-CN': { ...definitions.resources['zh-CN'], 'sheets/吉首市': { help: { lines: ['县里有救助基金。'] } } },
    }
    const command = sheetsCommand(
      { territories: () => Promise.resolve([{ id: 'v1', path: '吉首市/矮寨镇/阳孟村' } as never]) },
      loadText({ resources, defaultLocale: 'zh-CN' }),
    )
    const context = { text: '有什么帮扶', choice: null, group: false, chat: 'u', at: 0, zone: '', ids: null }
    const speaker = { language: 'zh-CN', profile: null, villageId: 'v1' }
    const result = await command({ ...context, speaker } as unknown as Parameters<typeof command>[0])
    expect(result?.say[0]?.text).toEqual({ literal: '有什么帮扶\n1. 县里有救助基金。' })
  })

  it('is offered after a report and not after other things', async () => {
    const chat = withSheets()
    await chat.say('倒茶')
    await chat.say('2')
    await chat.say('绿茶')
    expect(await chat.say('1')).toBe('茶来了。')
  })
})
