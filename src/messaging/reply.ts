/** Sentences become one message, in the reader's language and as the channel can show it. */
import { instant } from '../base/time.ts'
import type { Change } from '../base/change.ts'
import type { Instant } from '../base/time.ts'
import type { Text } from '../text/text.ts'
import { ABILITIES_UNKNOWN } from './unknown-channel.ts'
import type {
  Abilities,
  ChannelName,
  MatterMark,
  NoticeAbout,
  Outgoing,
  OutgoingChoice,
  PageMarks,
  ReminderMark,
} from './channel.ts'
import { fit } from './fit.ts'
import { heldBack, withoutIdNumbers } from './held-back.ts'
import type { OutboxKind } from './outbox/row.ts'
import { leasedRow, pendingRow } from './outbox/row.ts'
import type { Parts } from './parts.ts'
import type { Said } from './work.ts'

/** A sentence, and which conversation it leaves open after which answer. */
export type Marked = Said & Pick<PageMarks, 'talk' | 'answered'>

export interface Letter {
  readonly channel: ChannelName
  readonly chat: string
  readonly language: string
  readonly said: readonly Marked[]
  readonly mentions: readonly string[]
  readonly cause: string | null
  readonly matter: MatterMark | null
  readonly reminder: ReminderMark | null
  readonly about?: NoticeAbout
  readonly attachment?: Outgoing['attachment']
  readonly sealed: boolean
  readonly at: Instant
}

/** They stand behind a question's own choices and have no number: what to type for them has been said. */
const ACTIONS: ReadonlySet<string> = new Set(['submit', 'skip', 'back', 'help', 'human', 'menu:more'])

const NO_CHOICES: readonly OutgoingChoice[] = []

/** The messages (several only where the channel's limit asks for it); choices and marks are on the last. */
export function compose(parts: Pick<Parts, 'text' | 'channels' | 'ids'>, letter: Letter): readonly Outgoing[] {
  const { said, channel } = letter
  const abilities = parts.channels.get(channel)?.abilities ?? ABILITIES_UNKNOWN
  let chosen: Said | null = null
  let question: Said | null = null
  let marked: Marked | null = null
  let file: Said['file']
  for (const one of said) {
    if (one.choices && one.choices.length > 0) chosen = one
    if (one.question !== undefined || one.lines !== undefined) question = one
    if (one.talk !== undefined) marked = one
    if (one.file) file = one.file
  }
  const choices = chosen ? labelled(chosen, abilities, parts.text, letter.language) : NO_CHOICES
  let text = ''
  let before: Said | null = null
  for (const one of said) {
    const words = told(parts.text, one.text, abilities, letter.language)
    const list = one === chosen ? numberedList(one, choices, abilities) : ''
    const block = words !== '' && list !== '' ? `${words}\n${list}` : words + list
    if (block === '') continue
    text = text === '' ? block : text + (isSameList(before, one) ? '\n' : '\n\n') + block
    before = one
  }
  const page = channel === 'web' ? marksOf(parts.text, letter, question, marked) : null
  const voice = question?.prompt && parts.text.voice(question.prompt, letter.language)
  const pieces = fit(text, abilities.textLimit)
  return pieces.map((piece, place): Outgoing => {
    const last = place === pieces.length - 1
    return {
      id: parts.ids.next(),
      channel,
      chat: letter.chat,
      text: piece,
      choices: last ? choices : NO_CHOICES,
      mentions: letter.mentions,
      cause: letter.cause,
      reminder: last ? letter.reminder : null,
      matter: last ? letter.matter : null,
      question: last ? (question?.question ?? null) : null,
      progress: last ? (question?.progress ?? null) : null,
      ...(last && letter.about && { about: letter.about }),
      ...(last && letter.attachment && { attachment: letter.attachment }),
      ...(last && page && { page }),
      ...(last && file && { attachment: file }),
      ...(last && voice !== undefined && { voice }),
      createdAt: letter.at,
      again: false,
    }
  })
}

function told(text: Text, said: Said['text'], { refusesSensitive }: Abilities, language: string): string {
  return refusesSensitive ? withoutIdNumbers(text.say(heldBack(said), language)) : text.say(said, language)
}

/** @param question the sentence that asks */
function marksOf(text: Text, letter: Letter, question: Said | null, marked: Marked | null): PageMarks {
  const { said, language } = letter
  const lines = question?.lines
  const words = (one: Said) => text.say(one.text, language)
  return {
    ...(marked?.talk !== undefined && { talk: marked.talk }),
    ...(marked?.answered !== undefined && { answered: marked.answered }),
    ...(question?.multiple && { multiple: true }),
    ...(question?.optional && { optional: true }),
    ...(question?.asks && { asks: question.asks }),
    ...(question &&
      lines && {
        review: {
          before: said
            .slice(0, Math.max(0, said.indexOf(question) - lines.length - 1))
            .map(words)
            .filter((block) => block !== '')
            .join('\n\n'),
          lines: lines.map((line) => ({
            question: line.question,
            label: text.say(line.label, language),
            value: text.say(line.shown, language),
          })),
        },
      }),
  }
}

/** Sentences of one key after another are the lines of a list. */
const isSameList = (before: Said | null, one: Said): boolean =>
  before !== null && 'key' in before.text && 'key' in one.text && before.text.key === one.text.key

/** A button carries the number that may be typed in its place. */
function labelled(said: Said, abilities: Abilities, text: Text, language: string): readonly OutgoingChoice[] {
  const onButtons = abilities.buttons && said.numbered !== false
  return (said.choices ?? []).map(({ id, label }, place) => {
    const words = text.say(label, language)
    return { id, label: onButtons && !ACTIONS.has(id) ? `${place + 1}. ${words}` : words }
  })
}

/** Choices as lines to answer by number, where nothing can be tapped. */
function numberedList(said: Said, choices: readonly OutgoingChoice[], abilities: Abilities): string {
  if (abilities.buttons || said.numbered === false) return ''
  let lines = ''
  for (let place = 0; place < choices.length; place++) {
    const { id, label } = choices[place] as OutgoingChoice
    if (!ACTIONS.has(id)) lines += `${lines === '' ? '' : '\n'}${place + 1}. ${label}`
  }
  return lines
}

/**
 * Pushes the rows of a reply. @returns the messages that leave right after the commit; the others wait behind earlier ones.
 */
export function writeReply(parts: Parts, letter: Letter, kind: OutboxKind, changes: Change[]): readonly Outgoing[] {
  const { outbox } = parts
  const outgoing = compose(parts, letter)
  const now: Outgoing[] = []
  for (const one of outgoing) {
    const later = outbox.lanes.place(one.channel, one.chat, letter.at)
    if (later === null) {
      changes.push(leasedRow(one, kind, outbox.token, letter.at, letter.sealed))
      now.push(one)
    } else changes.push(pendingRow(one, kind, instant(later), letter.sealed))
  }
  return now
}
