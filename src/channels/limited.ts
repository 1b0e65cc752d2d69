/**
 * Work with a time limit, that also ends when the channel stops. (`AbortSignal.any` over `AbortSignal.timeout` may be collected
 * before it fires on Node 20, and the work then never ends.)
 * @throws DOMException TimeoutError once the limit has passed; whatever the work throws
 */
export async function limited<T>(
  timeoutMs: number,
  stopped: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const limit = new AbortController()
  const stop = () => limit.abort()
  const timer = setTimeout(() => limit.abort(new DOMException('too late', 'TimeoutError')), timeoutMs)
  stopped.addEventListener('abort', stop)
  if (stopped.aborted) stop()
  try {
    return await work(limit.signal)
  } finally {
    clearTimeout(timer)
    stopped.removeEventListener('abort', stop)
  }
}

/**
 * The same for work that can't be told to stop: it is not waited for any longer.
 * @throws like `limited`
 */
export function waitedFor<T>(timeoutMs: number, stopped: AbortSignal, work: () => Promise<T>): Promise<T> {
  return limited(timeoutMs, stopped, (signal) => {
    const ended = new Promise<never>((_, reject) => {
      const end = () => reject(signal.reason as Error)
      signal.addEventListener('abort', end)
      if (signal.aborted) end()
    })
    return Promise.race([work(), ended])
  })
}
