/** An HTTP server on 127.0.0.1 that can be shut and opened again on the same port, and reads forms and JSON. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'

export interface Field {
  readonly value: string
  readonly file: { readonly name: string; readonly bytes: Uint8Array } | null
}

export interface Asked {
  readonly path: string
  readonly fields: ReadonlyMap<string, Field>
  readonly socket: Socket
}

export interface LocalServer {
  readonly root: string
  shut(): Promise<void>
  open(): Promise<void>
}

export async function localServer(handle: (asked: Asked, response: ServerResponse) => void): Promise<LocalServer> {
  let server: Server
  let port = 0
  const open = () =>
    new Promise<void>((resolve) => {
      server = createServer((request, response) => {
        void bodyOf(request).then((body) => {
          const { url = '', headers, socket } = request
          handle({ path: url, fields: fieldsOf(headers['content-type'] ?? '', body), socket }, response)
        })
      })
      server.listen(port, '127.0.0.1', () => {
        port = (server.address() as AddressInfo).port
        resolve()
      })
    })
  await open()
  return {
    root: `http://127.0.0.1:${port}`,
    open,
    shut: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  try {
    for await (const part of request) parts.push(part as Buffer)
  } catch {
    return Buffer.alloc(0)
  }
  return Buffer.concat(parts)
}

const textField = (value: unknown): Field => ({
  value: typeof value === 'string' ? value : JSON.stringify(value),
  file: null,
})

function fieldsOf(type: string, body: Buffer): Map<string, Field> {
  if (type.startsWith('multipart/form-data')) return formOf(body, type.slice(type.indexOf('boundary=') + 9))
  if (body.length === 0) return new Map()
  const given = JSON.parse(body.toString()) as Record<string, unknown>
  return new Map(Object.entries(given).map(([name, value]) => [name, textField(value)]))
}

/** RFC 7578, as far as a client of the Bot API goes. */
function formOf(body: Buffer, boundary: string): Map<string, Field> {
  const fields = new Map<string, Field>()
  const mark = Buffer.from(`--${boundary}`)
  let at = body.indexOf(mark)
  while (at >= 0) {
    const next = body.indexOf(mark, at + mark.length)
    if (next < 0) break
    const part = body.subarray(at + mark.length + 2, next - 2)
    const split = part.indexOf('\r\n\r\n')
    const head = part.subarray(0, split).toString()
    const bytes = part.subarray(split + 4)
    const name = /name="([^"]*)"/.exec(head)?.[1] ?? ''
    const file = /filename="?([^;"\r\n]*)/.exec(head)?.[1]
    fields.set(name, {
      value: bytes.toString(),
      file: file === undefined ? null : { name: file, bytes: Uint8Array.from(bytes) },
    })
    at = next
  }
  return fields
}
