/** A group's own robot (消息推送): it can be written to and hears nothing. */
import type { Outgoing, SendOutcome } from '../../messaging/channel.ts'
import type { ChannelParts, GroupHook } from '../parts.ts'
import type { Call } from './call.ts'
import { MARKUP_REFUSED, reason, refused } from './errors.ts'
import { bytesOf, markdown, MARKDOWN_BYTES, mentionable, plainText, TEXT_BYTES } from './format.ts'
import { hookKey, hookUrl } from './hook-address.ts'

export interface Hooks {
  send(hook: GroupHook, outgoing: Outgoing): Promise<SendOutcome>
  /** Whether the platform knows the robot. It is handed a file that is shown to nobody: nothing else asks without writing to the group. */
  look(hook: GroupHook): Promise<SendOutcome>
}

/** What `look` hands over: five bytes are the least that are taken. */
const PROBE = new TextEncoder().encode('bangfu doctor\n')

const SENT: SendOutcome = { kind: 'sent', platformId: null }

export function hooks(apiRoot: string, call: Call, parts: Pick<ChannelParts, 'readFile' | 'log'>): Hooks {
  const post = async (key: string, message: object): Promise<{ outcome: SendOutcome; code: number | null }> => {
    const called = await call(hookUrl(apiRoot, 'send', key), JSON.stringify(message))
    if (called.kind === 'failed') return { outcome: called.outcome, code: null }
    return { outcome: called.code === 0 ? SENT : refused(called.code), code: called.code }
  }

  const upload = async (key: string, bytes: Uint8Array, name: string): Promise<string | SendOutcome> => {
    const form = new FormData()
    form.append('media', new Blob([Buffer.from(bytes)]), name)
    const called = await call(hookUrl(apiRoot, 'upload_media', key), form)
    if (called.kind === 'failed') return called.outcome
    if (called.code !== 0) return refused(called.code)
    const id = called.body['media_id']
    return typeof id === 'string' ? id : { kind: 'retry', afterSeconds: 0, reason: reason('no_media_id') }
  }

  /** The words are there already: a file that can't follow is told to the operator only. */
  const attach = async (key: string, { id, name }: NonNullable<Outgoing['attachment']>): Promise<void> => {
    const bytes = await parts.readFile(id).catch(() => null)
    const media = bytes ? await upload(key, bytes, name) : ({ kind: 'unsendable', reason: reason('no_file') } as const)
    const { outcome } =
      typeof media === 'string' ? await post(key, { msgtype: 'file', file: { media_id: media } }) : { outcome: media }
    if (outcome.kind !== 'sent') parts.log('file_not_sent', { reason: outcome.reason })
  }

  return {
    async send(hook, outgoing) {
      const key = hookKey(hook.webhook, apiRoot)
      if (key === null) return { kind: 'operator', reason: reason('hook_address') }
      const plain = plainMessage(outgoing)
      const marked = markedMessage(outgoing)
      const isMarked = outgoing.reminder !== null && !CODE.test(outgoing.text)
      const first = isMarked ? (marked ?? plain) : (plain ?? marked)
      if (!first) return { kind: 'unsendable', reason: reason('too_long') }
      let { outcome, code } = await post(key, first)
      if (first === marked && plain && code !== null && MARKUP_REFUSED.has(code)) ({ outcome } = await post(key, plain))
      if (outcome.kind === 'sent' && outgoing.attachment) await attach(key, outgoing.attachment)
      return outcome
    },
    async look(hook) {
      const key = hookKey(hook.webhook, apiRoot)
      if (key === null) return { kind: 'operator', reason: reason('hook_address') }
      const media = await upload(key, PROBE, 'doctor.txt')
      return typeof media === 'string' ? SENT : media
    },
  }
}

/** @returns null when it doesn't fit: what keeps marks from counting takes three bytes each */
function plainMessage({ text, mentions }: Outgoing): object | null {
  const content = plainText(text)
  if (bytesOf(content) > TEXT_BYTES) return null
  const called = mentionable(mentions)
  return { msgtype: 'text', text: { content, ...(called.length > 0 && { mentioned_list: called }) } }
}

/** Between two of these on a line a reader would see code: nothing keeps them apart. */
const CODE = /`[^`\n]*`/

function markedMessage(outgoing: Outgoing): object | null {
  const content = markdown(outgoing)
  return bytesOf(content) > MARKDOWN_BYTES ? null : { msgtype: 'markdown', markdown: { content } }
}
