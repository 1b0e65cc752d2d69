/** A villager's page: sends a whole report message by message, again whatever was not accepted, and reads what it hears. */
import { createHash } from 'node:crypto'
import type { Random } from '../../src/base/random.ts'
import type { ChatMessage, ChatMessages, SendMessage } from '../../src/http/contract.ts'
import type { KillableHouse } from './killable-house.ts'

export interface Report {
  readonly token: string
  readonly chat: string
  readonly name: string
  readonly sent: readonly { readonly messageId: string; readonly body: SendMessage['body'] }[]
  /** The answers as they must be stored. */
  readonly answers: Readonly<Record<string, string>>
  /** What the page heard, in the order in which it heard it. */
  readonly heard: ChatMessage[]
}

/** Milliseconds until an answer that does not come is taken for lost. */
const ANSWER_WITHIN = 5_000

export function newReport(number: number, random: Random): Report {
  const token = createHash('sha256').update(`villager ${number} ${random()}`).digest('base64url')
  const pick = (least: number, most: number) => least + Math.floor(random() * (most - least + 1))
  const name = `吴${'甲乙丙丁戊己庚辛壬癸'[number % 10]}${number}`
  const phone = `139${String(10_000_000 + number)}`
  const members = pick(2, 9)
  const income = pick(1_000, 60_000)
  const spent = pick(100, 9_000)
  const story = `老伴住院了，第${number}回。`
  const texts = [
    '1', // consent
    '阳孟村',
    name,
    phone,
    `${members}口人`,
    '生病，供孩子读书',
    '没有', // urgent
    '一个', // earners
    String(income),
    String(spent),
    story,
    '没有', // photo
    '1', // submit
  ]
  const bodies: SendMessage['body'][] = [
    { kind: 'choice', id: 'hardship_report' },
    ...texts.map((text) => ({ kind: 'text' as const, text })),
  ]
  return {
    token,
    chat: createHash('sha256').update(token).digest('hex'),
    name,
    sent: bodies.map((body, index) => ({ messageId: `${number}-${index}`, body })),
    answers: {
      village: '吉首市/矮寨镇/阳孟村',
      name,
      phone,
      members: String(members),
      causes: 'illness schooling',
      urgent: 'no',
      earners: '1',
      income: String(income),
      spent: String(spent),
      story,
    },
    heard: [],
  }
}

/** Id of the inbox row of a message. */
export const inboxIdOf = (report: Report, messageId: string): string => `web ${report.chat.slice(0, 16)} ${messageId}`

/** @param acknowledged called for each message at its first 202 */
export async function talk(
  house: KillableHouse,
  report: Report,
  random: Random,
  acknowledged: () => void,
): Promise<void> {
  for (const message of report.sent) {
    await deliver(house, report, message)
    acknowledged()
    if (random() < 0.1) await deliver(house, report, message)
    await listen(house, report)
  }
}

/** Sends until it is accepted. */
async function deliver(house: KillableHouse, report: Report, message: Report['sent'][number]): Promise<void> {
  for (;;) {
    const answer = await ask(house, '/api/chat/messages', report.token, message)
    if (answer?.status === 202) return
    if (answer && answer.status < 500) throw new Error(`${answer.status} ${await answer.text()}`)
  }
}

/** Reads what came since the last time. What can't be read now is read the next time. */
export async function listen(house: KillableHouse, report: Report): Promise<boolean> {
  for (;;) {
    const after = report.heard.at(-1)?.seq ?? ''
    const answer = await ask(house, `/api/chat/messages?after=${encodeURIComponent(after)}`, report.token)
    const page = (await answer?.json().catch(() => null)) as ChatMessages | null
    if (!page) return false
    report.heard.push(...page.messages)
    if (!page.more) return true
  }
}

/** The whole of what the chat was told. */
export async function transcript(house: KillableHouse, report: Report): Promise<ChatMessage[]> {
  const again = { ...report, heard: [] }
  if (!(await listen(house, again))) throw new Error('the transcript can not be read')
  return again.heard
}

/** null where there was no answer: it may have been received, or not. */
async function ask(house: KillableHouse, path: string, token: string, body?: object): Promise<Response | null> {
  await house.up()
  return fetch(house.url + path, {
    signal: AbortSignal.timeout(ANSWER_WITHIN),
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
  }).catch(() => null)
}
