/** A village's page as it is sent: what can be read before the program comes, and nothing that could break out of it. */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import type { HttpDeps } from '../../src/http/deps.ts'
import { buildServer } from '../../src/http/server.ts'
import { houseWith, outgoing } from './deps.ts'

const TEMPLATE =
  '<!doctype html><html lang="zh-CN"><head><title>帮扶通</title><script>early()</script></head>' +
  '<body><div id="app"><div class="header">帮扶通</div></div></body></html>'

function pages(): string {
  const root = mkdtempSync(join(tmpdir(), 'bangfu-pages-'))
  mkdirSync(join(root, 'assets'))
  writeFileSync(join(root, 'index.html'), TEMPLATE)
  return root
}

const greeter = (text: string, labels: readonly string[]): NonNullable<HttpDeps['greeter']> => ({
  languageFor: (wanted) => (wanted.startsWith('en') ? 'en' : 'zh-CN'),
  welcome: (village, language) => ({
    ...outgoing('1', `${text} ${village.name} ${language}`),
    choices: labels.map((label, place) => ({ id: `flow_${place}`, label })),
  }),
  say: (word, params) => `${word} ${Object.values(params).join(' ')}`,
})

const serverWith = async (text: string, labels: readonly string[]) =>
  buildServer(houseWith([], { pages: pages(), greeter: greeter(text, labels) }).deps)

describe('the page of a village', () => {
  test('carries its title, the first message and its choices in the language asked for', async () => {
    const server = await serverWith('hello', ['one', 'two'])
    const { body } = await server.inject({ url: '/chat/ABC123', headers: { 'accept-language': 'en-GB,en' } })
    expect(body).toContain('<html lang="en">')
    expect(body).toContain('<title>title 阳孟村</title>')
    expect(body).toContain('<p class="text">hello 阳孟村 en</p>')
    expect(body.match(/data-choice="flow_\d"/g)).toEqual(['data-choice="flow_0"', 'data-choice="flow_1"'])
    const opening = JSON.parse(/application\/json">(.*?)<\/script>/.exec(body)?.[1] ?? '') as object
    expect(opening).toMatchObject({
      language: 'en',
      village: { code: 'abc123', name: '阳孟村', payload: 'village:吉首市/矮寨镇/阳孟村' },
      greeting: { seq: '', text: 'hello 阳孟村 en' },
    })
  })

  test('shows the first ones of a long list, and how many more there are', async () => {
    const server = await serverWith(
      'hello',
      Array.from({ length: 9 }, (_, place) => `entry ${place}`),
    )
    const { body } = await server.inject({ url: '/chat/abc123' })
    expect(body.match(/data-choice/g)).toHaveLength(6)
    expect(body).toContain('class="choice more">more 3<')
  })

  test('keeps words from becoming markup or script', async () => {
    const hostile = '</script><img src=x onerror=alert(1)>$&"\''
    const server = await serverWith(hostile, [hostile])
    const { body } = await server.inject({ url: '/chat/abc123' })
    expect(body).not.toContain('<img')
    expect(body.match(/<\/script>/g)).toHaveLength(2)
    const opening = JSON.parse(/application\/json">(.*?)<\/script>/.exec(body)?.[1] ?? '') as {
      greeting: { choices: { label: string }[] }
    }
    expect(opening.greeting.choices[0]?.label).toBe(hostile)
  })

  test('is plain for a code that is none, and allows no script but ours', async () => {
    const server = await serverWith('hello', ['one'])
    const { body, headers } = await server.inject({ url: '/chat/zzz999' })
    expect(body).toBe(TEMPLATE)
    expect(headers['content-security-policy']).toMatch(/script-src 'self' 'sha256-[A-Za-z0-9+/=]{44}'; /)
  })

  test.each([
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
  ])('travels compressed where the browser reads %s', async (encoding, unpack) => {
    const server = await serverWith('hello', ['one'])
    const { rawPayload, headers } = await server.inject({
      url: '/chat/abc123',
      headers: { 'accept-encoding': encoding },
    })
    expect(headers['content-encoding']).toBe(encoding)
    expect(unpack(rawPayload).toString()).toContain('hello 阳孟村')
  })
})
