/** What somebody hears who opens the page of a village for the first time, as the bot will say it once the page is heard. */
import { greetingOf } from './arrival.ts'
import type { Outgoing } from './channel.ts'
import { menuOfVillagers } from './menu.ts'
import type { Parts } from './parts.ts'
import { compose } from './reply.ts'

export function welcome(
  parts: Pick<Parts, 'flows' | 'text' | 'channels' | 'ids' | 'clock'>,
  village: { readonly name: string },
  language: string,
): Outgoing {
  const [first] = compose(parts, {
    channel: 'web',
    chat: '',
    language: parts.text.languageFor(language),
    said: menuOfVillagers(parts, greetingOf(village)),
    mentions: [],
    cause: null,
    matter: null,
    reminder: null,
    sealed: false,
    at: parts.clock.now(),
  })
  return first as Outgoing
}
