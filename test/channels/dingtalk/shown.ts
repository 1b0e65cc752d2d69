/** What a reader sees of a message, by DingTalk's documentation: `at` only shows where the `@` stands in the words too. */
import type { Shown } from '../stand-in.ts'

interface At {
  readonly atUserIds?: readonly string[]
  readonly atMobiles?: readonly string[]
  readonly isAtAll?: boolean
}

export interface RobotBody {
  readonly msgtype: string
  readonly text?: { readonly content: string }
  readonly markdown?: { readonly title: string; readonly text: string }
  readonly at?: At
}

export function shownOf(chat: string, body: RobotBody): Shown {
  const content = body.text?.content ?? body.markdown?.text ?? ''
  const asked = [...(body.at?.atUserIds ?? []), ...(body.at?.atMobiles ?? [])]
  const mentioned = asked.filter((who) => content.includes(`@${who}`))
  if (body.at?.isAtAll) mentioned.push('all')
  const seen = body.markdown ? rendered(content) : content
  return { chat, text: seen, raw: JSON.stringify(body), choices: [], mentioned, file: null }
}

const NAMED: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&amp;': '&', '&#60;': '<' }

/** Paragraphs, headings, quotes, lists, bold, italic, code, links and tags; a single line break shows as none. */
export function rendered(markdown: string): string {
  return markdown
    .split(/\n{2,}/)
    .map((paragraph) =>
      paragraph
        .replace(/\n/g, '')
        .replace(/^(#{1,6} |> ?|[-*+] |\d+\. )/, '')
        .replace(/<\/?[A-Za-z!?][^>]*>/g, '')
        .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
        .replace(/\*\*(.+?)\*\*/g, '$1')
        .replace(/\*(.+?)\*/g, '$1')
        .replace(/(?<!\w)_(.+?)_(?!\w)/g, '$1')
        .replace(/`([^`]+)`/g, '$1')
        .replace(/&(?:lt|gt|amp|#60);/g, (name) => NAMED[name] ?? name),
    )
    .join('\n')
}
