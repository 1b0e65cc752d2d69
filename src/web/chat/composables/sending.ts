/** What waits in the browser is sent in order, each message once: by one tab at a time, and again under the same id. */
import { postFile, postMessage, Refused } from './api'
import { exclusively } from './lock'
import type { OwnMessage, ownMessages } from './own-messages'
import { backoff, type patience } from './patience'
import { tellTabs } from './tabs'
import { language } from './words'

interface Sending {
  readonly token: string
  readonly said: ReturnType<typeof ownMessages>
  readonly waits: ReturnType<typeof patience>
  /** The network let something through, or didn't. */
  readonly through: (yes: boolean) => void
}

/** @returns the call that sends everything that waits; further calls meanwhile join it */
export function sending({ token, said, waits, through }: Sending): () => Promise<void> {
  const next = () => said.messages.find(({ state }) => state === 'waiting')

  async function sendAll(): Promise<void> {
    await said.refresh()
    for (let own = next(); own; own = next()) {
      await sendOne(own)
      through(true)
      tellTabs()
    }
  }

  async function sendOne(own: OwnMessage): Promise<void> {
    try {
      const ready = await withFileStored(own)
      await postMessage(token, { messageId: ready.messageId, body: ready.body, language: language.value })
      const { file: _file, ...rest } = ready
      await said.put({ ...rest, state: 'sent' })
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      await said.put({ ...own, state: 'refused' })
    }
  }

  async function withFileStored(own: OwnMessage): Promise<OwnMessage> {
    const { body, file } = own
    if (!file || (body.kind !== 'photo' && body.kind !== 'voice') || body.file !== '') return own
    const stored = await postFile(token, file.bytes, file.name)
    const ready = { ...own, body: { ...body, file: stored.file } }
    await said.put(ready)
    return ready
  }

  let isSending = false
  return async () => {
    waits.wake()
    if (isSending) return
    isSending = true
    try {
      for (let failures = 0; next();) {
        try {
          if (await exclusively('bangfu.send', sendAll)) failures = 0
          else await waits.pause(backoff(1))
        } catch {
          through(false)
          await waits.pause(backoff(++failures))
        }
      }
    } finally {
      isSending = false
    }
  }
}
