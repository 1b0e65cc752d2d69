/** What a message of the platform says, in the house's words. */
import { instant, type Clock } from '../../base/time.ts'
import type { Received, ReceivedBody, ReceivedFile } from '../../messaging/channel.ts'
import { chatOf, isGroup, senderOf, type RobotMessage } from './message.ts'

export interface ReceiveOptions {
  readonly clock: Clock
  /** @returns null for what can't be had any more, or isn't kept. @throws when it may be had later */
  fetchFile(downloadCode: string, name: string): Promise<ReceivedFile | null>
}

/** Pictures among words are messages of their own: one message can be several. In a group only words are told. */
export async function received(message: RobotMessage, options: ReceiveOptions): Promise<readonly Received[]> {
  const at = Math.min(message.createAt ?? Infinity, options.clock.now())
  const bodies = isGroup(message) ? inGroup(message) : await bodiesOf(message, options)
  return bodies.map((body, place) => ({
    channel: 'dingtalk',
    messageId: place === 0 ? message.msgId : `${message.msgId}/${String(place)}`,
    chat: chatOf(message),
    from: senderOf(message),
    group: isGroup(message),
    at: instant(at),
    language: null,
    body,
  }))
}

/** Only what mentions the robot arrives; the mention is cut out, and the blank behind it is left. */
function inGroup(message: RobotMessage): ReceivedBody[] {
  const text = wordsOf(message)
  return text === '' ? [] : [{ kind: 'text', text }]
}

function wordsOf({ msgtype, text, content }: RobotMessage): string {
  if (msgtype === 'text') return text?.content.trim() ?? ''
  if (msgtype !== 'richText') return ''
  return (content?.richText ?? [])
    .map((piece) => piece.text ?? '')
    .join('')
    .trim()
}

async function bodiesOf(message: RobotMessage, { fetchFile }: ReceiveOptions): Promise<ReceivedBody[]> {
  const { msgtype, content } = message
  const other: ReceivedBody = { kind: 'other', what: msgtype }
  const fetched = async (code: string | undefined, name: string) => (code === undefined ? null : fetchFile(code, name))
  const photo = async (code: string | undefined): Promise<ReceivedBody> => {
    const file = await fetched(code, 'photo.jpg')
    return file ? { kind: 'photo', file } : other
  }
  switch (msgtype) {
    case 'text': {
      const text = wordsOf(message)
      return text === '' ? [] : [{ kind: 'text', text }]
    }
    case 'richText': {
      const text = wordsOf(message)
      const bodies: ReceivedBody[] = text === '' ? [] : [{ kind: 'text', text }]
      for (const { downloadCode, pictureDownloadCode } of content?.richText ?? []) {
        const code = downloadCode ?? pictureDownloadCode
        if (code !== undefined) bodies.push(await photo(code))
      }
      return bodies
    }
    case 'picture':
      return [await photo(content?.downloadCode ?? content?.pictureDownloadCode)]
    case 'audio': {
      const transcript = content?.recognition?.trim() || null
      const file = await fetched(content?.downloadCode, 'voice.amr')
      if (file) return [{ kind: 'voice', file, transcript }]
      return [transcript === null ? other : { kind: 'text', text: transcript }]
    }
    case 'video':
    case 'file': {
      const file = await fetched(content?.downloadCode, content?.fileName ?? msgtype)
      if (!file) return [other]
      return [{ kind: msgtype === 'file' && file.type.startsWith('image/') ? 'photo' : msgtype, file }]
    }
    default:
      return [other]
  }
}
