/** The last so many ids. */
export interface Remembered {
  add(ids: Iterable<string>): void
  has(id: string): boolean
}

export function remembered(limit: number): Remembered {
  const ids = new Set<string>()
  return {
    add(those) {
      for (const id of those) {
        ids.delete(id)
        ids.add(id)
      }
      for (const id of ids) {
        if (ids.size <= limit) return
        ids.delete(id)
      }
    },
    has: (id) => ids.has(id),
  }
}
