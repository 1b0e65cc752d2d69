/** Connections to the Bot API, through a proxy if there is one. What never connected is told apart: it can be tried again freely. */
import { Agent as PlainAgent } from 'node:http'
import { Agent as TlsAgent } from 'node:https'
import type { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import { HttpsProxyAgent } from 'https-proxy-agent'

/** Code of an error of a request that was not written, because nothing was reached. */
export const NEVER_CONNECTED = 'NEVER_CONNECTED'

export interface Connections {
  readonly agent: PlainAgent
  close(): void
}

/** @param connectMs longest time until a connection (with TLS, through the proxy) stands */
export function connectionsTo(root: string, proxy: string | undefined, connectMs: number): Connections {
  if (proxy !== undefined) {
    const ended = new AbortController()
    const agent = new ThroughProxy(proxy, { keepAlive: true, signal: ended.signal } as object)
    agent.connectMs = connectMs
    return {
      agent,
      close() {
        ended.abort()
        agent.destroy()
      },
    }
  }
  const agent = root.startsWith('https:') ? new TlsAgent({ keepAlive: true }) : new PlainAgent({ keepAlive: true })
  const connect = agent.createConnection.bind(agent)
  agent.createConnection = (...given) => {
    const socket = connect(...given) as Socket
    void connected(socket, connectMs).catch(() => {})
    return socket
  }
  return { agent, close: () => agent.destroy() }
}

class ThroughProxy extends HttpsProxyAgent<string> {
  connectMs = 0

  override async connect(...given: Parameters<HttpsProxyAgent<string>['connect']>): Promise<Socket> {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(neverConnected()), this.connectMs)
    })
    try {
      return await Promise.race([this.through(given), late])
    } catch {
      throw neverConnected()
    } finally {
      clearTimeout(timer)
    }
  }

  private async through(given: Parameters<HttpsProxyAgent<string>['connect']>): Promise<Socket> {
    const socket = await super.connect(...given)
    if (socket instanceof TLSSocket) await connected(socket, this.connectMs)
    return socket
  }
}

const neverConnected = () => Object.assign(new Error(NEVER_CONNECTED), { code: NEVER_CONNECTED })

/** An error of the socket before it stands says so by its code. */
function connected(socket: Socket, withinMs: number): Promise<void> {
  const stands = socket instanceof TLSSocket ? 'secureConnect' : 'connect'
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => socket.destroy(neverConnected()), withinMs)
    const failed = (error: Error) => {
      clearTimeout(timer)
      reject(Object.assign(error, { code: NEVER_CONNECTED }))
    }
    const closed = () => clearTimeout(timer)
    socket.once('error', failed)
    socket.once('close', closed)
    socket.once(stands, () => {
      clearTimeout(timer)
      socket.off('error', failed)
      socket.off('close', closed)
      resolve()
    })
  })
}
