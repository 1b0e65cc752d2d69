/** Rows kept in the browser (IndexedDB). Where a browser keeps nothing they last as long as the page. */
import { createStore, delMany, entries, set } from 'idb-keyval'

export interface Shelf<Item> {
  /** In no particular order. */
  all(): Promise<Item[]>
  put(key: string, item: Item): Promise<void>
  drop(keys: readonly string[]): Promise<void>
}

export function shelf<Item>(name: string): Shelf<Item> {
  const memory = new Map<string, Item>()
  let store: ReturnType<typeof createStore> | null = null
  try {
    store = createStore(`bangfu-${name}`, name)
  } catch {
    // A browser without IndexedDB.
  }
  /** Does it on disk; a disk that refuses is not asked again, what is in memory goes on. */
  async function onDisk<Result>(work: (disk: NonNullable<typeof store>) => Promise<Result>): Promise<Result | null> {
    if (!store) return null
    try {
      return await work(store)
    } catch {
      store = null
      return null
    }
  }
  return {
    async all() {
      const kept = await onDisk((disk) => entries<string, Item>(disk))
      for (const [key, item] of kept ?? []) memory.set(key, item)
      return [...memory.values()]
    },
    async put(key, item) {
      memory.set(key, item)
      await onDisk((disk) => set(key, item, disk))
    },
    async drop(keys) {
      for (const key of keys) memory.delete(key)
      await onDisk((disk) => delMany([...keys], disk))
    },
  }
}
