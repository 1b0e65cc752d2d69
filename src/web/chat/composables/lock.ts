/** One tab at a time. Web Locks where the browser has them, else a lease that the tabs see in localStorage. */
const LEASE_MS = 15_000

/** A tab that sleeps while it holds the lock is not waited for: sending twice under one id changes nothing. */
const PATIENCE_MS = 40_000

/** Does it while no other tab does; where a lease is taken it is left to the tab that has it (false). */
export async function exclusively(name: string, work: () => Promise<void>): Promise<boolean> {
  if (!('locks' in navigator)) return leased(name, work)
  const patience = new AbortController()
  const timer = setTimeout(() => patience.abort(), PATIENCE_MS)
  let began = false
  try {
    await navigator.locks.request(name, { signal: patience.signal }, () => {
      began = true
      clearTimeout(timer)
      return work()
    })
  } catch (error) {
    if (began) throw error
    await work()
  }
  return true
}

async function leased(name: string, work: () => Promise<void>): Promise<boolean> {
  const key = `${name}.lease`
  const mine = `${Math.random()}`
  const [holder, until] = (localStorage.getItem(key) ?? '').split(' ')
  if (holder && Number(until) > Date.now()) return false
  const renew = () => localStorage.setItem(key, `${mine} ${Date.now() + LEASE_MS}`)
  renew()
  const timer = setInterval(renew, LEASE_MS / 3)
  try {
    await work()
  } finally {
    clearInterval(timer)
    if (localStorage.getItem(key)?.startsWith(mine)) localStorage.removeItem(key)
  }
  return true
}
