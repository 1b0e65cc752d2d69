/**
 * The platform's pushing half, written from its documentation and apart from ours: signs, encloses, cuts off an answer that takes
 * too long, repeats twice, and reads what comes back as strictly as the app does.
 */
import { createCipheriv, createDecipheriv, createHash } from 'node:crypto'
import { request } from 'node:http'

export interface PlatformOptions {
  readonly token: string
  readonly appId: string
  /** 43 characters; null = plain mode. */
  readonly aesKey: string | null
  /** The official account's own name. */
  readonly account: string
  readonly now: () => number
  /** Milliseconds until an answer comes too late. */
  readonly cutMs: number
}

export type Answer =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'success' }
  /** Too late, or the connection was gone. */
  | { readonly kind: 'cut' }
  | { readonly kind: 'refused'; readonly status: number }
  /** What the app shows as “the account's service is out of order”. */
  | { readonly kind: 'broken'; readonly why: string }

export interface Platform {
  signed(): { readonly timestamp: string; readonly nonce: string; readonly signature: string }
  /** The address and body of one push; called again for each repeat. */
  pushOf(document: string): { readonly query: Record<string, string>; readonly body: string }
  /** One push, over the network. */
  once(
    url: string,
    push: { readonly query: Record<string, string>; readonly body: string },
    user: string,
  ): Promise<Answer>
  /** Up to three, as long as each is cut off. @returns the last answer and how many pushes it took */
  push(url: string, document: string, user: string): Promise<{ readonly answer: Answer; readonly pushes: number }>
  read(status: number, body: string, user: string): Answer
}

export const sha1Of = (...parts: string[]): string => createHash('sha1').update(parts.sort().join('')).digest('hex')

/** A document as the platform writes it. */
export const documentOf = (fields: Record<string, string | number>): string => {
  const lines = Object.entries(fields).map(([name, value]) =>
    typeof value === 'number'
      ? `<${name}>${value}</${name}>`
      : `<${name}><![CDATA[${value.split(']]>').join(']]]]><![CDATA[>')}]]></${name}>`,
  )
  return `<xml>\n${lines.join('\n')}\n</xml>`
}

export function enclosed(aesKey: string, appId: string, message: string): string {
  const key = Buffer.from(`${aesKey}=`, 'base64')
  const words = Buffer.from(message)
  const head = Buffer.alloc(20, 'r')
  head.writeUInt32BE(words.length, 16)
  const bare = Buffer.concat([head, words, Buffer.from(appId)])
  const fill = 32 - (bare.length % 32)
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16))
  cipher.setAutoPadding(false)
  return cipher.update(Buffer.concat([bare, Buffer.alloc(fill, fill)]), undefined, 'base64') + cipher.final('base64')
}

function opened(aesKey: string, appId: string, text: string): string | null {
  const key = Buffer.from(`${aesKey}=`, 'base64')
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16))
  decipher.setAutoPadding(false)
  const bare = Buffer.concat([decipher.update(text, 'base64'), decipher.final()])
  const fill = bare.at(-1) ?? 0
  const length = bare.readUInt32BE(16)
  const owner = bare.subarray(20 + length, bare.length - fill).toString()
  return fill >= 1 && fill <= 32 && owner === appId ? bare.subarray(20, 20 + length).toString() : null
}

/** What stands in a field, CDATA or bare; several sections are one text. */
export function fieldIn(document: string, name: string): string | null {
  const inside = new RegExp(`<${name}>([\\s\\S]*?)</${name}>`).exec(document)?.[1]
  if (inside === undefined) return null
  const sections = [...inside.matchAll(/<!\[CDATA\[([\s\S]*?)\]\]>/g)].map(([, section]) => section)
  return sections.length > 0 ? sections.join('') : inside
}

export function platform(options: PlatformOptions): Platform {
  const { token, appId, aesKey, account, now, cutMs } = options
  let nonces = 1_000_000

  const signed = () => {
    const timestamp = String(Math.floor(now() / 1000))
    const nonce = String(nonces++)
    return { timestamp, nonce, signature: sha1Of(token, timestamp, nonce) }
  }

  const pushOf = (document: string) => {
    const query = { ...signed(), openid: fieldIn(document, 'FromUserName') ?? '' }
    if (aesKey === null) return { query, body: document }
    const inside = enclosed(aesKey, appId, document)
    return {
      query: { ...query, encrypt_type: 'aes', msg_signature: sha1Of(token, query.timestamp, query.nonce, inside) },
      body: `<xml><ToUserName><![CDATA[${account}]]></ToUserName><Encrypt><![CDATA[${inside}]]></Encrypt></xml>`,
    }
  }

  const read = (status: number, body: string, user: string): Answer => {
    if (status !== 200) return { kind: 'refused', status }
    if (body === '' || body === 'success') return { kind: 'success' }
    let document = body
    if (aesKey !== null) {
      const inside = fieldIn(body, 'Encrypt') ?? ''
      const [timestamp, nonce] = [fieldIn(body, 'TimeStamp') ?? '', fieldIn(body, 'Nonce') ?? '']
      if (fieldIn(body, 'MsgSignature') !== sha1Of(token, timestamp, nonce, inside))
        return { kind: 'broken', why: 'MsgSignature' }
      document = opened(aesKey, appId, inside) ?? ''
    }
    const text = fieldIn(document, 'Content')
    if (!/^<xml>[\s\S]*<\/xml>$/.test(document) || text === null) return { kind: 'broken', why: 'document' }

    if (/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/.test(document))
      return { kind: 'broken', why: 'characters' }
    if (fieldIn(document, 'ToUserName') !== user || fieldIn(document, 'FromUserName') !== account)
      return { kind: 'broken', why: 'names' }
    if (!/^\d+$/.test(/<CreateTime>(.*?)<\/CreateTime>/.exec(document)?.[1] ?? ''))
      return { kind: 'broken', why: 'CreateTime' }
    if (fieldIn(document, 'MsgType') !== 'text' || text === '' || Buffer.byteLength(text) > 2048)
      return { kind: 'broken', why: 'content' }
    return { kind: 'text', text }
  }

  const once: Platform['once'] = (url, { query, body }, user) =>
    new Promise((resolve) => {
      const address = new URL(url)
      for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value)
      const call = request(
        address,
        { method: 'POST', headers: { 'content-type': 'text/xml' }, agent: false },
        (response) => {
          const chunks: Buffer[] = []
          response.on('data', (chunk: Buffer) => chunks.push(chunk))
          response.on('error', () => resolve({ kind: 'cut' }))
          response.on('end', () => {
            clearTimeout(timer)
            resolve(read(response.statusCode ?? 0, Buffer.concat(chunks).toString(), user))
          })
        },
      )
      const timer = setTimeout(() => call.destroy(), cutMs)
      call.on('error', () => {
        clearTimeout(timer)
        resolve({ kind: 'cut' })
      })
      call.end(body)
    })

  return {
    signed,
    pushOf,
    read,
    once,
    async push(url, document, user) {
      for (let pushes = 1; ; pushes++) {
        const answer = await once(url, pushOf(document), user)
        if (answer.kind !== 'cut' || pushes === 3) return { answer, pushes }
      }
    },
  }
}
