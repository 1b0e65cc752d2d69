/** What is meant for the house whatever flow is open: no flow may take it for an answer. */
import { dateAt } from '../base/time.ts'
import { isLikeMatterNumber, isMatterNumber } from '../domain/cases/matter-number.ts'
import { normalise, unspaced } from '../flow/answers/normalise.ts'
import type { ReceivedBody } from './channel.ts'
import { complaintSaid } from './complaint-words.ts'
import { openType } from './open-question.ts'
import type { Parts } from './parts.ts'
import type { StaffLine } from './staff-lines.ts'
import type { Talk } from './talk.ts'
import type { Work } from './work.ts'

/** `26112200012 …`, `不纳入 26112200012 …`: what staff write under a reminder works in the middle of a flow too. */
const WITH_MATTER = /^\s*\D{0,8}?(\d{11,16})(?!\d)/

export function isForHouse(parts: Parts, work: Work, body: ReceivedBody): boolean {
  if (body.kind === 'choice')
    return body.id.includes(':') ? !body.id.startsWith('edit:') : parts.flows.byId(body.id) !== undefined
  if (body.kind !== 'text') return false
  const { speaker } = work.account
  const number = speaker.staff ? WITH_MATTER.exec(normalise(body.text))?.[1] : undefined
  if (number !== undefined && isLikeMatterNumber(number) && normalise(body.text) !== number) return true
  if (isMatter(body.text)) return !asksForMatter(work.talk)
  if (complains(parts, work, body.text, false) !== null) return true
  if (staffLineSaid(parts, work, body.text) !== null) return true
  const kind = parts.houseWords.find(body.text)?.kind
  // Where one asks how far a matter is, the same word means that matter.
  if (kind === 'withdraw' && work.talk?.flow.submit === 'status_query') return false
  return kind !== undefined && kind !== 'hello' && kind !== 'thanks'
}

/** Said of the complaint that is open it is an answer. @returns what the complaint is about */
export const complains = (parts: Parts, work: Work, said: string, loose: boolean): string | null =>
  work.talk?.flow.submit === 'complaint' || work.group ? null : complaintSaid(parts, said, loose)

/** In a private chat of staff. @returns null for what may be an answer */
export function staffLineSaid(parts: Parts, work: Work, said: string): StaffLine | null {
  if (!work.account.speaker.staff || work.group) return null
  return parts.staffLines.read(said, dateAt(work.at, parts.zone), openType(work.talk) === 'text')
}

const asksForMatter = (talk: Talk | null): boolean => openType(talk) === 'matter'

/** A number that is right to its check digit is asked after, whatever else is open. */
function isMatter(text: string): boolean {
  if (text.length < 11 || text.length > 30) return false
  return isMatterNumber(unspaced(normalise(text))) && isLikeMatterNumber(normalise(text))
}
