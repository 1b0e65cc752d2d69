/** What a push says, in our terms. */
import { instant, SECOND, type Instant } from '../../base/time.ts'
import type { ReceivedBody } from '../../messaging/channel.ts'
import type { QuotaKind } from '../quota.ts'

export interface Media {
  readonly what: 'photo' | 'voice' | 'video'
  readonly id: string
  /** Where a picture lies open to everybody, for accounts that may not fetch by id. */
  readonly address: string | null
  /** What the platform understood of a recording. */
  readonly transcript: string | null
}

export type Meaning =
  | { readonly kind: 'body'; readonly body: ReceivedBody }
  | { readonly kind: 'media'; readonly media: Media }
  /** The person unsubscribed. */
  | { readonly kind: 'gone' }
  /** What became of a template message. */
  | { readonly kind: 'template'; readonly isDelivered: boolean }
  | { readonly kind: 'nothing' }

export interface Push {
  /** MsgId; of an event who, when and which. */
  readonly id: string
  /** The person's openid: chat and account at once. */
  readonly user: string
  /** The official account, as the platform names it. */
  readonly account: string
  readonly at: Instant
  /** What it lets us send without being asked. */
  readonly opens: QuotaKind | null
  /** The person follows (again). */
  readonly comes: boolean
  readonly meaning: Meaning
}

type Fields = ReadonlyMap<string, string>

const NAME = /^[\w-]{1,64}$/
const MESSAGE_ID = /^\d{1,20}$/
const SECONDS = /^\d{1,12}$/
const WORD = /^\w{1,40}$/

/** Before the scene where somebody follows by a QR code. */
const SCENE = 'qrscene_'

/** @returns null for what is no push: a field is missing or is of another kind */
export function pushOf(fields: Fields): Push | null {
  const user = fields.get('FromUserName') ?? ''
  const account = fields.get('ToUserName') ?? ''
  const seconds = fields.get('CreateTime') ?? ''
  const type = fields.get('MsgType') ?? ''
  if (!NAME.test(user) || !NAME.test(account) || !SECONDS.test(seconds) || !WORD.test(type)) return null
  const place = { user, account, at: instant(Number(seconds) * SECOND) }
  if (type === 'event') {
    const event = fields.get('Event') ?? ''
    if (!WORD.test(event)) return null
    return { ...place, id: `${user}:${seconds}:${event}`, ...eventOf(event, fields.get('EventKey') ?? '', fields) }
  }
  const id = fields.get('MsgId') ?? ''
  if (!MESSAGE_ID.test(id)) return null
  const meaning = meaningOf(type, fields)
  return meaning && { ...place, id, opens: 'message', comes: false, meaning }
}

const body = (said: ReceivedBody): Meaning => ({ kind: 'body', body: said })

function meaningOf(type: string, fields: Fields): Meaning | null {
  switch (type) {
    case 'text': {
      const text = fields.get('Content')
      return text === undefined ? null : body({ kind: 'text', text })
    }
    case 'image':
      return media('photo', fields)
    case 'voice':
      return media('voice', fields)
    case 'video':
    case 'shortvideo':
      return media('video', fields)
    case 'location': {
      const latitude = degrees(fields.get('Location_X'), 90)
      const longitude = degrees(fields.get('Location_Y'), 180)
      return latitude === null || longitude === null ? null : body({ kind: 'location', latitude, longitude })
    }
    default:
      return body({ kind: 'other', what: type })
  }
}

function media(what: Media['what'], fields: Fields): Meaning | null {
  const id = fields.get('MediaId') ?? ''
  if (id === '') return null
  const transcript = what === 'voice' ? (fields.get('Recognition') ?? '').trim() : ''
  const address = what === 'photo' ? (fields.get('PicUrl') ?? null) : null
  return { kind: 'media', media: { what, id, address, transcript: transcript === '' ? null : transcript } }
}

function degrees(said: string | undefined, most: number): number | null {
  if (said === undefined || !/^-?\d{1,3}(\.\d{1,20})?$/.test(said)) return null
  const value = Number(said)
  return Math.abs(value) <= most ? value : null
}

function eventOf(event: string, key: string, fields: Fields): Pick<Push, 'opens' | 'comes' | 'meaning'> {
  const start = (payload: string): Meaning => body({ kind: 'start', payload })
  switch (event) {
    case 'subscribe':
      return { opens: 'tap', comes: true, meaning: start(key.startsWith(SCENE) ? key.slice(SCENE.length) : '') }
    case 'SCAN':
      return { opens: 'tap', comes: false, meaning: start(key) }
    case 'CLICK':
      return { opens: 'tap', comes: false, meaning: tapOf(key) }
    case 'unsubscribe':
      return { opens: null, comes: false, meaning: { kind: 'gone' } }
    case 'TEMPLATESENDJOBFINISH':
      return {
        opens: null,
        comes: false,
        meaning: { kind: 'template', isDelivered: fields.get('Status') === 'success' },
      }
    default:
      return { opens: null, comes: false, meaning: NOTHING }
  }
}

/** A key of the account's menu is what the person might have written, or the id of a choice behind this. */
const CHOICE = 'choice:'

function tapOf(key: string): Meaning {
  if (key === '') return NOTHING
  return body(key.startsWith(CHOICE) ? { kind: 'choice', id: key.slice(CHOICE.length) } : { kind: 'text', text: key })
}

const NOTHING: Meaning = { kind: 'nothing' }
