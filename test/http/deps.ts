import { createHash } from 'node:crypto'
import { instant } from '../../src/base/time.ts'
import type { HttpDeps } from '../../src/http/deps.ts'
import type { Outgoing, Received } from '../../src/messaging/channel.ts'

export const TOKEN = 'a'.repeat(43)
export const CHAT = createHash('sha256').update(TOKEN).digest('hex')

export const outgoing = (id: string, text: string, chat = CHAT): Outgoing => ({
  id,
  channel: 'web',
  chat,
  text,
  choices: [{ id: 'yes', label: '是' }],
  mentions: [],
  cause: null,
  reminder: null,
  matter: null,
  question: null,
  progress: null,
  createdAt: instant(Date.UTC(2026, 10, 23)),
  again: false,
})

/** A house of one village, one group and one chat with what `sent` holds. */
export function houseWith(sent: Outgoing[], over: Partial<HttpDeps> = {}) {
  const received: Received[] = []
  const listeners = new Set<(message: Outgoing) => void>()
  const logged: unknown[] = []
  const deps: HttpDeps = {
    clock: { now: () => instant(Date.UTC(2026, 10, 23, 1)) },
    zone: 'Asia/Shanghai',
    demo: true,
    defaultLocale: 'zh-CN',
    pages: null,
    webhooks: [],
    receive: (message) => Promise.resolve(void received.push(message)),
    listen: (_, listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    transcript: (channel, chat, after, limit) =>
      Promise.resolve(sent.filter((m) => m.channel === channel && m.chat === chat && m.id > after).slice(0, limit)),
    storeFile: (bytes, name) =>
      Promise.resolve({
        id: createHash('sha256').update(bytes).digest('hex'),
        name,
        type: 'image/png',
        bytes: bytes.length,
      }),
    openFile: () => Promise.resolve(null),
    fileById: () => Promise.resolve(null),
    villageByCode: (code) =>
      Promise.resolve(code === 'abc123' ? { path: '吉首市/矮寨镇/阳孟村', name: '阳孟村' } : null),
    groupByPage: (code) =>
      Promise.resolve(code === 'grp1' ? { channel: 'web', chat: 'group-1', title: '阳孟村' } : null),
    readiness: () => Promise.resolve({ database: true, oldestDue: null, lastTick: null }),
    metrics: () => Promise.resolve('# none\n'),
    explain: (error) => error.code,
    logError: (error) => logged.push(error),
    ...over,
  }
  return { deps, received, listeners, logged }
}
