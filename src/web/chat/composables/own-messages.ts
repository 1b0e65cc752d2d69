/** What this page said: kept in the browser, since the server's transcript holds only the bot's side. */
import { reactive, watch } from 'vue'
import type { SendMessage } from '../../../http/contract'

export interface OwnMessage {
  readonly messageId: string
  /** What the person sees of it. */
  readonly shown: string
  /** The bot's last message before it. */
  readonly afterSeq: string
  readonly body: SendMessage['body']
  state: 'waiting' | 'sent' | 'refused'
}

/** A chat of a year is far shorter; older lines are dropped from the browser only. */
const MAX_KEPT = 400

export function ownMessages(): OwnMessage[] {
  const key = 'bangfu.said'
  const messages = reactive<OwnMessage[]>(read(key))
  watch(messages, () => localStorage.setItem(key, JSON.stringify(messages.slice(-MAX_KEPT))))
  return messages
}

function read(key: string): OwnMessage[] {
  try {
    return JSON.parse(localStorage.getItem(key) ?? '[]') as OwnMessage[]
  } catch {
    return []
  }
}
