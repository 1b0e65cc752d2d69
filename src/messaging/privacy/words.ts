/** Words about whoever speaks, and answers to what was asked about them. They work in the middle of a flow. */
import { normalise, unspaced } from '../../flow/answers/normalise.ts'
import { askAgain } from '../begin-flow.ts'
import type { ReceivedBody } from '../channel.ts'
import { menuSentence, showMenu } from '../menu.ts'
import { villageSaid } from '../hand-off/call-person.ts'
import { giveLinkCode } from '../link/give-code.ts'
import { takeLinkCode } from '../link/take-code.ts'
import { unlink } from '../link/unlink.ts'
import { giveCode } from '../move/give-code.ts'
import { takeOver } from '../move/take-over.ts'
import type { Parts } from '../parts.ts'
import { setWaiting, waitingOf } from '../speaker/waiting.ts'
import { switchSpeaker } from '../speaker/who.ts'
import { say, type Work } from '../work.ts'
import { correct } from './correct.ts'
import { giveCopy } from './my-data.ts'
import { answerWithdraw, askWithdraw, withdrawConsent } from './withdraw.ts'

/** @returns false when the message is no such word */
export async function personWord(parts: Parts, work: Work, body: ReceivedBody): Promise<boolean> {
  const said = body.kind === 'text' ? body.text : body.kind === 'voice' ? (body.transcript ?? '') : ''
  const { talk } = work
  if (said === '') return false
  const word = parts.houseWords.find(said)
  const code = word ? null : codeIn(parts, work, said)
  if (code !== null) await takeCode(parts, work, code)
  else {
    switch (word?.kind) {
      case 'switch':
        await switchSpeaker(parts, work)
        break
      case 'correct':
        await correct(parts, work, word.digits === undefined ? null : Number(word.digits))
        break
      case 'withdraw':
        askWithdraw(parts, work)
        return true
      case 'withdraw_consent':
        await withdrawConsent(parts, work)
        break
      case 'copy':
        await giveCopy(parts, work)
        break
      case 'move':
        await (word.digits === undefined ? giveCode(parts, work) : takeOver(parts, work, word.digits))
        return true
      case 'link':
        if (word.digits === undefined) {
          await giveLinkCode(parts, work)
          return true
        }
        await takeLinkCode(parts, work, word.digits)
        break
      case 'unlink':
        if (!(await unlink(parts, work))) say(work, 'link:none')
        break
      default:
        return false
    }
  }
  await goOn(parts, work, talk)
  return true
}

/** Eight digits outside a flow, on an account that has nothing of its own, are the code of another phone. */
function codeIn(parts: Parts, work: Work, said: string): string | null {
  if (work.talk !== null || work.account.record.speakers.length > 0) return null
  return digitsOf(parts, said)
}

function digitsOf(parts: Parts, said: string): string | null {
  const text = unspaced(normalise(said)).replace(/-/g, '')
  return /^\d+$/.test(text) && text.length === parts.people.move.digits ? text : null
}

/** The open question once more, so that nobody is left without one. */
async function goOn(parts: Parts, work: Work, talk: Work['talk']): Promise<void> {
  if (waitingOf(work) !== null) return
  if (work.talk !== null && work.talk === talk && talk.phase !== 'draft') await askAgain(parts, work, work.talk)
  else if (work.talk === null) showMenu(parts, work, menuSentence)
}

/** @returns false when the message was no answer; the question waits no longer then */
export async function answerWaiting(parts: Parts, work: Work, body: ReceivedBody): Promise<boolean> {
  const waiting = waitingOf(work)
  setWaiting(parts, work, null)
  const { talk } = work
  if (waiting?.kind === 'withdraw') {
    if (!(await answerWithdraw(parts, work, body))) return false
    await goOn(parts, work, talk)
    return true
  }
  if (waiting?.kind === 'human') return villageSaid(parts, work, body)
  if ((waiting?.kind !== 'move' && waiting?.kind !== 'link') || body.kind !== 'text') return false
  const code = digitsOf(parts, body.text)
  if (code === null) return false
  await takeCode(parts, work, code, waiting.kind)
  return true
}

/** @param meant what it is taken for when it is neither */
async function takeCode(parts: Parts, work: Work, code: string, meant: 'move' | 'link' = 'move'): Promise<void> {
  const { moveCode, moveCodeHash, linkCodeHash } = parts.reads
  const [isMove, isLink] = await Promise.all([moveCode(moveCodeHash(code)), moveCode(linkCodeHash(code))])
  const kind = isLink ? 'link' : isMove ? 'move' : meant
  await (kind === 'link' ? takeLinkCode(parts, work, code) : takeOver(parts, work, code))
}
