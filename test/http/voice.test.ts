import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readVoices } from '../../src/cli/read-voices.ts'
import { buildServer } from '../../src/http/server.ts'
import { voiceFile } from '../../src/text/voices.ts'
import { houseWith, outgoing, TOKEN } from './deps.ts'

/** Four frames of silence: MPEG-1 layer III, 32 kbit/s, 44.1 kHz, mono; 104 bytes each. */
const FRAME = Buffer.concat([Buffer.from([0xff, 0xfb, 0x10, 0xc4]), Buffer.alloc(100)])
const AUDIO = Buffer.concat([FRAME, FRAME, FRAME, FRAME])

const root = mkdtempSync(join(tmpdir(), 'bangfu-voice-'))
mkdirSync(join(root, 'zh-CN/voice/hens'), { recursive: true })
writeFileSync(join(root, 'zh-CN/voice/hens/sick.mp3'), AUDIO)
writeFileSync(join(root, 'zh-CN/words.json'), '{"secret":"words"}')
const { voices } = readVoices(root, ['zh-CN'])
const withVoice = { ...outgoing('m1', '病了几只？'), voice: 'zh-CN/hens/sick.mp3' }

let server: FastifyInstance
beforeAll(async () => {
  const { deps } = houseWith([withVoice, outgoing('m2', '谢谢')], {
    voices: { root, find: (name) => voiceFile(voices, name) },
  })
  server = await buildServer(deps)
})
afterAll(async () => {
  await server.close()
  rmSync(root, { recursive: true, force: true })
})

describe('recorded prompts over HTTP', () => {
  it('are played whole, and in parts as phones ask for them', async () => {
    const whole = await server.inject('/voice/zh-CN/hens/sick.mp3')
    expect(whole.statusCode).toBe(200)
    expect(whole.headers).toMatchObject({
      'content-type': 'audio/mpeg',
      'cache-control': 'public, max-age=86400',
      'accept-ranges': 'bytes',
      'x-content-type-options': 'nosniff',
    })
    expect(whole.rawPayload.equals(AUDIO)).toBe(true)
    const part = await server.inject({ url: '/voice/zh-CN/hens/sick.mp3', headers: { range: 'bytes=0-3' } })
    expect(part.statusCode).toBe(206)
    expect(part.rawPayload.equals(AUDIO.subarray(0, 4))).toBe(true)
    const again = await server.inject({
      url: '/voice/zh-CN/hens/sick.mp3',
      headers: { 'if-none-match': String(whole.headers.etag) },
    })
    expect(again.statusCode).toBe(304)
  })

  it.each([
    '/voice/zh-CN/hens/other.mp3',
    '/voice/en/hens/sick.mp3',
    '/voice/zh-CN/hens/..%2f..%2fwords.json',
    '/voice/zh-CN/..%2f/words.json',
    '/voice/..%2fzh-CN/hens/sick.mp3',
    '/voice/zh-CN/hens/../../words.json',
    '/voice/zh-CN/hens/sick.mp3%00',
    '/voice/zh-CN/hens/',
  ])('%s is nothing', async (url) => {
    const answer = await server.inject(url)
    expect(answer.statusCode).toBe(404)
    expect(answer.body).not.toContain('secret')
  })

  it('are named by the message that asks', async () => {
    const headers = { authorization: `Bearer ${TOKEN}` }
    const { messages } = (await server.inject({ url: '/api/chat/messages', headers })).json<{
      messages: { voice?: string }[]
    }>()
    expect(messages.map(({ voice }) => voice)).toEqual(['/voice/zh-CN/hens/sick.mp3', undefined])
  })
})
