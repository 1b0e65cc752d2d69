/** Choices as buttons under a message. */
import type { InlineKeyboardButton, InlineKeyboardMarkup } from 'grammy/types'
import type { OutgoingChoice } from '../../messaging/channel.ts'
import { shortChoice } from '../short-choice.ts'

/** Of `callback_data`. */
export const DATA_BYTES = 64

/** Two buttons share a row when neither is wider, in columns of a phone; a Chinese character takes two. */
const NARROW = 14

/** Behind the verb of a choice: the number of a matter, `ack:26112200012`. */
const OF_MATTER = /^[a-z_]+:(\d{11,16})$/

export function keyboardOf(choices: readonly OutgoingChoice[]): InlineKeyboardMarkup {
  const rows: InlineKeyboardButton[][] = []
  let open: InlineKeyboardButton[] | null = null
  for (const { id, label } of choices) {
    const button = { text: label, callback_data: shortChoice(id, DATA_BYTES) }
    const isNarrow = width(label) <= NARROW
    if (open && isNarrow) {
      open.push(button)
      open = null
    } else {
      const row = [button]
      rows.push(row)
      open = isNarrow ? row : null
    }
  }
  return { inline_keyboard: rows }
}

function width(label: string): number {
  let columns = 0
  for (const character of label) columns += (character.codePointAt(0) as number) > 0x2e7f ? 2 : 1
  return columns
}

export interface Tapped {
  readonly label: string
  /** Buttons about other matters stay. */
  readonly left: InlineKeyboardMarkup
}

/** @returns null for a button that isn't there (any more) */
export function afterTap(keyboard: InlineKeyboardMarkup | undefined, data: string): Tapped | null {
  const rows = keyboard?.inline_keyboard ?? []
  const button = rows.flat().find((one) => dataOf(one) === data)
  if (!button) return null
  const matter = OF_MATTER.exec(data)?.[1]
  const stays = (one: InlineKeyboardButton) => {
    const other = OF_MATTER.exec(dataOf(one) ?? '')?.[1]
    return matter !== undefined && other !== undefined && other !== matter
  }
  const left = rows.map((row) => row.filter(stays)).filter((row) => row.length > 0)
  return { label: button.text, left: { inline_keyboard: left } }
}

const dataOf = (button: InlineKeyboardButton): string | undefined =>
  'callback_data' in button ? button.callback_data : undefined
