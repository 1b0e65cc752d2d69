/** The contract itself: a platform on paper passes it, and one that does a thing wrong is found out by the check of that thing. */
import { describe, expect, test } from 'vitest'
import { instant } from '../../src/base/time.ts'
import { neutralise } from '../../src/channels/neutralise.ts'
import type { Channel, Outgoing, Received, ReceivedBody, SendOutcome } from '../../src/messaging/channel.ts'
import { channelContract, CHECKS, runCheck } from './contract.ts'
import type { Lent } from './lent.ts'
import type { Fault, Shown, StandIn } from './stand-in.ts'

const SECRET = 'paper-key-4711'

const OUTCOMES: Record<Fault, SendOutcome> = {
  too_fast: { kind: 'retry', afterSeconds: 7, reason: 'paper:429' },
  down: { kind: 'retry', afterSeconds: 0, reason: 'paper:500' },
  refused: { kind: 'retry', afterSeconds: 0, reason: 'paper:ECONNREFUSED' },
  garbage: { kind: 'retry', afterSeconds: 0, reason: 'paper:garbage' },
  cut: { kind: 'unknown', reason: 'paper:ECONNRESET' },
  token: { kind: 'operator', reason: 'paper:401' },
  blocked: { kind: 'unsendable', reason: 'paper:403' },
  window: { kind: 'person', reason: 'paper:window' },
  content: { kind: 'unsendable', reason: 'paper:content' },
}

/** What this copy of the platform or its channel does wrong. */
interface Wrong {
  readonly outcomes?: Partial<Record<Fault, SendOutcome>>
  readonly show?: (text: string) => string
  readonly mentions?: readonly string[]
  readonly receive?: (received: Received) => Received
  readonly acksAtOnce?: boolean
  readonly losesRefused?: boolean
  readonly hearsForwarded?: boolean
  readonly startRejects?: boolean
  readonly hearsAfterStop?: boolean
  readonly tells?: string
  readonly skips?: Record<string, string>
  readonly without?: keyof StandIn
}

const paper =
  (wrong: Wrong = {}) =>
  (lent: Lent): Promise<StandIn> => {
    const shown = new Map<string, Shown[]>()
    const script: Fault[] = []
    let deliver: ((received: Received) => Promise<void>) | null = null
    let last: Received | null = null
    let count = 0
    let isDown = false

    const put = ({ chat, text, choices, mentions, attachment }: Outgoing) => {
      const raw = neutralise(text, { angle: true, at: true })
      const file = attachment && { name: attachment.name, bytes: lent.files.get(attachment.id) ?? new Uint8Array() }
      const seen = {
        chat,
        raw,
        text: wrong.show?.(raw) ?? raw,
        choices,
        mentioned: wrong.mentions ?? mentions,
        file: file ?? null,
      }
      shown.set(chat, [...(shown.get(chat) ?? []), seen])
    }

    const channel: Channel = {
      name: 'telegram',
      abilities: {
        buttons: true,
        markup: 'none',
        textLimit: { max: 500, unit: 'utf16' },
        groups: true,
        receives: true,
        replyWindowHours: null,
      },
      start(given) {
        deliver = given
        return isDown && wrong.startRejects ? Promise.reject(new Error('down')) : Promise.resolve()
      },
      send(outgoing) {
        const fault = script.shift()
        if (isDown) return Promise.resolve(OUTCOMES.refused)
        if (fault && wrong.tells !== undefined) lent.log('failed', { url: wrong.tells })
        if (!fault || fault === 'cut') put(outgoing)
        return Promise.resolve(
          fault ? (wrong.outcomes?.[fault] ?? OUTCOMES[fault]) : { kind: 'sent', platformId: String(count++) },
        )
      },
      check: () => Promise.resolve([isDown ? { state: 'warning', what: 'network' } : { state: 'ok', what: 'reached' }]),
      stop() {
        if (!wrong.hearsAfterStop) deliver = null
        return Promise.resolve()
      },
    }

    const give = async (received: Received) => {
      const made = wrong.receive?.(received) ?? received
      last = received
      const taken = deliver?.(made)
      if (wrong.acksAtOnce) taken?.catch(() => {})
      else await taken?.catch(() => {})
    }
    const from = (user: string, chat: string, group: boolean, body: ReceivedBody) =>
      give({
        channel: 'telegram',
        messageId: `${chat}-${count++}`,
        chat,
        from: user,
        group,
        at: instant(Date.now()),
        language: null,
        body,
      })

    const standIn: StandIn = {
      channel,
      says: (user, text) => from(user, user, false, { kind: 'text', text }),
      saysInGroup: (chat, user, text) => from(user, chat, true, { kind: 'text', text }),
      forwards: (chat, user, text) =>
        wrong.hearsForwarded ? from(user, chat, true, { kind: 'text', text }) : Promise.resolve(),
      async sends(user, what, bytes, transcript) {
        const file = await lent.storeFile(bytes, `a.${what}`)
        await from(
          user,
          user,
          false,
          what === 'photo' ? { kind: what, file } : { kind: what, file, transcript: transcript ?? null },
        )
      },
      isAt: (user, latitude, longitude) => from(user, user, false, { kind: 'location', latitude, longitude }),
      arrives: (user, payload) => from(user, user, false, { kind: 'start', payload }),
      taps: (user, id) => from(user, user, false, { kind: 'choice', id }),
      repeats: async () => {
        if (last && !wrong.losesRefused) await give(last)
      },
      shown: (chat) => shown.get(chat) ?? [],
      fail: (fault, times = 1) => void script.push(...Array<Fault>(times).fill(fault)),
      outage: (down) => {
        isDown = down
        return Promise.resolve()
      },
      waitSeconds: 7,
      log: () => '',
      secrets: [SECRET],
      person: '42',
      group: '-7',
      skips: wrong.skips ?? {},
      close: () => Promise.resolve(),
    }
    if (wrong.without) delete (standIn as unknown as Record<string, unknown>)[wrong.without]
    return Promise.resolve(standIn)
  }

channelContract('paper', paper())

const LIMITS = { waitMs: 40, quietMs: 5 }
const wrongBody = (change: (body: ReceivedBody) => ReceivedBody): Wrong => ({
  receive: (received) => ({ ...received, body: change(received.body) }),
})
let again = 0

describe('what is wrong is found', () => {
  test.each<[string, Wrong]>([
    [
      'private text',
      wrongBody((body) => (body.kind === 'text' ? { ...body, text: body.text.replace('<急>', '') } : body)),
    ],
    ['private text', { receive: (received) => ({ ...received, from: '王书记' }) }],
    ['private text', { receive: (received) => ({ ...received, at: instant(received.at * 1000) }) }],
    ['every message has its own id', { receive: (received) => ({ ...received, messageId: '1' }) }],
    ['acked after it is durable', { acksAtOnce: true }],
    ['delivered again when it was not durable', { losesRefused: true }],
    ['redelivery keeps the id', { receive: (received) => ({ ...received, messageId: `m${again++}` }) }],
    ['group text without the mention', { receive: (received) => ({ ...received, group: false }) }],
    [
      'group text without the mention',
      wrongBody((body) => (body.kind === 'text' ? { ...body, text: `@bot ${body.text}` } : body)),
    ],
    ['what was forwarded into a group is left', { hearsForwarded: true }],
    ['photo', wrongBody((body) => (body.kind === 'photo' ? { ...body, file: { ...body.file, id: 'x' } } : body))],
    ['words of a recording', wrongBody((body) => (body.kind === 'voice' ? { ...body, transcript: null } : body))],
    ['location', wrongBody((body) => (body.kind === 'location' ? { ...body, latitude: body.longitude } : body))],
    [
      'payload of a QR code',
      wrongBody((body) => (body.kind === 'start' ? { ...body, payload: 'qrscene_v_3kd7q2' } : body)),
    ],
    [
      'tap gives the exact id',
      wrongBody((body) => (body.kind === 'choice' ? { ...body, id: body.id.slice(0, 64) } : body)),
    ],
    ['text to a person as it is', { show: (text) => text.replaceAll('&', '&amp;') }],
    ['text to a person as it is', { show: (text) => text.replaceAll('\n\n', '\n') }],
    ['text to a group as it is', { mentions: ['all'] }],
    ['a reminder as it is', { show: (text) => text.replaceAll('*', '') }],
    ['mentions who was asked for', { mentions: [] }],
    ['the longest text goes through whole', { show: (text) => text.slice(0, 400) }],
    ['attachment', { without: 'shown' }],
    ['fault too_fast', { outcomes: { too_fast: { kind: 'retry', afterSeconds: 0, reason: 'paper:429' } } }],
    ['fault down', { outcomes: { down: { kind: 'unsendable', reason: 'paper:500' } } }],
    ['fault cut', { outcomes: { cut: { kind: 'retry', afterSeconds: 0, reason: 'paper:cut' } } }],
    ['fault token', { outcomes: { token: { kind: 'operator', reason: `bad key ${SECRET}` } } }],
    ['fault window', { outcomes: { window: { kind: 'unsendable', reason: 'paper:window' } } }],
    ['starts while the platform is down', { startRejects: true }],
    ['nothing comes after stop', { hearsAfterStop: true }],
    ['has secrets that are looked for', { tells: `https://x/${SECRET}` }],
    ['location', { without: 'isAt' }],
    ['group text without the mention', { without: 'saysInGroup' }],
  ])('%s %#', async (check, wrong) => {
    await expect(runCheck(check, paper(wrong), LIMITS)).rejects.toThrow()
  })

  test('a check that is left out says why', async () => {
    expect(
      await runCheck('location', paper({ without: 'isAt', skips: { location: 'the platform has none' } }), LIMITS),
    ).toBe('the platform has none')
    expect(Object.keys(CHECKS)).toContain('location')
  })
})
