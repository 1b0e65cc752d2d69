/** Our words and people's as Feishu shows them: nobody's words mention, link or format. */
import type { Outgoing } from '../../messaging/channel.ts'
import { neutralise } from '../neutralise.ts'

/** Bytes of the whole body, the signature with it. Source: custom bot, limits (20 KB). */
export const LONGEST_BYTES = 20_000

/** UTF-16 units that still look like a heading. */
const HEADING = 120

/** A robot knows nobody: only ids of people can be called, no names and no phone numbers. */
const PERSON = /^ou_[0-9a-z]{6,64}$/i

/** The plain rendering, in which `<at …>` would still mention. */
export function plain({ text, mentions }: Pick<Outgoing, 'text' | 'mentions'>): object {
  const called = mentions.filter((id) => PERSON.test(id)).map((id) => `<at user_id="${id}"></at>`)
  const safe = neutralise(text, { at: true, angle: true })
  return { msg_type: 'text', content: { text: called.length === 0 ? safe : `${safe}\n${called.join(' ')}` } }
}

/**
 * A reminder as a card with its first line as the heading. Heading and body are of the plain kind, in which nothing formats.
 * @returns null where plain words show better: no reminder, one line, nothing that could be a heading
 */
export function card({ text, mentions, reminder }: Pick<Outgoing, 'text' | 'mentions' | 'reminder'>): object | null {
  const end = text.indexOf('\n')
  const heading = text.slice(0, end).trim()
  const body = text.slice(end + 1)
  if (reminder === null || end < 0 || heading === '' || heading.length > HEADING || body.trim() === '') return null
  const called = mentions.filter((id) => PERSON.test(id)).map((id) => `<at id=${id}></at>`)
  const words = (content: string) => ({ tag: 'plain_text', content })
  return {
    msg_type: 'interactive',
    card: {
      config: { wide_screen_mode: true },
      header: { title: words(heading), template: 'blue' },
      elements: [
        { tag: 'div', text: words(body) },
        ...(called.length === 0 ? [] : [{ tag: 'markdown', content: called.join(' ') }]),
      ],
    },
  }
}

export const fits = (body: object): boolean => Buffer.byteLength(JSON.stringify(body), 'utf8') <= LONGEST_BYTES
