/**
 * Wechaty and its puppet, started and kept up. Logging in is a person's act: the address of the QR code is logged, and until it was
 * scanned nothing goes in or out.
 */
import type * as WechatyModule from 'wechaty'
import type { Message, Wechaty } from 'wechaty'
import { MINUTE, SECOND } from '../../base/time.ts'
import type { ChannelParts } from '../parts.ts'

/** `missing`: wechaty or the puppet isn't installed, or doesn't load. `waiting`: to be scanned, or logged out. */
export type LoginState = 'off' | 'missing' | 'starting' | 'waiting' | 'ready'

export interface LoginOptions {
  /** Package of the puppet, or one that was made already. */
  readonly puppet: unknown
  readonly token: string | undefined
  readonly file: string | undefined
  readonly parts: Pick<ChannelParts, 'log' | 'clock' | 'groupLeft'>
  /** Milliseconds before a puppet that didn't start is started again (default: 30 s); doubled up to ten minutes. */
  readonly againMs: number | undefined
  onMessage(message: Message): void
}

export interface Login {
  readonly state: LoginState
  /** Null unless logged in. */
  readonly bot: Wechaty | null
  /** Milliseconds since the login. */
  loggedInFor(): number
  /** Resolves once it was tried: what goes wrong is logged and tried again. */
  start(): Promise<void>
  stop(): Promise<void>
}

const AGAIN = 30 * SECOND
const LONGEST = 10 * MINUTE

/** Faults of a puppet come in heaps, and say nothing that could be acted on one by one. */
const FAULTS_PAUSE = 10 * MINUTE

export function login(options: LoginOptions): Login {
  const { parts } = options
  let state: LoginState = 'off'
  let bot: Wechaty | null = null
  let since = 0
  let failures = 0
  let timer: NodeJS.Timeout | undefined
  let faultTold = -Infinity
  let lastCode = ''
  let isStarting = false
  let hasFailed = false

  const isOff = () => state === 'off'

  const become = (next: LoginState) => {
    if (state === next || state === 'off') return
    state = next
    parts.log(`login_${next}`)
  }

  const listen = (to: Wechaty) => {
    to.on('scan', (code) => {
      become('waiting')
      if (code === '' || code === lastCode) return
      lastCode = code
      parts.log('scan', { address: `https://wechaty.js.org/qrcode/${encodeURIComponent(code)}` })
    })
    to.on('login', () => {
      since = parts.clock.now()
      become('ready')
    })
    to.on('logout', () => become('waiting'))
    to.on('message', (message) => {
      if (bot === to) options.onMessage(message)
    })
    to.on('room-join', (room, joined) => {
      if (joined.some((contact) => contact.self())) void parts.groupLeft(room.id, false).catch(() => {})
    })
    to.on('room-leave', (room, left) => {
      if (left.some((contact) => contact.self())) void parts.groupLeft(room.id, true).catch(() => {})
    })
    to.on('error', () => {
      if (isStarting) hasFailed = true
      if (parts.clock.now() - faultTold < FAULTS_PAUSE) return
      faultTold = parts.clock.now()
      parts.log('puppet_fault')
    })
  }

  const begin = async (to: Wechaty): Promise<void> => {
    isStarting = true
    hasFailed = false
    try {
      await to.start()
    } catch (error) {
      if (isMissing(error)) return become('missing')
      hasFailed = true
    } finally {
      isStarting = false
    }
    if (!hasFailed || state !== 'starting' || bot !== to) return
    timer = setTimeout(() => void againUnlessUp(to), Math.min((options.againMs ?? AGAIN) * 2 ** failures, LONGEST))
    failures += 1
  }

  const againUnlessUp = async (to: Wechaty): Promise<void> => {
    if (state !== 'starting') return
    await to.stop().catch(() => {})
    if (!isOff()) await begin(to)
  }

  return {
    get state() {
      return state
    },
    get bot() {
      return state === 'ready' ? bot : null
    },
    loggedInFor: () => parts.clock.now() - since,
    async start() {
      state = 'starting'
      const wechaty = await load()
      if (isOff()) return
      if (!wechaty) return become('missing')
      // Its own log prints who said what.
      wechaty.log.level('silent')
      bot = wechaty.WechatyBuilder.build({
        puppet: options.puppet as never,
        ...(options.token !== undefined && { puppetOptions: { token: options.token } }),
        ...(options.file !== undefined && { name: options.file }),
      })
      listen(bot)
      await begin(bot)
    },
    async stop() {
      const stopped = state === 'starting' || state === 'waiting' || state === 'ready' ? bot : null
      clearTimeout(timer)
      state = 'off'
      bot = null
      await stopped?.stop().catch(() => {})
    },
  }
}

/** @returns null when it isn't installed: production installs leave it out */
export async function load(): Promise<typeof WechatyModule | null> {
  try {
    return await import('wechaty')
  } catch {
    return null
  }
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && String(error.code).endsWith('MODULE_NOT_FOUND')
