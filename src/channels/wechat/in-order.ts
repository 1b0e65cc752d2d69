/** One thing after another for each person: a text that follows a picture waits until the picture is fetched. */
export type InOrder = <T>(user: string, job: () => Promise<T>) => Promise<T>

export function inOrder(): InOrder {
  const lines = new Map<string, Promise<unknown>>()
  return (user, job) => {
    const before = lines.get(user)
    const mine = before ? before.then(job) : job()
    const end: Promise<unknown> = mine
      .catch(() => undefined)
      .then(() => {
        if (lines.get(user) === end) lines.delete(user)
      })
    lines.set(user, end)
    return mine
  }
}
