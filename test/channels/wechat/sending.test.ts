import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { HOUR, MINUTE, SECOND } from '../../../src/base/time.ts'
import { CHANNEL_SETTINGS } from '../../../src/channels/settings.ts'
import { halvesOf } from '../../../src/channels/wechat/halves.ts'
import { fetchMedia } from '../../../src/channels/wechat/media.ts'
import { wechatSender } from '../../../src/channels/wechat/send.ts'
import { bench, MATTER, outgoing, TEMPLATE, USER, WORDS, type Bench, type BenchOptions } from './account.ts'

const SEND = '/cgi-bin/message/custom/send'
const SPENT = { kind: 'person', reason: 'wechat:spent' }

let house: Bench
const opened: Bench[] = []

async function another(options: BenchOptions): Promise<Bench> {
  const one = await bench(options)
  opened.push(one)
  return one
}

beforeEach(async () => {
  house = await another({})
})
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close()
})

const kinds = async (count: number, one: Bench = house) => {
  const outcomes: string[] = []
  for (let i = 0; i < count; i++) outcomes.push((await one.say(`第${i + 1}条`)).kind)
  return outcomes
}

describe('what may be sent without being asked', () => {
  test('five after a message, and the sixth waits without asking the platform', async () => {
    await house.writes(USER)
    expect(await kinds(7)).toEqual(['sent', 'sent', 'sent', 'sent', 'sent', 'person', 'person'])
    expect(house.api.calls.filter((path) => path === SEND)).toHaveLength(5)
    await house.writes(USER)
    expect(await kinds(1)).toEqual(['person'])
    house.pass(SECOND)
    await house.writes(USER)
    expect(await kinds(1)).toEqual(['sent'])
  })

  test('three within a minute of a tap, used before those of a message', async () => {
    await house.writes(USER)
    await house.taps(USER)
    expect(await kinds(2)).toEqual(['sent', 'sent'])
    expect(await house.parts.quota.left(USER)).toMatchObject({ tapLeft: 1, messageLeft: 5 })
    expect(await kinds(7)).toEqual(['sent', 'sent', 'sent', 'sent', 'sent', 'sent', 'person'])
  })

  test('a tap alone counts for a minute, a message for two days', async () => {
    await house.taps(USER)
    house.pass(MINUTE)
    expect(await kinds(1)).toEqual(['person'])
    await house.writes(USER)
    house.pass(47 * HOUR)
    expect(await kinds(1)).toEqual(['sent'])
    house.pass(HOUR)
    expect(await kinds(1)).toEqual(['person'])
    expect(house.api.refusals).toEqual([])
  })

  test('nobody who never did anything is written to', async () => {
    expect(await house.say('您好')).toEqual(SPENT)
    expect(house.api.calls).toEqual([])
  })

  test('what is told twice or late opens nothing again', async () => {
    await house.writes(USER)
    const wroteAt = house.now()
    await kinds(5)
    await house.sender.opened(USER, 'message', wroteAt)
    house.pass(MINUTE)
    await house.sender.opened(USER, 'message', wroteAt)
    expect(await kinds(1)).toEqual(['person'])
  })

  test('a restart forgets nothing', async () => {
    await house.writes(USER)
    await kinds(3)
    const next = house.restarted()
    const outcomes: string[] = []
    for (let i = 0; i < 3; i++) {
      outcomes.push((await next.send(outgoing(`r-${i}`, '您好', house.now()))).kind)
    }
    expect(outcomes).toEqual(['sent', 'sent', 'person'])
    expect(house.api.refusals).toEqual([])
  })

  test('killed between counting and sending: one is lost, none is sent too many', async () => {
    await house.writes(USER)
    const taken = await house.parts.quota.take(USER, [{ kind: 'message', ms: HOUR }], house.now())
    expect(taken).not.toBeNull()
    expect(await kinds(5)).toEqual(['sent', 'sent', 'sent', 'sent', 'person'])
    expect(house.api.refusals).toEqual([])
  })

  test('the platform counts otherwise: it is believed, and the other window tried', async () => {
    await house.writes(USER)
    await house.taps(USER)
    house.api.script(SEND, 45047)
    expect(await kinds(1)).toEqual(['sent'])
    expect(await house.parts.quota.left(USER)).toMatchObject({ tapLeft: 0, messageLeft: 4 })
    house.api.script(SEND, 45015)
    expect(await house.say('您好')).toEqual(SPENT)
    // In the same second too: what the person does now is new.
    await house.writes(USER)
    expect(await kinds(1)).toEqual(['sent'])
  })

  test('who unsubscribed is left alone until they are back', async () => {
    await house.writes(USER)
    await house.leaves(USER)
    expect(await house.say('您好')).toEqual({ kind: 'person', reason: 'wechat:unfollowed' })
    expect(house.api.calls).toEqual([])
    house.pass(SECOND)
    house.api.people.follow(USER)
    await house.sender.gone(USER, null)
    await house.sender.opened(USER, 'tap', house.now())
    expect(await kinds(4)).toEqual(['sent', 'sent', 'sent', 'person'])
  })

  test('who unsubscribed unheard is found out by the answer', async () => {
    await house.writes(USER)
    house.api.script(SEND, 43004)
    expect(await house.say('您好')).toEqual({ kind: 'person', reason: 'wechat:43004' })
    expect(await house.say('您好')).toEqual({ kind: 'person', reason: 'wechat:unfollowed' })
    house.pass(SECOND)
    await house.writes(USER)
    expect(await kinds(1)).toEqual(['sent'])
  })

  test('at most five of twenty that leave at the same time', async () => {
    await house.writes(USER)
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => house.say('您好')))
    expect(outcomes.filter(({ kind }) => kind === 'sent')).toHaveLength(5)
    expect(house.api.refusals).toEqual([])
  })
})

describe('accounts', () => {
  test('an unverified one sends nothing of its own accord', async () => {
    const plain = await another({ account: 'unverified', words: WORDS })
    await plain.writes(USER)
    await plain.sender.start()
    expect(await plain.say('您好')).toEqual({ kind: 'person', reason: 'wechat:passive_only' })
    expect(plain.api.calls).toEqual([])
    expect(await plain.parts.quota.left(USER)).toBeNull()
  })

  test('a verified one without its secret is for the operator', async () => {
    const bare = wechatSender(CHANNEL_SETTINGS.parse({ WECHAT_ACCOUNT: 'verified_service' }), house.parts)
    expect(await bare.send(outgoing('o', '您好', house.now()))).toEqual({ kind: 'operator', reason: 'wechat:settings' })
    expect(await bare.check()).toMatchObject([{ state: 'problem', what: 'settings' }])
    expect(await bare.download('M')).toBeNull()
    expect(await bare.villageQr('k3x9')).toBeNull()
    await bare.stop()
  })

  test('a verified subscription account has no template messages', async () => {
    const account = 'verified_subscription' as const
    const one = await another({ account, settings: { WECHAT_TEMPLATE_ID: TEMPLATE }, words: WORDS })
    expect(await one.say('有进展', { matter: MATTER })).toEqual(SPENT)
    await one.writes(USER)
    expect(await kinds(1, one)).toEqual(['sent'])
  })
})

describe('text', () => {
  test('nobody links by what they wrote', async () => {
    await house.writes(USER)
    await house.say('看<a href="https://evil.example">这里</a>，3 < 5，a&b')
    expect(house.texts()).toEqual(['看<\u200Ba href="https://evil.example">这里<\u200B/a>，3 < 5，a&b'])
  })

  test('goes as it is: line ends, quotes, characters outside the plane', async () => {
    await house.writes(USER)
    const text = '第一行\n“第二行” \\ "x" 𠮷 👨‍👩‍👧'
    await house.say(text)
    expect(house.texts()).toEqual([text])
  })

  test('too long for the platform: cut in halves at ends of sentences, each counted, in order', async () => {
    house.api.settings.textMax = 400
    await house.writes(USER)
    const text = Array.from({ length: 8 }, (_, i) => `这是第${i + 1}句话，说的是家里的情况和想要的帮助。`).join('')
    expect(await house.say(text)).toMatchObject({ kind: 'sent' })
    expect(house.texts().join('')).toBe(text)
    expect(house.texts().length).toBeGreaterThan(1)
    for (const part of house.texts()) expect(part.endsWith('。')).toBe(true)
    expect(await house.parts.quota.left(USER)).toMatchObject({ messageLeft: 5 - house.texts().length })
  })

  test('nothing of it leaves where not all of it may', async () => {
    house.api.settings.textMax = 400
    await house.writes(USER)
    await kinds(4)
    expect(await house.say('这一句很长，说的是家里的事。'.repeat(20))).toEqual(SPENT)
    expect(house.texts()).toHaveLength(4)
    expect(await house.parts.quota.left(USER)).toMatchObject({ messageLeft: 1 })
  })

  test('stopped between two halves, it goes on with the second', async () => {
    await house.writes(USER)
    const text = '一二三四五六七八九。'.repeat(20)
    const long = outgoing('long', text, house.now())
    // The whole is refused, the first half taken, the second comes at a bad moment.
    house.api.script(SEND, 45002)
    house.api.settings.textMax = 400
    house.api.onSent = () => house.api.script(SEND, -1)
    expect(await house.sender.send(long)).toMatchObject({ kind: 'retry' })
    expect(house.texts()).toHaveLength(1)
    house.api.onSent = null
    expect(await house.sender.send(long)).toMatchObject({ kind: 'sent' })
    expect(house.texts()).toEqual(halvesOf(text))
    expect(await house.parts.quota.left(USER)).toMatchObject({ messageLeft: 3 })
  })

  test('a short text that is too long is never sent', async () => {
    await house.writes(USER)
    house.api.script(SEND, 45002)
    expect(await house.say('您好')).toEqual({ kind: 'unsendable', reason: 'wechat:45002' })
    expect(await house.parts.quota.left(USER)).toMatchObject({ messageLeft: 5 })
  })

  test('halves: nothing is lost, no character is cut', () => {
    const family = '👨‍👩‍👧'.repeat(80)
    const [left, right] = halvesOf(family) as readonly [string, string]
    expect(left + right).toBe(family)
    expect(left.length % '👨‍👩‍👧'.length).toBe(0)
    expect(halvesOf('短')).toBeNull()
    expect(halvesOf(`${'甲'.repeat(100)}。${'乙'.repeat(100)}`)).toEqual([`${'甲'.repeat(100)}。`, '乙'.repeat(100)])
  })
})

describe('a picture', () => {
  const bytes = new Uint8Array(Buffer.from('ffd8ffe000104a464946', 'hex'))
  const id = createHash('sha256').update(bytes).digest('hex')
  const attachment = { id, name: '厨房.jpg', type: 'image/jpeg' }

  test('goes behind its text, and counts', async () => {
    house.parts.files.set(id, bytes)
    await house.writes(USER)
    expect(await house.say('照片在下面', { attachment })).toMatchObject({ kind: 'sent' })
    expect(house.api.sent.map(({ kind }) => kind)).toEqual(['text', 'image'])
    expect(house.api.sent[1]?.bytes).toEqual(bytes)
    expect(await house.parts.quota.left(USER)).toMatchObject({ messageLeft: 3 })
  })

  test('is left where nothing is left for it, where it can not be had, and where it is no picture', async () => {
    await house.writes(USER)
    expect(await house.say('没有的文件', { attachment })).toMatchObject({ kind: 'sent' })
    house.parts.files.set(id, bytes)
    expect(await house.say('表', { attachment: { ...attachment, type: 'application/pdf' } })).toMatchObject({
      kind: 'sent',
    })
    house.api.script('/cgi-bin/media/upload', 40004, 'down')
    expect(await house.say('不收', { attachment })).toMatchObject({ kind: 'sent' })
    expect(await house.say('不通', { attachment })).toMatchObject({ kind: 'sent' })
    expect(await house.say('最后一条', { attachment })).toMatchObject({ kind: 'sent' })
    expect(house.api.sent.every(({ kind }) => kind === 'text')).toBe(true)
    expect(house.texts()).toHaveLength(5)
  })

  test('what a person sent is fetched; what is gone is not', async () => {
    house.api.media.set('M-voice', { bytes, type: 'audio/amr', name: 'M-voice.amr' })
    house.api.media.set('M-video', { bytes, type: 'video/mp4', name: 'M-video.mp4' })
    expect(await house.sender.download('M-voice')).toEqual({ bytes: Buffer.from(bytes), name: 'M-voice.amr' })
    expect(await house.sender.download('M-video')).toMatchObject({ name: 'M-video.mp4' })
    expect(await house.sender.download('M-gone')).toBeNull()
    for (const fault of ['down', 'garbage', 'cut', -1] as const) {
      house.api.script('/cgi-bin/media/get', fault)
      expect(await house.sender.download('M-voice')).toBeNull()
    }
  })

  test('a video is fetched from the platform only', async () => {
    const elsewhere = await another({})
    house.api.media.set('M', { bytes, type: 'video/mp4', name: 'M' })
    const told = (address: string) => () =>
      Promise.resolve({ kind: 'answered', code: 0, body: { video_url: address }, raw: '', at: null } as const)
    const options = { root: house.api.root, timeLimitMs: 1_000, stopped: new AbortController().signal }
    expect(await fetchMedia(told(`${house.api.root}/video/M`), 'M', options)).toMatchObject({ name: 'M.mp4' })
    expect(await fetchMedia(told(`${elsewhere.api.root}/video/M`), 'M', options)).toBeNull()
    expect(await fetchMedia(told('file:///etc/passwd'), 'M', options)).toBeNull()
    expect(elsewhere.api.calls).toEqual([])
  })
})

describe('a template message', () => {
  const settings = { WECHAT_TEMPLATE_ID: TEMPLATE }

  test('tells how a matter stands once nothing else may be sent', async () => {
    const one = await another({ settings, words: WORDS })
    one.api.people.follow(USER)
    expect(await one.say('您的低保材料已受理，请带身份证到镇上', { matter: MATTER })).toEqual({
      kind: 'sent',
      platformId: '9007199254740993',
    })
    const [sent] = one.api.sent
    expect(sent?.text).toBe('character_string1: JS-2026-0007\nthing2: accepted\ntime3: 2026-11-22')
    expect(sent?.body).toMatchObject({ touser: USER, url: 'https://bangfu.example/' })
    expect(JSON.stringify(sent?.body)).not.toContain('低保')
  })

  test('no field is longer than its kind takes', async () => {
    const template = () => ({
      thing1: '长'.repeat(30),
      phrase2: '风险消除审核',
      character_string3: 'x'.repeat(40),
      time4: '2026年11月22日 09:00',
    })
    const one = await another({ settings, words: { ...WORDS, template } })
    one.api.people.follow(USER)
    await one.say('一', { matter: MATTER })
    expect(one.api.sent[0]?.text.split('\n')).toEqual([
      `thing1: ${'长'.repeat(20)}`,
      'phrase2: 风险消除审',
      `character_string3: ${'x'.repeat(32)}`,
      'time4: 2026年11月22日 09:00',
    ])
  })

  test('the same stage once; the next stage again', async () => {
    const one = await another({ settings, words: WORDS })
    one.api.people.follow(USER)
    expect(await one.say('一', { matter: MATTER })).toMatchObject({ kind: 'sent' })
    expect(await one.say('二', { matter: MATTER })).toEqual(SPENT)
    expect(await one.say('三', { matter: { ...MATTER, stage: 'verifying' } })).toMatchObject({ kind: 'sent' })
  })

  test('not while a message may be sent, and not for what is no matter', async () => {
    const one = await another({ settings, words: WORDS })
    await one.writes(USER)
    expect(await one.say('一', { matter: MATTER })).toMatchObject({ kind: 'sent' })
    expect(one.texts()).toEqual(['一'])
    await kinds(4, one)
    expect(await one.say('二')).toEqual(SPENT)
    expect(one.api.sent.every(({ kind }) => kind === 'text')).toBe(true)
  })

  test('not to who unsubscribed, and not where there is no template', async () => {
    const one = await another({ settings, words: WORDS })
    await one.writes(USER)
    await one.leaves(USER)
    expect(await one.say('一', { matter: MATTER })).toMatchObject({ kind: 'person' })
    expect(one.api.sent).toEqual([])
    expect(await house.say('一', { matter: MATTER })).toEqual(SPENT)
  })

  test('sent again after an end that nobody knows, the person sees it once', async () => {
    const one = await another({ settings, words: WORDS })
    one.api.people.follow(USER)
    const message = outgoing('t-1', '有进展', one.now(), { matter: MATTER })
    one.api.script('/cgi-bin/message/template/send', 'cut')
    expect(await one.sender.send(message)).toEqual({ kind: 'unknown', reason: 'wechat:cut' })
    expect(await one.sender.send({ ...message, again: true })).toMatchObject({ kind: 'sent' })
    expect(one.api.sent).toHaveLength(1)
  })
})
