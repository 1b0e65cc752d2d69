/** Files of the house, uploaded so that the app's robot can show them. Source: 上传媒体文件, 机器人消息类型, read in November 2026. */
import { extname } from 'node:path'
import type { Clock } from '../../base/time.ts'
import type { Outgoing } from '../../messaging/channel.ts'
import type { ChannelParts } from '../parts.ts'
import type { PostJson } from '../post-json.ts'
import type { Api } from './api.ts'
import { lost, NO_ANSWER, reason, robotRefused, UNREACHED, type Failure } from './errors.ts'

type Attachment = NonNullable<Outgoing['attachment']>

export interface Files {
  /** Uploads it. @returns the message that shows it, or why there is none */
  message(attachment: Attachment): Promise<{ readonly msgKey: string; readonly msgParam: string } | Failure>
}

export interface FilesOptions {
  readonly api: Api
  /** Of robots: files still go to the older interface. */
  readonly root: string
  readonly post: PostJson
  readonly readFile: ChannelParts['readFile']
  readonly clock: Clock
}

export function files({ api, root, post, readFile, clock }: FilesOptions): Files {
  const upload = async ({ id, name, type }: Attachment, kind: 'image' | 'file'): Promise<string | Failure> => {
    const bytes = await readFile(id).catch(() => null)
    if (!bytes) return { kind: 'unsendable', reason: reason('no_file') }
    const token = await api.token()
    if (typeof token !== 'string') return token
    const url = new URL(`${root.replace(/\/+$/, '')}/media/upload`)
    url.searchParams.set('access_token', token)
    url.searchParams.set('type', kind)
    const form = new FormData()
    form.append('media', new Blob([Buffer.from(bytes)], { type }), name)
    const posted = await post(url, form)
    if (posted.kind === 'unreached') return UNREACHED
    if (posted.kind === 'lost') return lost(posted.late)
    const { errcode, media_id: media } = posted.body ?? {}
    if (typeof errcode !== 'number' || (errcode === 0 && typeof media !== 'string')) return NO_ANSWER
    return errcode === 0 ? String(media) : robotRefused(errcode, clock.now())
  }

  return {
    async message(attachment) {
      const isImage = attachment.type.startsWith('image/')
      const media = await upload(attachment, isImage ? 'image' : 'file')
      if (typeof media !== 'string') return media
      if (isImage) return { msgKey: 'sampleImageMsg', msgParam: JSON.stringify({ photoURL: media }) }
      const shown = { mediaId: media, fileName: attachment.name, fileType: extname(attachment.name).slice(1) }
      return { msgKey: 'sampleFile', msgParam: JSON.stringify(shown) }
    },
  }
}
