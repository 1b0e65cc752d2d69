/** Our words and people's as DingTalk shows them: nobody's words mention, link or format. */
import type { Outgoing } from '../../messaging/channel.ts'
import { neutralise } from '../neutralise.ts'

/** Bytes of `msgParam`, and taken for that of a robot's message, whose limit isn't told. Source: 机器人发送群聊消息. */
export const LONGEST_BYTES = 15_000

/** UTF-16 units of a title, which the phone shows in its notice. */
const TITLE = 60

const BREAK = '\u200B'

/** Emphasis and code by single marks, and escapes: nothing that isn't seen breaks them. */
const SINGLE_MARK = /[*`\\]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/

export type Words =
  | { readonly kind: 'text'; readonly content: string }
  | { readonly kind: 'markdown'; readonly title: string; readonly text: string }

export interface Mentioned {
  readonly atUserIds: readonly string[]
  readonly atMobiles: readonly string[]
}

const MOBILE = /^1\d{10}$/
const ACCOUNT = /^[\w.@-]{1,64}$/

/** An account that looks like a phone number is called by it; nobody is called by `all`. */
export function mentioned(accounts: readonly string[]): Mentioned {
  const callable = accounts.filter((account) => ACCOUNT.test(account) && !/^@?all$/i.test(account))
  return {
    atUserIds: callable.filter((account) => !MOBILE.test(account)),
    atMobiles: callable.filter((account) => MOBILE.test(account)),
  }
}

export interface WordsOptions {
  /** Those who are called stand in the last line: without it nobody is. */
  readonly mentions: Mentioned
  /** What a robot with keyword security wants in every message. */
  readonly keyword: string | null
}

/** The plain rendering, which everything is taken in. */
export function plain({ text }: Pick<Outgoing, 'text'>, options: WordsOptions): Words {
  const safe = neutralise(text, { at: true })
  return { kind: 'text', content: [safe, ...tail(safe, options)].join('\n') }
}

/** @returns null where plain words show better: no reminder, marks that can't be kept from formatting, too long */
export function marked({ text, reminder }: Pick<Outgoing, 'text' | 'reminder'>, options: WordsOptions): Words | null {
  if (reminder === null || SINGLE_MARK.test(text)) return null
  const lines = neutralise(text, { at: true, angle: true, markdown: true }).split('\n')
  const first = (lines[0] ?? '').trim()
  const [title] = text.trim().split('\n')
  if (first === '' || first === BREAK || title === undefined) return null
  // A single line break shows as none, and several as one.
  const shown = [`**${first}**`, ...lines.slice(1).map((line) => (line.trim() === '' ? BREAK : line))]
  const words: Words = {
    kind: 'markdown',
    title: neutralise([...title].slice(0, TITLE).join(''), { at: true, angle: true }),
    text: [...shown, ...tail(shown.join('\n'), options)].join('\n\n'),
  }
  return Buffer.byteLength(JSON.stringify({ title: words.title, text: words.text })) > LONGEST_BYTES ? null : words
}

function tail(text: string, { keyword, mentions: { atUserIds, atMobiles } }: WordsOptions): string[] {
  const called = [...atUserIds, ...atMobiles].map((account) => `@${account}`)
  return [
    ...(keyword === null || text.includes(keyword) ? [] : [keyword]),
    ...(called.length > 0 ? [called.join(' ')] : []),
  ]
}

/** As robots and addresses for answers take it. */
export function robotMessage(words: Words, at: Mentioned): object {
  const message =
    words.kind === 'text'
      ? { msgtype: 'text', text: { content: words.content } }
      : { msgtype: 'markdown', markdown: { title: words.title, text: words.text } }
  return { ...message, at: { ...at, isAtAll: false } }
}

/** As the interface for apps takes it. */
export function appMessage(words: Words): { readonly msgKey: string; readonly msgParam: string } {
  return words.kind === 'text'
    ? { msgKey: 'sampleText', msgParam: JSON.stringify({ content: words.content }) }
    : { msgKey: 'sampleMarkdown', msgParam: JSON.stringify({ title: words.title, text: words.text }) }
}
