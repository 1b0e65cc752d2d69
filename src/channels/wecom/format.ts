/** Our words and people's as WeCom shows them: nobody's words mention, link or format. */
import type { Outgoing } from '../../messaging/channel.ts'
import { neutralise } from '../neutralise.ts'

/** Bytes of `text.content` and `markdown.content` of a group's robot. Source: 消息推送配置说明. */
export const TEXT_BYTES = 2048
export const MARKDOWN_BYTES = 4096

/** Accounts that may stand in a mention: `all` would call everybody. */
const ACCOUNT = /^[A-Za-z0-9_.@-]{1,64}$/

export const bytesOf = (text: string): number => Buffer.byteLength(text, 'utf8')

export const mentionable = (mentions: readonly string[]): string[] =>
  mentions.filter((account) => ACCOUNT.test(account) && !/^@?all$/i.test(account))

/** For the plain type of message, in which `<@account>` still mentions. */
export const plainText = (text: string): string => neutralise(text, { at: true, angle: true })

/** The first line of a reminder is bold; who is called stands in the last line. */
export function markdown(outgoing: Pick<Outgoing, 'text' | 'mentions' | 'reminder'>): string {
  const safe = neutralise(outgoing.text, { at: true, angle: true, markdown: true })
  const called = mentionable(outgoing.mentions).map((account) => `<@${account}>`)
  const words = outgoing.reminder === null ? safe : boldFirstLine(safe)
  return called.length === 0 ? words : `${words}\n${called.join(' ')}`
}

function boldFirstLine(text: string): string {
  const end = text.indexOf('\n')
  const first = (end < 0 ? text : text.slice(0, end)).trim()
  if (first === '' || first.includes('*')) return text
  return `**${first}**${end < 0 ? '' : text.slice(end)}`
}
