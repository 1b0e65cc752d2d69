/** The platform's side of groups' robots: `bot/v2/hook/<id>`, with its own signature, size and pace. */
import type { Fault, Shown } from '../stand-in.ts'

const LARGEST = 20 * 1024
const PER_MINUTE = 100
const HOUR_SECONDS = 3600

export interface RobotWorld {
  readonly id: string
  readonly secret: string | null
  readonly chat: string
  now(): number
}

export interface HookBody {
  readonly timestamp?: string
  readonly sign?: string
  readonly msg_type: string
  readonly content?: { readonly text: string }
  readonly card?: {
    readonly header: { readonly title: Words }
    readonly elements: readonly ({ readonly tag: 'div'; readonly text: Words } | Words)[]
  }
}

interface Words {
  readonly tag: string
  readonly content: string
}

export interface Answer {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body: object | string
}

export interface Robot {
  readonly shown: Shown[]
  readonly asked: HookBody[]
  readonly faults: Fault[]
  /** Answers that the next calls get, whatever they ask. */
  readonly answers: Answer[]
  /** @returns null: the connection is cut */
  post(path: string, bytes: Buffer): Promise<Answer | null>
}

const said = (code: number, msg: string): Answer => ({ body: { code, data: {}, msg } })

const FAULTS: Readonly<Partial<Record<Fault, Answer>>> = {
  too_fast: said(11232, 'frequency limited psm[lark.oapi.app_platform_runtime]appID[1500]'),
  down: { status: 502, body: '<html>502 Bad Gateway</html>' },
  token: said(19001, 'param invalid: incoming webhook access token invalid'),
  content: said(19002, 'params error, content invalid'),
  garbage: { body: '<html>网关</html>' },
}

export function robot({ id, secret, chat, now }: RobotWorld): Robot {
  const times: number[] = []
  const robot: Robot = {
    shown: [],
    asked: [],
    faults: [],
    answers: [],
    async post(path, bytes) {
      const fault = robot.faults.shift()
      const answer = fault && FAULTS[fault]
      if (answer) {
        // A card that is refused may be tried as plain words: those are refused as well.
        if (fault === 'content' && bytes.includes('"card"')) robot.faults.unshift('content')
        return answer
      }
      const taken = await take(path, bytes)
      return fault === 'cut' ? null : taken
    },
  }

  const take = async (path: string, bytes: Buffer): Promise<Answer> => {
    if (path !== `/open-apis/bot/v2/hook/${id}`) return FAULTS.token as Answer
    if (bytes.length > LARGEST) return said(9499, 'Bad Request')
    const body = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as HookBody
    robot.asked.push(body)
    const scripted = robot.answers.shift()
    if (scripted) return scripted
    if (secret !== null && !(await isSigned(body, secret, now()))) {
      return said(19021, 'sign match fail or timestamp is not within one hour from current time')
    }
    const at = now()
    while (times.length > 0 && (times[0] as number) <= at - 60_000) times.shift()
    if (times.length >= PER_MINUTE) return said(9499, 'too many request')
    times.push(at)
    const seen = shownOf(chat, body)
    if (!seen) return said(19002, 'params error, msg_type need')
    robot.shown.push(seen)
    return { body: { StatusCode: 0, StatusMessage: 'success', code: 0, data: {}, msg: 'success' } }
  }

  return robot
}

/** By WebCrypto: the secret is in the key, the message is empty, the timestamp is in seconds. */
async function isSigned({ timestamp = '', sign }: HookBody, secret: string, now: number): Promise<boolean> {
  if (!/^\d{10}$/.test(timestamp) || Math.abs(now / 1000 - Number(timestamp)) > HOUR_SECONDS) return false
  const raw = new TextEncoder().encode(`${timestamp}\n${secret}`)
  const key = await crypto.subtle.importKey('raw', raw, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  const expected = await crypto.subtle.sign('HMAC', key, new Uint8Array())
  return sign === btoa(String.fromCharCode(...new Uint8Array(expected)))
}

/** `<at …>` mentions in words and in what is markdown; plain words of a card are shown as they are. */
function shownOf(chat: string, body: HookBody): Shown | null {
  const mentioned: string[] = []
  const withMentions = (words: string) =>
    words.replace(/<at (?:user_)?id="?([^\s">]+)"?>.*?<\/at>/gs, (_, who: string) => {
      mentioned.push(who)
      return ''
    })
  const content =
    body.msg_type === 'text' && body.content
      ? withMentions(body.content.text)
      : body.msg_type === 'interactive' && body.card
        ? [
            body.card.header.title.content,
            ...body.card.elements.map((element) =>
              'text' in element
                ? element.text.content
                : element.tag === 'markdown'
                  ? withMentions(element.content)
                  : element.content,
            ),
          ].join('\n')
        : null
  return content === null
    ? null
    : { chat, text: content, raw: JSON.stringify(body), choices: [], mentioned, file: null }
}
