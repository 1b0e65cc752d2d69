import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildServer } from '../../src/http/server.ts'
import { onePoster } from '../../src/reports/posters/poster-page.ts'
import { shippedText } from '../cli/import-run.ts'
import { houseWith } from './deps.ts'

const place = {
  path: '吉首市/矮寨镇/阳孟村',
  name: '阳孟村',
  level: 'village',
  chatCode: 'abc123',
  publicPhone: '07438520001',
}
const village = { place, phone: { number: '07438520001', of: '阳孟村' } }

let server: FastifyInstance
beforeAll(async () => {
  const { deps } = houseWith([], {
    poster: (code, language, origin) =>
      Promise.resolve(code === 'abc123' ? onePoster(village, shippedText, language, origin) : null),
  })
  server = await buildServer(deps)
})
afterAll(() => server.close())

describe('a poster over HTTP', () => {
  it('is a page of its own that runs nothing and is found by the code of the village', async () => {
    const answer = await server.inject({ url: '/posters/ABC123', headers: { host: 'bangfu.example.cn' } })
    expect(answer.statusCode).toBe(200)
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8')
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'")
    expect(answer.body).toContain('<span>http://bangfu.example.cn/chat/abc123</span>')
    expect(answer.body).toContain('0743-8520001')
    expect(answer.body).toContain('怎么申请帮扶')
  })

  it('speaks the language that is asked for, or that of the browser', async () => {
    expect((await server.inject('/posters/abc123?lang=en')).body).toContain('How to apply for help')
    const headers = { 'accept-language': 'en-GB,en;q=0.9' }
    expect((await server.inject({ url: '/posters/abc123', headers })).body).toContain('How to apply for help')
  })

  it.each(['/posters/zzz999', '/posters/a', '/posters/..%2f..%2fetc'])('%s is nothing', async (url) => {
    expect((await server.inject(url)).statusCode).toBeGreaterThanOrEqual(400)
  })
})
