/** What goes out, as a reader sees it. */
import { expect } from 'vitest'
import { lengthIn } from '../../src/messaging/fit.ts'
import type { ReminderMark } from '../../src/messaging/channel.ts'
import { sha256, type World } from './contract-world.ts'

/** What can't be told in XML, and halves of characters that no encoding knows, may be left out or shown as U+FFFD. */
const UNTELLABLE =
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u200B\uFFFD-\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g

export const asRead = (text: string): string => text.replace(UNTELLABLE, '')

const HOSTILE = [
  '王大爷：家里断水三天了。',
  '👨‍👩‍👧‍👦 👍🏽 🇨🇳 ❤️ 1️⃣',
  '𠮷野家 㐂 龘 ꧁ é ñ',
  '& < > " \' \\ * _ [ ] ( ) ~ ` # + - = | { } . ! ^ $ % /',
  '&amp; &lt;b&gt; &#60; <b>粗</b> <font color="warning">红</font>',
  '<@all> <@zhangsan> <at user_id="all">所有人</at> </a></at>',
  '@所有人 @all @13800000000 叫@zhangsan来',
  '[点我](https://evil.example) ![x](https://evil.example/x.png) <https://evil.example>',
  '# 不是标题',
  '> 不是引用',
  '1. 不是列表',
  '- 不是列表',
  '**不是粗体** ~~不是删除线~~',
  ']]> <![CDATA[ <?xml version="1.0"?>',
  '坏字：\u0000\u0007\u001B\uFFFE\uD83D 完',
  '',
  '',
  '空行之后，办理情况：https://bangfu.example/s/3kd?a=1&b=2#c',
].join('\n')

/** Longest text that one message may hold, as the messages are cut. */
function longest(unit: string, { standIn }: World): string {
  const limit = standIn.channel.abilities.textLimit
  const each = lengthIn(unit.repeat(2), limit) - lengthIn(unit, limit)
  const fixed = lengthIn('', limit)
  return unit.repeat(Math.floor((limit.max - fixed) / each))
}

const shownExactly = async (world: World, chat: string | null, text: string, reminder: ReminderMark | null = null) => {
  const before = world.count(chat)
  expect(await world.send(chat, text, { reminder })).toMatchObject({ kind: 'sent' })
  const shown = await world.shown(chat, before)
  expect(world.count(chat) - before).toBe(1)
  expect(asRead(shown.text)).toBe(asRead(text))
  expect(shown.mentioned).toEqual([])
}

const REMINDER: ReminderMark = { rule: 'overdue', rung: 1, matters: ['case-1'], items: [] }

export const SENDING: Readonly<Record<string, (world: World) => Promise<void>>> = {
  async 'text to a person as it is'(world) {
    await world.start()
    await shownExactly(world, world.standIn.person, HOSTILE)
    await shownExactly(world, world.standIn.person, '<@all> 第一个字就是')
  },

  async 'text to a group as it is'(world) {
    await world.start()
    await shownExactly(world, world.standIn.group, HOSTILE)
    await shownExactly(world, world.standIn.group, '# @所有人')
  },

  async 'a reminder as it is'(world) {
    await world.start()
    await shownExactly(world, world.standIn.group ?? world.standIn.person, HOSTILE, REMINDER)
    await shownExactly(world, world.standIn.group ?? world.standIn.person, '*催办* <b>_\n第二行', REMINDER)
  },

  async 'mentions who was asked for'(world) {
    await world.start()
    const before = world.count(world.standIn.group)
    const who = world.standIn.person ?? '13900000001'
    expect(await world.send(world.standIn.group, '请看 @所有人 <@all>', { mentions: [who] })).toMatchObject({
      kind: 'sent',
    })
    expect((await world.shown(world.standIn.group, before)).mentioned).toEqual([who])
  },

  async 'choices are shown'(world) {
    await world.start()
    const choices = [
      { id: 'yes', label: '1. 对' },
      { id: 'no', label: '2. 不对 <b>&' },
    ]
    const before = world.count(world.standIn.person)
    expect(await world.send(world.standIn.person, '对吗？', { choices })).toMatchObject({ kind: 'sent' })
    const shown = await world.shown(world.standIn.person, before)
    expect(shown.choices.map(({ label }) => asRead(label))).toEqual(choices.map(({ label }) => label))
  },

  async attachment(world) {
    const bytes = Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 9, 8, 7])
    const id = sha256(bytes)
    world.lent.files.set(id, bytes)
    await world.start()
    const chat = world.standIn.person ?? world.standIn.group
    const before = world.count(chat)
    const attachment = { id, name: '通知.jpg', type: 'image/jpeg' }
    expect(await world.send(chat, '请看通知 <图>', { attachment })).toMatchObject({ kind: 'sent' })
    await world.shown(chat, before)
    const shown = world.standIn.shown(chat ?? '').slice(before)
    expect(shown.map(({ text }) => asRead(text)).join('')).toContain('请看通知 <图>')
    expect(shown.find(({ file }) => file !== null)?.file?.bytes).toEqual(bytes)
  },

  async 'the longest text goes through whole'(world) {
    await world.start()
    const chat = world.standIn.person ?? world.standIn.group
    for (const unit of ['断', '👨‍👩‍👧', '<"&\\\n']) await shownExactly(world, chat, longest(unit, world).trim())
  },

  async 'twenty at once'(world) {
    await world.start()
    const chat = world.standIn.group ?? world.standIn.person
    const before = world.count(chat)
    const texts = Array.from({ length: 20 }, (_, place) => `第 ${place + 1} 条 <${place}>`)
    const outcomes = await world.within('all sends end', Promise.all(texts.map((text) => world.send(chat, text))))
    expect(outcomes.map(({ kind }) => kind)).toEqual(texts.map(() => 'sent'))
    await world.until('all are shown', () => world.count(chat) === before + 20)
    const shown = world.standIn.shown(chat ?? '').slice(before)
    expect(shown.map(({ text }) => asRead(text)).sort()).toEqual([...texts].sort())
  },
}
