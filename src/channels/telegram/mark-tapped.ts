/** The message whose button was tapped shows what was chosen, and can't be tapped a second time. */
import type { Api } from 'grammy'
import type { MaybeInaccessibleMessage } from 'grammy/types'
import { apiSignal } from './client.ts'
import { afterTap } from './keyboard.ts'
import { wordsOf } from './words-for-us.ts'

const CHOSEN = '✓'
/** Of a text, and of what stands under a picture. */
const TEXT_LIMIT = 4096
const CAPTION_LIMIT = 1024

/** Never rejects: an edit that is refused (the message is old, or gone) changes nothing about the answer. */
export async function markTapped(
  api: Api,
  under: MaybeInaccessibleMessage,
  data: string,
  signal: AbortSignal,
): Promise<void> {
  // Date 0: the platform doesn't show the message any more.
  if (under.date === 0) return
  const tapped = afterTap(under.reply_markup, data)
  if (!tapped) return
  const words = wordsOf(under)
  const text = words && `${words.text}\n${CHOSEN} ${tapped.label}`
  const { chat, message_id: id } = under
  const more = { reply_markup: tapped.left }
  const entities = [...(words?.entities ?? [])]
  const until = apiSignal(signal)
  try {
    if (text !== null && under.text !== undefined && text.length <= TEXT_LIMIT) {
      await api.editMessageText(
        chat.id,
        id,
        text,
        { ...more, entities, link_preview_options: { is_disabled: true } },
        until,
      )
    } else if (text !== null && under.caption !== undefined && text.length <= CAPTION_LIMIT) {
      await api.editMessageCaption(chat.id, id, { ...more, caption: text, caption_entities: entities }, until)
    } else await api.editMessageReplyMarkup(chat.id, id, more, until)
  } catch {
    return
  }
}
