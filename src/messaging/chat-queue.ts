/** One thing at a time for each chat, in the order in which it came; different chats don't wait for each other. */
export interface ChatQueue {
  run(key: string, job: () => Promise<void>): Promise<void>
}

interface Waiting {
  readonly job: () => Promise<void>
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

export function chatQueue(): ChatQueue {
  /** Chats at work; null until somebody waits. */
  const busy = new Map<string, Waiting[] | null>()

  const go = (key: string, { job, resolve, reject }: Waiting): void => {
    job().then(
      () => {
        resolve()
        next(key)
      },
      (error: unknown) => {
        reject(error instanceof Error ? error : new Error(String(error)))
        next(key)
      },
    )
  }

  const next = (key: string): void => {
    const following = busy.get(key)?.shift()
    if (following) go(key, following)
    else busy.delete(key)
  }

  return {
    run: (key, job) =>
      new Promise((resolve, reject) => {
        const waiting: Waiting = { job, resolve, reject }
        const line = busy.get(key)
        if (line === undefined) {
          busy.set(key, null)
          go(key, waiting)
        } else if (line === null) busy.set(key, [waiting])
        else line.push(waiting)
      }),
  }
}
