/** Tells the other tabs of this browser that something changed; the storage event is as old as the browsers we meet. */
const KEY = 'bangfu.changed'

export const tellTabs = (): void => localStorage.setItem(KEY, `${Math.random()}`)

/** @returns how to stop listening */
export function hearTabs(changed: () => void): () => void {
  const listener = (event: StorageEvent) => {
    if (event.key === KEY) changed()
  }
  window.addEventListener('storage', listener)
  return () => window.removeEventListener('storage', listener)
}
