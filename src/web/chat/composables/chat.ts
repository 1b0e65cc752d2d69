/** A chat with the bot: what was said on both sides, sending, and hearing. */
import { computed, onUnmounted, reactive, ref } from 'vue'
import type { ChatChoice, ChatMessage, SendMessage } from '../../../http/contract'
import { getMessages, listen, postFile, postMessage, Refused } from './api'
import { ownMessages, type OwnMessage } from './own-messages'
import { pageToken } from './token'
import { language } from './words'

export type Line =
  { readonly from: 'bot'; readonly message: ChatMessage } | { readonly from: 'me'; readonly message: OwnMessage }

const RETRY_MS = 3_000

export function useChat() {
  const token = pageToken()
  const heard = reactive<ChatMessage[]>([])
  const said = ownMessages()
  const offline = ref(false)
  const stopped = new AbortController()
  const lastSeq = () => heard[heard.length - 1]?.seq ?? ''

  const lines = computed<Line[]>(() => {
    const all: Line[] = said.filter((own) => own.afterSeq === '').map((message) => ({ from: 'me', message }))
    for (const message of heard) {
      all.push({ from: 'bot', message })
      for (const own of said) if (own.afterSeq === message.seq) all.push({ from: 'me', message: own })
    }
    return all
  })

  function hear(message: ChatMessage): void {
    if (message.seq > lastSeq()) heard.push(message)
  }

  async function hearForEver(): Promise<void> {
    while (!stopped.signal.aborted) {
      try {
        await catchUp()
        offline.value = false
        await listen(token, lastSeq(), stopped.signal, hear)
      } catch {
        offline.value = true
      }
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS))
    }
  }

  async function catchUp(): Promise<void> {
    for (;;) {
      const { messages, more } = await getMessages(token, lastSeq())
      messages.forEach(hear)
      if (!more) return
    }
  }

  let sending = false
  /** Sends what waits, in order; what the network swallowed is sent again under the same id. */
  async function sendWaiting(): Promise<void> {
    if (sending) return
    sending = true
    try {
      for (let next = waiting(); next; next = waiting()) {
        try {
          await postMessage(token, { messageId: next.messageId, body: next.body, language })
          next.state = 'sent'
          offline.value = false
        } catch (error) {
          if (error instanceof Refused) next.state = 'refused'
          else {
            offline.value = true
            await new Promise((resolve) => setTimeout(resolve, RETRY_MS))
          }
        }
      }
    } finally {
      sending = false
    }
  }
  const waiting = () => said.find((own) => own.state === 'waiting')

  function say(body: SendMessage['body'], shown: string): void {
    said.push({ messageId: newId(), shown, afterSeq: lastSeq(), body, state: 'waiting' })
    void sendWaiting()
  }

  onUnmounted(() => stopped.abort())

  return {
    lines,
    offline,
    /** Reads what there is, tells the bot where the person comes from when this is new, and listens. */
    async open(payload: string): Promise<void> {
      await catchUp().catch(() => (offline.value = true))
      const key = 'bangfu.started'
      if (heard.length === 0 || localStorage.getItem(key) !== payload) {
        localStorage.setItem(key, payload)
        say({ kind: 'start', payload }, '')
      }
      void sendWaiting()
      void hearForEver()
    },
    sayText: (text: string) => say({ kind: 'text', text }, text),
    tap: (choices: readonly ChatChoice[]) =>
      say({ kind: 'choice', id: choices.map(({ id }) => id).join(' ') }, choices.map(({ label }) => label).join(' ')),
    async sayPhoto(file: File, shown: string): Promise<void> {
      const stored = await postFile(token, file, file.name)
      say({ kind: 'photo', file: stored.file, name: file.name }, shown)
    },
  }
}

const newId = () =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
