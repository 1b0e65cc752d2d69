/** Waiting that can be cut short: by the network coming back, the page being looked at again, or something new to do. */
const FIRST_MS = 2_000
const LONGEST_MS = 30_000

export const backoff = (failures: number): number =>
  Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures - 1, 5)) * (0.8 + Math.random() * 0.4)

export function patience() {
  const waiting = new Set<() => void>()
  const wake = () => {
    for (const go of [...waiting]) go()
  }
  const seen = () => {
    if (!document.hidden) wake()
  }
  window.addEventListener('online', wake)
  document.addEventListener('visibilitychange', seen)
  return {
    wake,
    pause: (ms: number): Promise<void> =>
      new Promise((resolve) => {
        const go = () => {
          clearTimeout(timer)
          waiting.delete(go)
          resolve()
        }
        const timer = setTimeout(go, ms)
        waiting.add(go)
      }),
    stop() {
      window.removeEventListener('online', wake)
      document.removeEventListener('visibilitychange', seen)
      wake()
    },
  }
}
