import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, test } from 'vitest'
import { insert } from '../../src/base/change.ts'
import { ABILITIES } from '../../src/channels/abilities.ts'
import { CHANNEL_SETTINGS } from '../../src/channels/settings.ts'
import { lookOnlyParts } from '../../src/cli/doctor/look-only-parts.ts'
import { checkPlatforms } from '../../src/cli/doctor/platforms.ts'
import { report } from '../../src/cli/doctor/report.ts'
import { shippedText } from '../../src/cli/problem.ts'
import type { Channel, ChannelFinding, ChannelName } from '../../src/messaging/channel.ts'
import { memoryStorage } from '../../src/storage/memory/memory-storage.ts'

const speech = { text: shippedText(), language: 'zh-CN' }
const TOKEN = '4711:AAsecretTOKENofTheBot'

function fake(name: ChannelName, check?: Channel['check']): Channel & { stopped: number } {
  const channel: Channel & { stopped: number } = {
    name,
    abilities: ABILITIES[name],
    stopped: 0,
    start: () => Promise.reject(new Error('the doctor starts nothing')),
    send: () => Promise.reject(new Error('the doctor sends nothing')),
    ...(check && { check }),
    stop: () => Promise.resolve(void (channel.stopped += 1)),
  }
  return channel
}

const finds =
  (...findings: ChannelFinding[]) =>
  () =>
    Promise.resolve(findings)

async function told(channels: readonly Channel[] | null, env: Record<string, string> = {}, limitMs = 1_000) {
  const findings = await checkPlatforms({
    settings: CHANNEL_SETTINGS.parse(env),
    partsOf: lookOnlyParts(null, null),
    speech,
    limitMs,
    ...(channels && { channels }),
  })
  return { findings, text: report(findings, speech, true) }
}

describe('doctor looks at the platforms', () => {
  test('what each found is told in sentences, with what to do', async () => {
    const telegram = fake(
      'telegram',
      finds({ state: 'ok', what: 'token' }, { state: 'warning', what: 'clock', params: { minutes: 12 } }),
    )
    const wechat = fake('wechat', finds({ state: 'problem', what: 'permission' }))
    const { text } = await told([telegram, wechat], { TELEGRAM_TOKEN: TOKEN, WECHAT_APP_ID: 'wx1' })
    expect(text).toContain('[好] Telegram：密钥有效。')
    expect(text).toContain('[注意] Telegram：这台机器的时间跟平台差 12 分钟。\n  怎么办：打开系统的自动对时。')
    expect(text).toContain('[要修] 微信公众号：缺少权限。\n  怎么办：')
    expect(text).toContain('1 处要修，1 处要注意。')
    expect([telegram.stopped, wechat.stopped]).toEqual([1, 1])
  })

  test('a finding without a sentence is told by its code; one that does not answer is given up', async () => {
    const { text } = await told(
      [fake('telegram', finds({ state: 'problem', what: 'moonlight' })), fake('wechat', () => new Promise(() => {}))],
      { TELEGRAM_TOKEN: TOKEN, WECHAT_APP_ID: 'wx1' },
      20,
    )
    expect(text).toContain('Telegram：用不了（moonlight）。')
    expect(text).toContain('微信公众号：0 秒里没有答复。')
  })

  test('platforms that nobody uses are not asked', async () => {
    const unused = fake('wecom', () => Promise.reject(new Error('asked')))
    expect((await told([unused])).findings).toEqual([])
    expect(unused.stopped).toBe(1)
    expect((await told(null)).findings).toEqual([])
  })

  test('a group with a robot is enough to be asked', async () => {
    const storage = memoryStorage()
    await storage.writer.commit([
      insert('GroupChat', {
        id: 'g',
        channel: 'wecom',
        chat: 'g1',
        territoryId: 'v',
        purposes: 'village',
        audience: 'staff',
        pageCode: 'p',
        webhook: 'https://x/robot?key=secret',
        secret: null,
        leftAt: null,
        revision: 0,
      }),
    ])
    const parts = lookOnlyParts(storage.reads, null)
    const channel = fake('wecom', async () => [
      { state: 'ok', what: 'webhook', params: { count: (await parts('wecom').hookedChats()).length } },
    ])
    const findings = await checkPlatforms({
      settings: CHANNEL_SETTINGS.parse({}),
      partsOf: parts,
      speech,
      channels: [channel],
    })
    expect(report(findings, speech, true)).toContain('企业微信：1 个群有机器人。')
    await storage.close()
  })

  test('a real channel says plainly that it is offline, and that its token is refused, and tells no token', async () => {
    const closed = await told(null, { TELEGRAM_TOKEN: TOKEN, TELEGRAM_API_ROOT: 'http://127.0.0.1:9' }, 3_000)
    expect(closed.text).toContain('Telegram：现在连不上。')
    expect(closed.text).not.toContain('secretTOKEN')

    const server = createServer((_, response) =>
      response
        .writeHead(401, { 'content-type': 'application/json' })
        .end('{"ok":false,"error_code":401,"description":"Unauthorized"}'),
    )
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const refused = await told(null, { TELEGRAM_TOKEN: TOKEN, TELEGRAM_API_ROOT: root }, 3_000)
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    expect(refused.text).toContain('Telegram：平台不认现在的密钥。')
    expect(refused.text).not.toContain('secretTOKEN')
  })
})
