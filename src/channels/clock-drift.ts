/** How far this machine's clock is from a platform's, as the platform's own answers say it. */
import { MINUTE, SECOND, type Clock } from '../base/time.ts'
import type { ChannelFinding } from '../messaging/channel.ts'

/** Signatures are refused one hour off; told long before. */
const WARN = 5 * MINUTE
const REFUSED = 60 * MINUTE

/** @param timeoutMs default 5 s: somebody waits for it */
export async function lookAtClock(root: string, clock: Clock, timeoutMs = 5 * SECOND): Promise<ChannelFinding> {
  const date = await fetch(root, {
    method: 'HEAD',
    redirect: 'manual',
    signal: AbortSignal.timeout(timeoutMs),
  }).then(
    (response) => Date.parse(response.headers.get('date') ?? ''),
    () => null,
  )
  if (date === null || Number.isNaN(date)) return { state: 'warning', what: 'network' }
  const drift = Math.abs(clock.now() - date)
  if (drift < WARN) return { state: 'ok', what: 'clock' }
  return {
    state: drift < REFUSED ? 'warning' : 'problem',
    what: 'clock',
    params: { minutes: Math.round(drift / MINUTE) },
  }
}
