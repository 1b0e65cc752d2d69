import type { Behind, Channel, Outgoing, SendOutcome } from '../channel.ts'

/** Reason of a send that ended in an exception of the adapter: tried again like a refusal. */
export const THREW = 'threw'

/** An adapter's promise never rejects here; a channel that isn't configured can't send. */
export function sendBy(channel: Channel | undefined, outgoing: Outgoing, behind: Behind): Promise<SendOutcome> {
  if (!channel) return Promise.resolve({ kind: 'unsendable', reason: 'no_such_channel' })
  try {
    return channel.send(outgoing, behind).catch(threw)
  } catch {
    return Promise.resolve(threw())
  }
}

const threw = (): SendOutcome => ({ kind: 'retry', afterSeconds: 0, reason: THREW })

/** The same, given up after `timeoutMs`: whether it arrived is unknown then. */
export function sendWithin(
  channel: Channel | undefined,
  outgoing: Outgoing,
  behind: Behind,
  timeoutMs: number,
): Promise<SendOutcome> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<SendOutcome>((resolve) => {
    timer = setTimeout(() => resolve({ kind: 'unknown', reason: 'timeout' }), timeoutMs)
  })
  return Promise.race([sendBy(channel, outgoing, behind), late]).finally(() => clearTimeout(timer))
}
