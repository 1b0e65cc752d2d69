/** A WebSocket server (RFC 6455), as little of it as a platform needs: whole text messages, pings, closing. */
import { createHash } from 'node:crypto'
import type { IncomingMessage, Server } from 'node:http'
import type { Socket } from 'node:net'

export interface Peer {
  send(text: string): void
  /** Cuts the connection without a word. */
  cut(): void
}

export interface PeerEvents {
  onText(text: string, peer: Peer): void
  onClose(peer: Peer): void
}

const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'
const TEXT = 1
const CLOSE = 8
const PING = 9
const PONG = 10

export function acceptWebSockets(server: Server, onPeer: (peer: Peer, request: IncomingMessage) => PeerEvents): void {
  server.on('upgrade', (request: IncomingMessage, socket: Socket) => {
    const accept = createHash('sha1').update(`${request.headers['sec-websocket-key']}${GUID}`).digest('base64')
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    )
    const peer: Peer = {
      send: (text) => void (socket.writable && socket.write(frame(TEXT, Buffer.from(text)))),
      cut: () => void socket.destroy(),
    }
    const events = onPeer(peer, request)
    let buffered = Buffer.alloc(0)
    socket.on('data', (data: Buffer) => {
      buffered = Buffer.concat([buffered, data])
      for (let read = readFrame(buffered); read; read = readFrame(buffered)) {
        buffered = buffered.subarray(read.length)
        if (read.opcode === TEXT) events.onText(read.payload.toString('utf8'), peer)
        if (read.opcode === PING) socket.write(frame(PONG, read.payload))
        if (read.opcode === CLOSE) socket.end(frame(CLOSE, read.payload))
      }
    })
    socket.on('error', () => socket.destroy())
    socket.on('close', () => events.onClose(peer))
  })
}

function frame(opcode: number, payload: Buffer): Buffer {
  const head = Buffer.alloc(payload.length < 126 ? 2 : payload.length < 65_536 ? 4 : 10)
  head[0] = 0x80 | opcode
  if (head.length === 2) head[1] = payload.length
  else if (head.length === 4) {
    head[1] = 126
    head.writeUInt16BE(payload.length, 2)
  } else {
    head[1] = 127
    head.writeBigUInt64BE(BigInt(payload.length), 2)
  }
  return Buffer.concat([head, payload])
}

/** @returns null until a whole frame is there; clients' frames are masked and here never in pieces */
function readFrame(data: Buffer): { opcode: number; payload: Buffer; length: number } | null {
  if (data.length < 2) return null
  const short = (data[1] as number) & 0x7f
  const start = short < 126 ? 2 : short === 126 ? 4 : 10
  if (data.length < start + 4) return null
  const size = short < 126 ? short : short === 126 ? data.readUInt16BE(2) : Number(data.readBigUInt64BE(2))
  const length = start + 4 + size
  if (data.length < length) return null
  const mask = data.subarray(start, start + 4)
  const payload = Buffer.from(data.subarray(start + 4, length))
  for (let at = 0; at < payload.length; at++) payload[at] = (payload[at] as number) ^ (mask[at % 4] as number)
  return { opcode: (data[0] as number) & 0x0f, payload, length }
}
