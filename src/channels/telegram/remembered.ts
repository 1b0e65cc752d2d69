/** What was lately seen, by key; the oldest goes first. A hint only: whoever misses something here asks elsewhere. */
export interface Remembered<T> {
  get(key: string): T | undefined
  set(key: string, value: T): void
}

export function remembered<T>(most: number): Remembered<T> {
  const known = new Map<string, T>()
  return {
    get: (key) => known.get(key),
    set(key, value) {
      known.delete(key)
      known.set(key, value)
      if (known.size <= most) return
      const oldest = known.keys().next()
      if (!oldest.done) known.delete(oldest.value)
    },
  }
}
