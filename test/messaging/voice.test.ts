import { describe, expect, it } from 'vitest'
import { messageLine } from '../../src/cli/pipe/output.ts'
import { loadText } from '../../src/text/text.ts'
import type { Resources } from '../../src/text/resources.ts'
import { definitions } from '../cli/house.ts'
import { house, type House } from './fixtures/house.ts'

const { resources } = definitions
const withTea: Resources = {
  ...resources,
  'zh-CN': {
    ...resources['zh-CN'],
    'flows/tea': { title: '喝茶', questions: { cups: { label: '几杯？' }, sort: { label: '什么茶？' } } },
  },
  // Half translated.
  en: { ...resources['en'], 'flows/tea': { title: 'Tea', questions: { sort: { label: 'What sort?' } } } },
}
const text = loadText({
  resources: withTea,
  defaultLocale: 'zh-CN',
  voices: new Map([
    ['zh-CN', new Set(['tea/cups', 'tea/sort'])],
    ['en', new Set(['tea/sort'])],
  ]),
})

const heard = async (chat: House, said: string) => {
  const words = await chat.say(said)
  return [words.split('\n').at(-1), chat.sent.at(-1)?.voice]
}

describe('recorded prompts of questions', () => {
  it('go with the question, in the language of its words, whatever language is changed to in the middle', async () => {
    const chat = house({ text })
    expect(await heard(chat, '倒茶')).toEqual(['几杯？', 'zh-CN/tea/cups.mp3'])
    // What was not understood is asked again, and heard again.
    expect(await heard(chat, '哎呀呀')).toEqual(['几杯？', 'zh-CN/tea/cups.mp3'])
    // This question is not translated: it stays in Chinese for eye and ear.
    expect(await heard(chat, 'English')).toEqual(['几杯？', 'zh-CN/tea/cups.mp3'])
    expect(await heard(chat, '3')).toEqual(['What sort?', 'en/tea/sort.mp3'])
    expect(await heard(chat, '中文')).toEqual(['什么茶？', 'zh-CN/tea/sort.mp3'])
    // Nothing that was answered is lost, and the review has no recording.
    expect(await chat.say('绿茶')).toContain('3')
    expect(chat.sent.at(-1)).not.toHaveProperty('voice')
  })

  it('are named on the lines of pipe, beside everything that was there', async () => {
    const chat = house({ text })
    await chat.say('倒茶')
    const [outgoing] = chat.sent
    if (!outgoing) throw new Error('nothing was sent')
    expect(messageLine(outgoing, '1', chat.now, 'Asia/Shanghai')).toMatchObject({
      re: '1',
      text: outgoing.text,
      voice: 'zh-CN/tea/cups.mp3',
    })
    const { voice: _, ...silent } = outgoing
    expect(messageLine(silent, '1', chat.now, 'Asia/Shanghai')).not.toHaveProperty('voice')
  })

  it('are absent where nobody recorded any', async () => {
    const chat = house()
    await chat.say('倒茶')
    expect(chat.sent.at(-1)).not.toHaveProperty('voice')
  })
})
