/** `催一下`, `催一下 26112200012`, `撤回 26112200012`: what one may do with one's own matter, in one line. */
import { dateAt } from '../../base/time.ts'
import type { CaseRecord } from '../../domain/cases/ports.ts'
import { saysOf } from '../cases/matter-notices.ts'
import { keptOf, statusSentence } from '../cases/status-sentence.ts'
import { urgeMatter, type UrgeParts } from '../cases/urge-matter.ts'
import type { CommandContext, CommandHandler } from '../handlers.ts'
import { isOwn, isOwnByNumber } from '../submit/own-matter.ts'
import { choicesOf, overSentence, ownAnswers, STATUS_FLOW } from '../submit/status-query.ts'
import type { Text } from '../../text/text.ts'
import { commandWords } from './typed.ts'

export function urgeCommand(parts: UrgeParts & { readonly text: Text }): CommandHandler {
  const words = commandWords(parts.text, 'told', ['urge', 'stop'])
  return async (context) => {
    const { choice, group, speaker, text } = context
    if (choice !== null || group) return null
    const said = words.read(text)
    if (!said || said.rest !== '') return null
    const [number] = said.numbers
    const matter =
      number === undefined ? await onlyOpen(parts, context) : await parts.casework.cases.caseByNumber(number)
    if (number !== undefined && (!matter || !isOwnByNumber(matter, speaker))) {
      // What staff type under a number is another command's.
      return speaker.staff ? null : saysOf({ key: 'cases:status.not_yours' }, null)
    }
    if (said.word === 'stop') return number === undefined || !matter ? null : askToStop(parts, matter, context)
    if (matter) return urgeMatter(parts, (await keptOf(parts.casework.cases, matter)) ?? matter, context)
    if (speaker.staff) return null
    const newest = (await openOnes(parts, context))[0]
    return newest
      ? saysOf({ key: 'told:urge.which', params: { number: newest.number } }, null)
      : saysOf({ key: 'told:urge.none' }, null)
  }
}

async function openOnes({ casework }: UrgeParts, { speaker }: CommandContext): Promise<readonly CaseRecord[]> {
  const open = await casework.cases.casesOfIdentity(speaker.identityId, true)
  return open.filter((matter) => isOwn(matter, speaker))
}

/** Without a number it can only mean the one that is open. */
async function onlyOpen(parts: UrgeParts, context: CommandContext): Promise<CaseRecord | null> {
  const open = await openOnes(parts, context)
  return open.length === 1 ? (open[0] ?? null) : null
}

/** It is asked once more before it is taken back. */
async function askToStop(
  { casework, text }: UrgeParts & { readonly text: Text },
  matter: CaseRecord,
  { at, zone, speaker }: CommandContext,
) {
  const how = await statusSentence(casework, matter, dateAt(at, zone))
  const state = text.say(how, speaker.language)
  const can = await choicesOf(casework, matter)
  if (!can.includes('stop')) return saysOf(can.length === 0 ? overSentence(matter, how) : how, null)
  const answers = { ...ownAnswers(matter, state, can), more: 'stop' }
  return { ...saysOf({ literal: state }, null), start: { flow: STATUS_FLOW, answers } }
}
