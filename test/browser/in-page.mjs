/** What the tests do inside a page: handed to Chromium as it stands, so each function stands alone. Types: in-page.d.mts. */

/** Buttons, links and fields that are smaller than a finger. */
export const tooSmall = () =>
  [...document.querySelectorAll('button, a, textarea, label')]
    .map((element) => ({ element, box: element.getBoundingClientRect() }))
    .filter(({ box }) => box.width > 0 && (box.width < 47.5 || box.height < 47.5))
    .map(({ element }) => element.outerHTML.slice(0, 80))

/** Elements that stick out sideways, or whose words are cut off. */
export const cutOff = () => [
  ...[...document.querySelectorAll('#app *')]
    .filter((one) => one.getBoundingClientRect().right > window.innerWidth + 1)
    .map((one) => `sticks out: ${one.outerHTML.slice(0, 80)}`),
  ...[...document.querySelectorAll('button, p, dd, dt, h1, h2, span, legend, textarea')]
    .filter((one) => one.clientWidth > 1 && one.scrollWidth > one.clientWidth + 1)
    .map((one) => one.outerHTML.slice(0, 80)),
]

/** The newest message that the page has kept. */
export const newestHeard = () =>
  new Promise((resolve, reject) => {
    const opening = indexedDB.open('bangfu-heard')
    opening.onerror = () => reject(new Error('no database'))
    opening.onsuccess = () => {
      const all = opening.result.transaction('heard').objectStore('heard').getAll()
      all.onsuccess = () => {
        opening.result.close()
        resolve(all.result[all.result.length - 1])
      }
    }
  })

export const token = () => `${localStorage.getItem('bangfu.token')}`

export const letterSize = () => getComputedStyle(document.body).fontSize

export const setLetters = (size) => void (document.documentElement.dataset.size = size)

export const languageOfPage = () => document.documentElement.lang

/** Scrolls to the newest message, and again until the browser has stopped moving things. */
export async function showNewest() {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
  for (let still = 0; still < 5;) {
    await frame()
    const blocks = [...document.querySelectorAll('.said, .review')].filter((one) => one.offsetHeight > 0)
    const header = document.querySelector('.header')
    const isSticky = getComputedStyle(header).position === 'sticky'
    const above = isSticky ? header.getBoundingClientRect().height + 8 : 8
    const before = window.scrollY
    window.scrollTo(0, blocks[blocks.length - 1].getBoundingClientRect().top + before - above)
    still = Math.abs(window.scrollY - before) < 1 ? still + 1 : 0
  }
}

export const focusedWords = () => document.activeElement?.innerText?.trim() ?? ''

export const focusIsIn = (selector) => document.activeElement?.closest(selector) !== null

/** A browser with a Chinese voice; what it is told to say is in `window.spoken`. */
export function giveVoice() {
  const spoken = []
  const voice = { lang: 'zh-CN', name: 'test' }
  const nothing = () => undefined
  class Utterance {
    constructor(text) {
      this.text = text
    }
  }
  const synthesis = {
    getVoices: () => [voice],
    speak: ({ text }) => spoken.push(text),
    cancel: nothing,
    addEventListener: nothing,
    removeEventListener: nothing,
  }
  Object.defineProperty(window, 'speechSynthesis', { value: synthesis })
  Object.defineProperty(window, 'SpeechSynthesisUtterance', { value: Utterance })
  Object.defineProperty(window, 'spoken', { value: spoken })
}

export const spoken = () => window.spoken

/** A JPEG of that size, base64. */
export function photo([width, height]) {
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  canvas.getContext('2d').fillRect(0, 0, 300, 300)
  return canvas.toDataURL('image/jpeg').split(',')[1]
}

/** Makes the browser the one that has this token and has told its village. */
export function settle({ token, payload }) {
  if (localStorage.getItem('bangfu.token')) return
  localStorage.setItem('bangfu.token', token)
  localStorage.setItem('bangfu.started', payload)
}
