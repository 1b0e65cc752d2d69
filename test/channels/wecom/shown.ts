/** What a reader sees of a message, by the documentation of WeCom's types of messages. */
import type { Shown } from '../stand-in.ts'

const MENTION = /<@([^<>\s]+)>/g

const NAMED: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&amp;': '&', '&quot;': '"', '&#60;': '<' }

const shown = (chat: string, text: string, raw: string, mentioned: readonly string[], file: Shown['file']): Shown => ({
  chat,
  text,
  raw,
  choices: [],
  mentioned: [...mentioned],
  file,
})

export function shownText(chat: string, content: string, mentionedList: readonly string[] = []): Shown {
  const inText = [...content.matchAll(MENTION)].map(([, id]) => id as string)
  return shown(chat, content.replace(MENTION, ''), content, [...inText, ...mentionedList], null)
}

/** Headings, quotes, links, bold, inline code, colours and mentions are marks; line breaks are kept. */
export function shownMarkdown(chat: string, content: string): Shown {
  const mentioned = [...content.matchAll(MENTION)].map(([, id]) => id as string)
  const text = content
    .replace(MENTION, '')
    .replace(/<\/?(font|a|b|at)\b[^>]*>/g, '')
    .replace(/!?\[([^\]\n]*)\]\([^)\n]*\)/g, '$1')
    .replace(/^#{1,6} /gm, '')
    .replace(/^> ?/gm, '')
    .replace(/\*\*(?=\S)([^\n]*?\S)\*\*/g, '$1')
    .replace(/`([^`\n]+)`/g, '$1')
    .replace(/&(?:lt|gt|amp|quot|#60);/g, (name) => NAMED[name] ?? name)
  return shown(chat, text, content, mentioned, null)
}

export const shownFile = (chat: string, name: string, bytes: Uint8Array): Shown =>
  shown(chat, '', name, [], { name, bytes })
