/** What the page was sent with, for somebody who opens it for the first time: stands until the bot has said the same. */
import type { ChatChoice, ChatVillage, Opening } from '../../../http/contract'
import { isNewBrowser } from './token'
import { wantedLanguage } from './words'

declare global {
  interface Window {
    /** What was tapped before the program had come (index.html). */
    tappedEarly?: ChatChoice
  }
}

const sent = read()
const isFirstTime = isNewBrowser()

/** The village of the address. */
export const sentVillage: ChatVillage | null = sent?.village ?? null

/** Null for somebody who was here before, and where the page speaks another language than it was sent in. */
export const greeting = isFirstTime && sent?.language === wantedLanguage() ? sent.greeting : null

/** Once. */
export function tappedEarly(): ChatChoice | null {
  const { tappedEarly: choice } = window
  delete window.tappedEarly
  return choice ?? null
}

function read(): Opening | null {
  const element = document.getElementById('opening')
  return element?.textContent ? (JSON.parse(element.textContent) as Opening) : null
}
