/** What a frame of the bot's connection says, in the house's words. */
import { instant, SECOND } from '../../base/time.ts'
import type { Clock } from '../../base/time.ts'
import type { Received, ReceivedBody, ReceivedFile } from '../../messaging/channel.ts'
import { withoutMentionOf, withoutSomeMention } from '../mention.ts'
import type { EventFrame, FrameMedia, MessageFrame } from './frames.ts'

export interface ReceiveOptions {
  readonly clock: Clock
  /** Name of the bot in groups, where it is known. */
  readonly botName: string | null
  /** @returns null when it couldn't be had or isn't kept */
  fetchFile(media: FrameMedia, kind: string): Promise<ReceivedFile | null>
}

type Sender = Omit<Received, 'body'>

/** Pictures among words are messages of their own: one frame can be several. */
export async function received(frame: MessageFrame, options: ReceiveOptions): Promise<readonly Received[]> {
  const sender = senderOf(frame.body, options.clock)
  if (!sender) return []
  const bodies = await bodiesOf(frame.body, sender.group, options)
  return bodies.map((body, place) => ({
    ...sender,
    messageId: place === 0 ? sender.messageId : `${sender.messageId}/${String(place)}`,
    body,
  }))
}

/** Somebody opened the chat for the first time that day. @returns null for any other event */
export function opened(frame: EventFrame, clock: Clock): Received | null {
  const sender = senderOf(frame.body, clock)
  if (!sender || sender.group || frame.body.event.eventtype !== 'enter_chat') return null
  return { ...sender, body: { kind: 'start', payload: '' } }
}

function senderOf(body: MessageFrame['body'] | EventFrame['body'], clock: Clock): Sender | null {
  const group = body.chattype === 'group'
  const chat = group ? body.chatid : body.from.userid
  if (chat === undefined) return null
  return {
    channel: 'wecom',
    messageId: body.msgid,
    chat,
    from: body.from.userid,
    group,
    at: body.create_time === undefined ? clock.now() : instant(body.create_time * SECOND),
    language: null,
  }
}

async function bodiesOf(body: MessageFrame['body'], group: boolean, options: ReceiveOptions): Promise<ReceivedBody[]> {
  const { botName } = options
  const unmentioned = (content: string) =>
    botName === null ? withoutSomeMention(content) : withoutMentionOf(content, [botName])
  const words = (content: string): ReceivedBody => ({
    kind: 'text',
    text: group ? unmentioned(content) : content.trim(),
  })
  const file = async (kind: 'photo' | 'file' | 'video', media: FrameMedia): Promise<ReceivedBody> => {
    const stored = await options.fetchFile(media, kind)
    return stored ? { kind, file: stored } : { kind: 'other', what: kind }
  }
  if (body.msgtype === 'text' && body.text) return [words(body.text.content)]
  if (body.msgtype === 'voice' && body.voice?.content.trim()) return [words(body.voice.content)]
  if (body.msgtype === 'image' && body.image) return [await file('photo', body.image)]
  if (body.msgtype === 'file' && body.file) return [await file('file', body.file)]
  if (body.msgtype === 'video' && body.video) return [await file('video', body.video)]
  if (body.msgtype === 'mixed' && body.mixed) {
    const items = body.mixed.msg_item
    const said = items.flatMap(({ text }) => (text && text.content.trim() !== '' ? [text.content] : []))
    const pictures = group ? [] : items.flatMap(({ image }) => (image ? [image] : []))
    const bodies = [...said.slice(0, 1).map(() => words(said.join('\n')))]
    for (const picture of pictures) bodies.push(await file('photo', picture))
    if (bodies.length > 0) return bodies
  }
  return [{ kind: 'other', what: body.msgtype }]
}
