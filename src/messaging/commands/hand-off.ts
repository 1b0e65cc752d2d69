/** 回复 <number> 内容, 结束 <number>, or the number alone: a talk with a villager who asked for a person. In private only. */
import { isMatterNumber } from '../../domain/cases/matter-number.ts'
import { normalise } from '../../flow/answers/normalise.ts'
import type { Text } from '../../text/text.ts'
import { dateAt } from '../../base/time.ts'
import type { CommandContext, CommandHandler, HandlerResult, StaffSpeaker } from '../handlers.ts'
import { answerVillager, type AnswerParts } from '../hand-off/answer.ts'
import { isTheirs } from '../hand-off/own.ts'
import type { HandOffRecord } from '../hand-off/ports.ts'
import { closed } from '../hand-off/rows.ts'
import { shownTalk } from '../hand-off/shown.ts'
import { answerGiven } from '../hand-off/waiting-task.ts'
import { covers } from '../scope.ts'
import { worksFor } from '../stand-in.ts'
import { answered } from './matter-for-staff.ts'
import { commandWords } from './typed.ts'

/** An answer may be longer than what commands are read from. */
const LONGEST_READ = 600

export interface HandOffCommandParts extends AnswerParts {
  readonly text: Text
  /** Lines that are shown to whoever sends the number alone. */
  readonly shown: number
  /** Characters of one answer. */
  readonly longest: number
}

export function handOffCommand(parts: HandOffCommandParts): CommandHandler {
  const words = commandWords(parts.text, 'hand-off', ['reply', 'end'] as const)
  return async (context) => {
    const { choice, group, speaker, text } = context
    if (choice !== null) return null
    const number = normalise(text).replace(/[\s-]/g, '')
    if (isMatterNumber(number)) return group ? null : byNumber(parts, number, context)
    const said = speaker.staff ? words.read(text.slice(0, LONGEST_READ)) : null
    if (!speaker.staff || !said || (said.word === 'end' && said.rest !== '')) return null
    if (group) return said.numbers.length > 0 ? answered('hand-off:private') : null
    const found = await talkMeant(parts, said.numbers[0] ?? null, speaker.staff, context)
    if (!found)
      return said.numbers.length === 0 && (said.word === 'end' || said.rest === '')
        ? null
        : answered('hand-off:staff.none')
    if ('refused' in found) return found.refused
    if (said.word === 'end') return endByStaff(parts, found.talk, context)
    if (said.rest === '') return answered('hand-off:staff.how', { number: found.talk.number })
    const rest = asWritten(text, said.rest).slice(0, parts.longest)
    if (found.talk.closedAt !== null && found.talk.closedBy !== 'silence')
      return answered('hand-off:staff.closed', { number: found.talk.number })
    return answerVillager(parts, found.talk, speaker.staff, placeOf(speaker.staff, found.path), rest, context)
  }
}

/** The end of a message, as it was typed: what was read from it has lost its full-width marks and its lines. */
function asWritten(text: string, rest: string): string {
  const head = text.slice(0, LONGEST_READ)
  for (let from = 0; from < head.length; from++) {
    const isBreak = /[\s,，:：;；、。.#]/u.test(head[from] ?? '')
    if (!isBreak && plain(head.slice(from)) === rest) return text.slice(from).trim()
  }
  return rest
}

const plain = (part: string): string =>
  part
    .normalize('NFKC')
    .replace(/\s+/gu, ' ')
    .replace(/[\s。.!！]+$/u, '')

/** Of the villager's own talk, or of one within somebody's scope. @returns null for every other number */
async function byNumber(
  parts: HandOffCommandParts,
  number: string,
  context: CommandContext,
): Promise<HandlerResult | null> {
  const { speaker, zone } = context
  const talk = await parts.desk.reads.handOffByNumber(number)
  if (!talk) return null
  if (speaker.staff) {
    return (await pathIn(parts, talk, speaker.staff)) === null
      ? null
      : shownTalk(parts.desk, talk, 'staff', parts.shown, zone)
  }
  const isOwn = talk.identityId === speaker.identityId && isTheirs(talk, speaker)
  return isOwn ? shownTalk(parts.desk, talk, 'villager', parts.shown, zone) : null
}

type Meant = { readonly talk: HandOffRecord; readonly path: string } | { readonly refused: HandlerResult }

/** What somebody may not know of does not exist for them. @returns null when none waits */
async function talkMeant(
  parts: HandOffCommandParts,
  number: string | null,
  staff: StaffSpeaker,
  { at, zone }: CommandContext,
): Promise<Meant | null> {
  const { reads, registry, tasks } = parts.desk
  if (number === null) {
    const open = await reads.openHandOffsOf(await worksFor(registry, staff.id, dateAt(at, zone)))
    const [only, ...others] = open
    if (!only) return null
    if (others.length > 0) {
      const numbers = open.map((one) => one.number).join(' ')
      return { refused: answered('hand-off:staff.which', { numbers, example: only.number }) }
    }
    return { talk: only, path: (await pathIn(parts, only, staff)) ?? '' }
  }
  const task = await tasks.taskByNumber(number)
  const talk =
    (await reads.handOffByNumber(number)) ??
    (task?.kind === 'hand_off' && task.refId !== null ? await reads.handOff(task.refId) : null)
  const path = talk && (await pathIn(parts, talk, staff))
  if (!talk || path === null || path === undefined) {
    const key = isMatterNumber(number) ? 'cases:staff.unknown_number' : 'cases:staff.bad_number'
    return { refused: answered(key, { number }) }
  }
  return { talk, path }
}

/** @returns null for whoever may not see the place */
async function pathIn({ desk }: HandOffCommandParts, talk: HandOffRecord, staff: StaffSpeaker): Promise<string | null> {
  const [place] = await desk.registry.territories([talk.territoryId])
  return place && covers(staff, place.path) ? place.path : null
}

/** Name of the place that they work for, the nearest to the villager's. */
function placeOf({ scopes }: StaffSpeaker, path: string): string {
  const own = scopes
    .map((scope) => scope.path)
    .filter((each) => path === each || path.startsWith(`${each}/`))
    .sort((a, b) => b.length - a.length)[0]
  return own === undefined ? '' : own.slice(own.lastIndexOf('/') + 1)
}

async function endByStaff(parts: HandOffCommandParts, talk: HandOffRecord, { at, speaker }: CommandContext) {
  const { number } = talk
  if (talk.closedAt !== null) return answered('hand-off:staff.closed', { number })
  const wasHeard = (await parts.desk.reads.handOffLines(talk.id, 1)).length > 0
  const changes = [closed(talk, 'staff', at), ...(await answerGiven(parts.desk, talk, speaker.staff?.id ?? null, at))]
  const notice = {
    to: { kind: 'identity', identityId: talk.identityId },
    say: [{ text: { key: 'hand-off:villager.ended', params: { number } } }],
    matter: null,
    reminder: null,
    notBefore: null,
    isAnswer: true,
  } as const
  return answered('hand-off:staff.ended', { number }, { changes, notices: wasHeard ? [notice] : [] })
}
