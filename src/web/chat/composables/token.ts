/** Who this browser is: 32 random bytes, made once and kept in the browser. */
const KEY = 'bangfu.token'

function makeToken(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32))
  return btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '')
}

/** Nobody has spoken from this browser yet. To be asked before the first `pageToken()`. */
export const isNewBrowser = (): boolean => localStorage.getItem(KEY) === null

export function pageToken(): string {
  const kept = localStorage.getItem(KEY)
  if (kept) return kept
  const token = makeToken()
  localStorage.setItem(KEY, token)
  return token
}
