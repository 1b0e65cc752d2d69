/** A chat with the bot: what was said on both sides, sending, and hearing. */
import { computed, onUnmounted } from 'vue'
import type { ChatChoice, SendMessage } from '../../../http/contract'
import { hearing } from './hearing'
import { linesOf, openTalk } from './lines'
import { exclusively } from './lock'
import { newMessageId, ownMessages, type OwnMessage } from './own-messages'
import { patience } from './patience'
import { sending } from './sending'
import { hearTabs, tellTabs } from './tabs'
import { pageToken } from './token'

/** The village that the bot was told of last. */
const STARTED = 'bangfu.started'

/** A stream that is held back on its way would leave a reply unheard: it is asked for. */
const ASK_AFTER_MS = 2_000

export type Enclosure = Pick<OwnMessage, 'file' | 'picture' | 'sound'>

export function useChat() {
  const token = pageToken()
  const waits = patience()
  const said = ownMessages()
  const ear = hearing(token, waits)
  const send = sending({ token, said, waits, through: (yes) => (ear.offline.value = !yes) })
  const deaf = hearTabs(() => void said.refresh())
  onUnmounted(() => {
    deaf()
    ear.stop()
    waits.stop()
  })

  async function say(body: SendMessage['body'], shown: string, enclosed: Enclosure = {}): Promise<void> {
    const own = { messageId: newMessageId(), order: said.nextOrder(), shown, afterSeq: ear.lastSeq(), body }
    await said.put({ ...own, ...enclosed, state: 'waiting' })
    tellTabs()
    await send()
    setTimeout(() => {
      if (!ear.heard.some(({ re }) => re === own.messageId)) void ear.catchUp().catch(() => (ear.offline.value = true))
    }, ASK_AFTER_MS)
  }

  return {
    waits,
    heard: ear.heard,
    offline: ear.offline,
    lines: computed(() => linesOf(ear.heard, said.messages)),
    isOpen: computed(() => openTalk(ear.heard) !== null),
    /** Own messages that have not left yet. */
    waiting: computed(() => said.messages.filter(({ state }) => state === 'waiting').length),
    /** Shows what the browser has kept, and listens. */
    async open(): Promise<void> {
      await Promise.all([said.refresh(), ear.recall()])
      ear.listen()
      void send()
    },
    /** Tells the bot where the person comes from when this is new. */
    async begin(payload: string): Promise<void> {
      await exclusively('bangfu.start', () => {
        if (localStorage.getItem(STARTED) === payload) return Promise.resolve()
        localStorage.setItem(STARTED, payload)
        void say({ kind: 'start', payload }, '')
        return Promise.resolve()
      })
    },
    sayText: (text: string) => say({ kind: 'text', text }, text),
    tap: (choices: readonly ChatChoice[]) =>
      say({ kind: 'choice', id: choices.map(({ id }) => id).join(' ') }, choices.map(({ label }) => label).join(' ')),
    sayPhoto: (shown: string, enclosed: Enclosure) =>
      say({ kind: 'photo', file: '', name: enclosed.file?.name ?? '' }, shown, enclosed),
    sayVoice: (shown: string, enclosed: Enclosure) =>
      say({ kind: 'voice', file: '', name: enclosed.file?.name ?? '', transcript: null }, shown, enclosed),
    sayPlace: (latitude: number, longitude: number, shown: string) =>
      say({ kind: 'location', latitude, longitude }, shown),
    /** Takes the talk off this screen; what waits stays. */
    async clear(): Promise<void> {
      await said.forget()
      await ear.clear()
      tellTabs()
    },
  }
}
