/** The newest message is shown from its beginning; where it fits with its choices, the talk before it stays in sight. */
export function showNewest(): void {
  const blocks = [...document.querySelectorAll<HTMLElement>('.said, .review')].filter((block) => block.offsetHeight > 0)
  const newest = blocks[blocks.length - 1]
  if (!newest) return
  const header = document.querySelector('.header')?.getBoundingClientRect().height ?? 0
  const footer = document.querySelector('.footer')?.getBoundingClientRect().height ?? 0
  const room = window.innerHeight - header - footer
  const top = newest.getBoundingClientRect().top + window.scrollY
  const bottom = document.documentElement.scrollHeight
  const fits = bottom - footer - top < room
  window.scrollTo({ top: fits ? bottom : top - header - 8, behavior: isCalm() ? 'auto' : 'smooth' })
}

const isCalm = (): boolean => window.matchMedia('(prefers-reduced-motion: reduce)').matches

/** What was tapped is gone: whoever uses a keyboard goes on from the newest message. Nobody else's focus is moved. */
export function focusKeeping(): { keep(): void; stop(): void } {
  let byKeyboard = false
  const keyed = () => (byKeyboard = true)
  const pointed = () => (byKeyboard = false)
  document.addEventListener('keydown', keyed, true)
  document.addEventListener('pointerdown', pointed, true)
  return {
    keep() {
      const isLost = document.activeElement === null || document.activeElement === document.body
      if (!byKeyboard || !isLost) return
      const bubbles = document.querySelectorAll<HTMLElement>('.bot')
      bubbles[bubbles.length - 1]?.focus({ preventScroll: true })
    },
    stop() {
      document.removeEventListener('keydown', keyed, true)
      document.removeEventListener('pointerdown', pointed, true)
    },
  }
}
