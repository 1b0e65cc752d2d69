/**
 * A channel that hands everything it should send to a listener: what `bangfu pipe` speaks through, under any platform's name
 * and with that platform's abilities.
 */
import type { Channel, ChannelName, Outgoing, Received, SendOutcome } from '../messaging/channel.ts'
import { ABILITIES } from './abilities.ts'

export interface RecordingChannel extends Channel {
  /** Gives the program a message, as if the platform had. */
  receive(received: Received): Promise<void>
}

export function recordingChannel(name: ChannelName, onSend: (outgoing: Outgoing) => void): RecordingChannel {
  let deliver: ((received: Received) => Promise<void>) | null = null
  return {
    name,
    abilities: ABILITIES[name],
    start(given) {
      deliver = given
      return Promise.resolve()
    },
    async receive(received) {
      await deliver?.(received)
    },
    send(outgoing): Promise<SendOutcome> {
      onSend(outgoing)
      return Promise.resolve({ kind: 'sent', platformId: null })
    },
    stop() {
      deliver = null
      return Promise.resolve()
    },
  }
}
