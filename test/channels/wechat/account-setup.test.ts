import { afterEach, describe, expect, test } from 'vitest'
import { HOUR, MINUTE, SECOND } from '../../../src/base/time.ts'
import { readDefinitions } from '../../../src/cli/definitions.ts'
import { CHANNEL_SETTINGS } from '../../../src/channels/settings.ts'
import { accountCodes } from '../../../src/channels/wechat/qr.ts'
import { wordsOf } from '../../../src/channels/wechat/words.ts'
import { normalise } from '../../../src/flow/answers/normalise.ts'
import { leavesOf } from '../../../src/text/resources.ts'
import { loadText } from '../../../src/text/text.ts'
import { APP_ID, bench, MATTER, SECRET, TEMPLATE, WORDS, type Bench, type BenchOptions } from './account.ts'
import { handTimers, settled } from './desk.ts'

const MENU_NOW = '/cgi-bin/get_current_selfmenu_info'
const MENU_MAKE = '/cgi-bin/menu/create'
const opened: Bench[] = []

async function open(options: BenchOptions = {}): Promise<Bench> {
  const one = await bench({ words: WORDS, ...options })
  opened.push(one)
  return one
}

afterEach(async () => {
  for (const one of opened.splice(0)) await one.close()
})

/** Until the calls that a start makes have come to that. */
async function until(isSo: () => boolean): Promise<void> {
  for (let tries = 0; !isSo(); tries++) {
    if (tries > 2_000) throw new Error('waited in vain')
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
}

describe('the menu', () => {
  const BUTTONS = {
    button: [
      { type: 'click', name: '报困难', key: '报困难' },
      {
        name: '更多',
        sub_button: [
          { type: 'click', name: '我的资料', key: '我的资料' },
          { type: 'view', name: '网页', url: 'https://bangfu.example/' },
        ],
      },
    ],
  }

  test('is made where there is none, and left alone where it is the same', async () => {
    const one = await open()
    await one.sender.start()
    await until(() => one.api.menu.created === 1)
    expect(one.api.menu.current).toEqual(BUTTONS)
    const again = one.restarted()
    await again.start()
    await until(() => one.api.calls.filter((path) => path === MENU_NOW).length === 2)
    await settled()
    expect(one.api.menu.created).toBe(1)
  })

  test('is made anew where it says something else', async () => {
    const one = await open()
    one.api.menu.current = { button: [{ type: 'click', name: '旧的', key: '旧的' }] }
    await one.sender.start()
    await until(() => one.api.menu.created === 1)
    expect(one.api.menu.current).toEqual(BUTTONS)
  })

  test('is tried again, later each time, while the platform is down; a start waits for none of it', async () => {
    const timers = handTimers(0)
    const one = await open({ after: timers.after })
    one.api.script(MENU_MAKE, 'down', -1, 48001)
    await one.sender.start()
    for (const [failures, ms] of [30 * SECOND, 5 * MINUTE, HOUR].entries()) {
      await until(() => one.parts.logged.length === failures + 1)
      expect(timers.waiting()).toBe(1)
      await timers.pass(ms - 1)
      expect(timers.waiting()).toBe(1)
      await timers.pass(1)
    }
    await until(() => one.api.menu.created === 1)
    expect(one.parts.logged.join()).not.toContain(SECRET)
    expect(timers.waiting()).toBe(0)
  })

  test('is not tried after the stop', async () => {
    const timers = handTimers(0)
    const one = await open({ after: timers.after })
    one.api.script(MENU_MAKE, 'down')
    await one.sender.start()
    await until(() => timers.waiting() === 1)
    await one.sender.stop()
    expect(timers.waiting()).toBe(0)
  })

  test('is left to whoever looks after it by hand, and to unverified accounts', async () => {
    const byHand = await open({ settings: { WECHAT_MENU: 'left' } })
    const plain = await open({ account: 'unverified' })
    for (const one of [byHand, plain]) {
      await one.sender.start()
      await settled()
      expect(one.api.calls).toEqual([])
    }
  })
})

describe('the words that ship', () => {
  const { resources } = readDefinitions({ flowsDir: 'flows', localesDir: 'locales' })
  const text = loadText({ resources, defaultLocale: 'zh-CN' })
  const wordsIn = (language: string, publicUrl: string | null = 'https://bangfu.example') =>
    wordsOf({
      say: (key, params = {}) => text.say({ key: `channels:${key}`, params }, language),
      stageWord: (stage) => text.say({ key: `cases:stage.${stage}` }, language),
      publicUrl,
    })

  test.for(['zh-CN', 'en'])('%s: the platform takes the menu, and the house understands each tap', async (language) => {
    const one = await open({ words: wordsIn(language) })
    await one.sender.start()
    await until(() => one.api.menu.created === 1)
    const understood = new Set(
      [
        'words',
        'people',
        'flows/hardship_report',
        'flows/medical_burden',
        'flows/job_seek',
        'flows/unsold_report',
      ].flatMap((namespace) =>
        [...leavesOf(resources[language]?.[namespace] ?? {})].flatMap(([, leaf]) =>
          [leaf].flat().flatMap((form) => (typeof form === 'string' ? [normalise(form)] : [])),
        ),
      ),
    )
    const taps = wordsIn(language)
      .menu()
      .flatMap((entry) => entry.items ?? [entry])
      .flatMap(({ say }) => (say === undefined ? [] : [say]))
    expect(taps).toHaveLength(10)
    for (const tap of taps) expect(understood.has(normalise(tap)), tap).toBe(true)
  })

  test('without an address of the pages the menu opens none', () => {
    expect(JSON.stringify(wordsIn('zh-CN', null).menu())).not.toContain('opens')
    expect(JSON.stringify(wordsIn('zh-CN').menu())).toContain('"opens":"https://bangfu.example/"')
  })

  test('the template says number, stage and the day in China, and no more', () => {
    const at = Date.parse('2026-11-22T23:30:00+08:00')
    expect(wordsIn('zh-CN').template(MATTER, at as never)).toEqual({
      character_string1: 'JS-2026-0007',
      thing2: '受理',
      time3: '2026年11月22日',
    })
    expect(wordsIn('en').template(MATTER, at as never)).toMatchObject({ time3: '2026-11-22' })
  })
})

describe('a village’s code', () => {
  test('carries the scene that a scan brings back', async () => {
    const one = await open()
    expect(await one.sender.villageQr('k3x9')).toEqual({
      picture: `https://mp.weixin.qq.com/cgi-bin/showqrcode?ticket=${encodeURIComponent(`gQ/${Buffer.from('v_k3x9').toString('base64')}==`)}`,
      content: 'http://weixin.qq.com/q/v_k3x9',
    })
  })

  test('is had without a channel too, for posters', async () => {
    const one = await open()
    const settings = {
      WECHAT_APP_ID: APP_ID,
      WECHAT_APP_SECRET: SECRET,
      WECHAT_ACCOUNT: 'verified_service',
      WECHAT_API_ROOT: `${one.api.root}/`,
    }
    const code = accountCodes(CHANNEL_SETTINGS.parse(settings), { now: one.now })
    expect(await code?.('k3x9')).toBe('http://weixin.qq.com/q/v_k3x9')
    one.api.script('/cgi-bin/qrcode/create', 48001)
    expect(await code?.('k3x9')).toBeNull()
    for (const other of [{ WECHAT_ACCOUNT: 'verified_subscription' }, { WECHAT_APP_SECRET: undefined }])
      expect(accountCodes(CHANNEL_SETTINGS.parse({ ...settings, ...other }), { now: one.now })).toBeNull()
  })

  test('none for accounts that may not, for codes that are too long, and while the platform gives none', async () => {
    const one = await open()
    expect(await one.sender.villageQr('x'.repeat(63))).toBeNull()
    one.api.script('/cgi-bin/qrcode/create', 48001, 'down', 'garbage', -1)
    for (let time = 0; time < 4; time++) expect(await one.sender.villageQr('k3x9')).toBeNull()
    const subscription = await open({ account: 'verified_subscription' })
    expect(await subscription.sender.villageQr('k3x9')).toBeNull()
    expect(subscription.api.calls).toEqual([])
  })
})

describe('what doctor finds', () => {
  const ok = (what: string) => ({ state: 'ok', what })

  test('everything in order', async () => {
    const one = await open({ settings: { WECHAT_TEMPLATE_ID: TEMPLATE } })
    expect(await one.sender.check()).toEqual([
      ok('token'),
      ok('clock'),
      { state: 'ok', what: 'quota', params: { left: 500_000, of: 500_000 } },
      ok('template'),
    ])
    expect(one.api.tokens.given).toHaveLength(1)
    expect(one.api.sent).toEqual([])
  })

  test('a wrong secret, an address that is not listed, a platform out of reach', async () => {
    const one = await open()
    one.api.script('/cgi-bin/stable_token', 40125)
    expect(await one.sender.check()).toEqual([
      { state: 'problem', what: 'token', params: { code: 40125 } },
      ok('clock'),
    ])
    one.api.settings.isListed = false
    expect(await one.sender.check()).toEqual([
      { state: 'problem', what: 'address', params: { code: 40164, ip: '203.0.113.7' } },
      ok('clock'),
    ])
    one.api.settings.isListed = true
    for (const fault of ['down', 'garbage', 'cut', -1] as const) {
      one.api.script('/cgi-bin/stable_token', fault)
      expect(await one.sender.check()).toContainEqual({ state: 'warning', what: 'network' })
    }
    await one.api.outage(true)
    expect(await one.sender.check()).toEqual([{ state: 'warning', what: 'network' }])
    await one.api.outage(false)
  })

  test('an account that was said to be verified and is not', async () => {
    const one = await open({ settings: { WECHAT_TEMPLATE_ID: TEMPLATE } })
    one.api.script('/cgi-bin/openapi/quota/get', 48001)
    one.api.script('/cgi-bin/template/get_all_private_template', 48001)
    const permission = { state: 'problem', what: 'permission', params: { code: 48001 } }
    expect(await one.sender.check()).toEqual([ok('token'), ok('clock'), permission, permission])
  })

  test('little left of the day, and nothing', async () => {
    const one = await open()
    one.api.quota.used = 460_000
    expect(await one.sender.check()).toContainEqual({
      state: 'warning',
      what: 'quota',
      params: { left: 40_000, of: 500_000 },
    })
    one.api.quota.used = 500_000
    expect(await one.sender.check()).toContainEqual({
      state: 'problem',
      what: 'quota',
      params: { left: 0, of: 500_000 },
    })
  })

  test('a clock that is off', async () => {
    const one = await open()
    one.api.settings.clockOffMs = 4 * MINUTE
    expect(await one.sender.check()).toContainEqual(ok('clock'))
    one.api.settings.clockOffMs = -12 * MINUTE
    expect(await one.sender.check()).toContainEqual({ state: 'warning', what: 'clock', params: { minutes: 12 } })
  })

  test('a template that the account has not, or that it can not use', async () => {
    const absent = await open({ settings: { WECHAT_TEMPLATE_ID: 'tpl-gone' } })
    expect(await absent.sender.check()).toContainEqual({
      state: 'problem',
      what: 'template',
      params: { code: 'WECHAT_TEMPLATE_ID' },
    })
    const useless = await open({ account: 'verified_subscription', settings: { WECHAT_TEMPLATE_ID: TEMPLATE } })
    expect(await useless.sender.check()).toContainEqual({
      state: 'warning',
      what: 'template',
      params: { code: 'WECHAT_ACCOUNT' },
    })
  })

  test('every finding has its sentences', async () => {
    const { resources } = readDefinitions({ flowsDir: 'flows', localesDir: 'locales' })
    const text = loadText({ resources, defaultLocale: 'zh-CN' })
    for (const [what, states] of Object.entries({
      token: ['ok', 'problem', 'todo'],
      clock: ['ok', 'warning', 'todo'],
      quota: ['ok', 'warning', 'problem', 'todo'],
      network: ['warning', 'todo'],
      address: ['problem', 'todo'],
      permission: ['problem', 'todo'],
      template: ['ok', 'warning', 'problem', 'todo'],
      settings: ['problem', 'todo'],
    }))
      for (const state of states)
        expect(text.has(`channels:check.${what}.${state}`, 'zh-CN'), `${what}.${state}`).toBe(true)
  })
})
