/** The template message: how a matter stands, for somebody who may be sent nothing else. */
import type { Outgoing, SendOutcome } from '../../messaging/channel.ts'
import type { ChannelParts } from '../parts.ts'
import type { Authorised } from './token.ts'
import { verdictOf } from './verdict.ts'
import type { WechatWords } from './words.ts'

/** Stages remembered, so that nobody is told the same twice. */
const REMEMBERED = 10_000

export interface TemplateOptions {
  readonly templateId: string
  readonly words: WechatWords
  readonly call: Authorised
  readonly parts: Pick<ChannelParts, 'clock' | 'log' | 'publicUrl' | 'quota'>
}

/** Characters that a field takes, by what its name begins with; more, and the platform refuses the whole (47003). */
const LONGEST: readonly (readonly [string, number])[] = [
  ['character_string', 32],
  ['thing', 20],
  ['phrase', 5],
]

/** Null = nothing to be told this way: it waits for the person. */
export type TellByTemplate = (outgoing: Outgoing) => Promise<SendOutcome | null>

export function byTemplate({ templateId, words, call, parts }: TemplateOptions): TellByTemplate {
  const told = new Map<string, string>()

  return async ({ id, chat, matter }) => {
    if (matter === null) return null
    const key = `${chat} ${matter.number}`
    if (told.get(key) === matter.stage) return null
    const at = parts.clock.now()
    const fields = Object.entries(words.template(matter, at))
    const body = {
      touser: chat,
      template_id: templateId,
      // Of two with one id the platform shows one.
      client_msg_id: id,
      ...(parts.publicUrl !== null && { url: `${parts.publicUrl}/` }),
      data: Object.fromEntries(fields.map(([field, value]) => [field, { value: cut(field, value) }])),
    }
    const verdict = verdictOf(await call({ path: '/cgi-bin/message/template/send', body }), at)
    switch (verdict.kind) {
      case 'sent':
        if (told.size >= REMEMBERED) told.clear()
        told.set(key, matter.stage)
        return verdict
      case 'unknown':
      case 'unsendable':
        return verdict
      case 'gone':
        await parts.quota.gone(chat, at)
        return { kind: 'person', reason: verdict.reason }
      case 'retry':
      case 'operator':
      case 'person':
      case 'spent':
      case 'split':
        // A chat that is held for it could not be answered either, once the person writes.
        parts.log('template_refused', { reason: verdict.reason })
        return null
    }
  }
}

function cut(field: string, value: string): string {
  const longest = LONGEST.find(([name]) => field.startsWith(name))?.[1] ?? Infinity
  const characters = [...value]
  return characters.length > longest ? characters.slice(0, longest).join('') : value
}
