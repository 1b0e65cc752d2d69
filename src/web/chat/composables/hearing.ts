/** What the bot said: kept in the browser, caught up with, listened to. */
import { ref, shallowReactive } from 'vue'
import type { ChatMessage } from '../../../http/contract'
import { getMessages, listen } from './api'
import { backoff, type patience } from './patience'
import { shelf } from './shelf'

const BETWEEN_MS = 2_500
const MAX_KEPT = 400

/** Messages up to this one were cleared from the screen. */
const CLEARED = 'bangfu.cleared'

export function hearing(token: string, waits: ReturnType<typeof patience>) {
  const kept = shelf<ChatMessage>('heard')
  const heard = shallowReactive<ChatMessage[]>([])
  const offline = ref(false)
  const stopped = new AbortController()
  const lastSeq = () => heard[heard.length - 1]?.seq ?? localStorage.getItem(CLEARED) ?? ''

  function hear(message: ChatMessage): void {
    if (message.seq <= lastSeq()) return
    heard.push(message)
    void kept.put(message.seq, message)
  }

  async function catchUp(): Promise<void> {
    for (;;) {
      const { messages, more } = await getMessages(token, lastSeq())
      messages.forEach(hear)
      if (!more) return
    }
  }

  async function hearForEver(): Promise<void> {
    let failures = 0
    let streams = true
    while (!stopped.signal.aborted) {
      try {
        await catchUp()
        offline.value = false
        failures = 0
        if (streams) streams = await listen(token, lastSeq(), stopped.signal, hear)
      } catch {
        offline.value = true
        failures++
      }
      await waits.pause(failures === 0 ? BETWEEN_MS : backoff(failures))
    }
  }

  return {
    heard,
    offline,
    lastSeq,
    catchUp,
    async recall(): Promise<void> {
      const cleared = localStorage.getItem(CLEARED) ?? ''
      const all = (await kept.all()).filter(({ seq }) => seq > cleared).sort((a, b) => (a.seq < b.seq ? -1 : 1))
      heard.push(...all.slice(-MAX_KEPT))
      await kept.drop(all.slice(0, -MAX_KEPT).map(({ seq }) => seq))
    },
    listen: () => void hearForEver(),
    async clear(): Promise<void> {
      localStorage.setItem(CLEARED, lastSeq())
      await kept.drop(heard.splice(0).map(({ seq }) => seq))
    },
    stop: () => stopped.abort(),
  }
}
