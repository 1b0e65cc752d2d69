import { compose } from '../../messaging/reply.ts'
import { instant } from '../../base/time.ts'
import type { Text } from '../../text/text.ts'
import type { Render } from './transcript.ts'

/** Messages as a channel without buttons shows them. */
export function plainRender(text: Text): Render {
  const parts = { text, channels: new Map(), ids: { next: () => '' } }
  return (said, language) => {
    const letter = {
      channel: 'terminal',
      chat: '',
      language,
      said,
      mentions: [],
      cause: null,
      matter: null,
      reminder: null,
      sealed: false,
      at: instant(0),
    } as const
    const messages = compose(parts, letter)
    return { text: messages.map((message) => message.text).join('\n'), choices: messages.at(-1)?.choices ?? [] }
  }
}
