/** Where a private message goes: the house's own words, the open conversation, a command, a flow, or the menu. */
import { isLikeMatterNumber, isMatterNumber } from '../domain/cases/matter-number.ts'
import { normalise, unspaced } from '../flow/answers/normalise.ts'
import { findGlobalWord } from '../flow/answers/global-word.ts'
import { arrive } from './arrival.ts'
import { askAgain } from './begin-flow.ts'
import type { ReceivedBody } from './channel.ts'
import { converse } from './conversation.ts'
import { answerOffer, draftOf, offer } from './drafts.ts'
import { flowNamed, flowTitled, menuSentence, showMenu } from './menu.ts'
import { openFlow } from './open-flow.ts'
import { answerWord, commandContext } from './outside-words.ts'
import type { Parts } from './parts.ts'
import { erase } from './privacy/erase.ts'
import { eraseAnswer, languageNamed, setLanguage } from './person-words.ts'
import { answerWaiting, personWord } from './privacy/words.ts'
import { hear, isConfirmed } from './speaker/confirmed.ts'
import { settleSpeaker } from './speaker/who.ts'
import { adopt } from './submit.ts'
import { inputOf } from './turn.ts'
import { say } from './work.ts'
import type { Talk } from './talk.ts'
import type { Work } from './work.ts'

/** Longest message that is looked at outside a flow, in UTF-16 units. */
const LONGEST = 4000

/** `26112200012 …`, `… 26112200012`: what staff write under a reminder works in the middle of a flow too. */
const WITH_MATTER = /^\s*\d{11,16}\s*\D|^\s*\D{1,8}\d{11,16}\s*$/

/** Nothing that belongs to anybody is touched or shown before it is known who speaks. */
export function route(parts: Parts, work: Work, body: ReceivedBody): void | Promise<void> {
  if (isConfirmed(parts, work)) {
    hear(parts, work)
    if (work.account.record.waiting === null) return routeKnown(parts, work, body)
    return answerWaiting(parts, work, body).then((answered) => (answered ? undefined : routeKnown(parts, work, body)))
  }
  return settleSpeaker(parts, work, body).then((next) => (next ? routeKnown(parts, work, next) : undefined))
}

/** A turn of the open conversation that needs nothing else is not async: it is the hot road. */
function routeKnown(parts: Parts, work: Work, body: ReceivedBody): void | Promise<void> {
  const { talk } = work
  if (!talk || talk.phase === 'draft' || body.kind === 'start' || isForHouse(parts, work, body)) {
    return routeOutside(parts, work, body)
  }
  const input = inputOf(body)
  if (!input) return
  const done = converse(parts, work, talk, input, () => {
    const other = body.kind === 'text' ? flowTitled(parts, work, body.text) : null
    return other && other.id !== talk.flow.id ? openFlow(parts, work, other) : null
  })
  if (done) return done.then(() => afterTurn(parts, work))
  if (work.word) return afterTurn(parts, work)
}

async function afterTurn(parts: Parts, work: Work): Promise<void> {
  if (work.word) await answerWord(parts, work, work.word)
}

/** What no flow may take for an answer. */
function isForHouse(parts: Parts, work: Work, body: ReceivedBody): boolean {
  if (body.kind === 'choice')
    return body.id.includes(':') ? !body.id.startsWith('edit:') : parts.flows.byId(body.id) !== undefined
  if (body.kind !== 'text') return false
  const { speaker } = work.account
  if (speaker.staff && WITH_MATTER.test(body.text)) return true
  if (isMatter(body.text)) return !asksForMatter(work.talk)
  const kind = parts.houseWords.find(body.text)?.kind
  return kind !== undefined && kind !== 'hello' && kind !== 'thanks'
}

const asksForMatter = (talk: Talk | null): boolean =>
  talk !== null && talk.flow.questions.some(({ path, type }) => type === 'matter' && path === talk.state.parked.cursor)

/** A number that is right to its check digit is asked after, whatever else is open. */
function isMatter(text: string): boolean {
  if (text.length < 11 || text.length > 30) return false
  return isMatterNumber(unspaced(normalise(text))) && isLikeMatterNumber(normalise(text))
}

async function routeOutside(parts: Parts, work: Work, body: ReceivedBody): Promise<void> {
  if (body.kind === 'start') {
    if (work.talk?.phase === 'draft') await answerOffer(parts, work, work.talk, body)
    return arrive(parts, work, body.payload)
  }
  if (await personWord(parts, work, body)) return
  if (await ownWords(parts, work, body)) return
  const declined = work.talk?.phase === 'draft'
  if (declined && work.talk && (await answerOffer(parts, work, work.talk, body))) return
  if (body.kind === 'choice') return tapped(parts, work, body.id)
  const text = body.kind === 'text' ? body.text : body.kind === 'voice' ? body.transcript : null
  if (text === null)
    return lost(parts, work, body.kind === 'other' ? 'messaging:other_kind' : 'messaging:media_outside', declined)
  if (text.length > LONGEST) return lost(parts, work, 'messaging:too_long', declined)
  if (normalise(text) === '') return lost(parts, work, 'messaging:empty', declined)
  return typed(parts, work, text, declined)
}

async function ownWords(parts: Parts, work: Work, body: ReceivedBody): Promise<boolean> {
  if (body.kind !== 'choice' && body.kind !== 'text') return false
  const tap = body.kind === 'choice'
  const said = tap ? body.id : body.text
  const open = work.talk && work.talk.phase !== 'draft' ? work.talk : null
  const language = languageNamed(parts, said, tap)
  if (language !== null) setLanguage(parts, work, language)
  else {
    const erasing = eraseAnswer(parts, said, tap)
    if (erasing === null) return false
    if (erasing) {
      await erase(parts, work)
      return true
    }
    say(work, 'messaging:erase.kept')
  }
  if (open) await askAgain(parts, work, open)
  else if (!work.talk) showMenu(parts, work, menuSentence)
  return true
}

async function tapped(parts: Parts, work: Work, id: string): Promise<void> {
  if (await command(parts, work, '', id)) return
  const flow = parts.flows.byId(id)
  if (flow) return openFlow(parts, work, flow)
  say(work, 'messaging:stale')
  if (work.talk) await askAgain(parts, work, work.talk)
  else showMenu(parts, work, menuSentence)
}

async function typed(parts: Parts, work: Work, said: string, declined: boolean): Promise<void> {
  const text = normalise(said)
  const word = findGlobalWord(text, parts.forms, work.account.speaker.language)
  if (word) return answerWord(parts, work, { word: word.word, argument: word.argument ?? null })
  if (await command(parts, work, said, null)) return
  const flow = flowNamed(parts, work, said)
  if (flow) return openFlow(parts, work, flow)
  const polite = parts.houseWords.find(said)?.kind
  if (polite === 'thanks') return lost(parts, work, 'messaging:thanks', true)
  return lost(
    parts,
    work,
    polite === 'hello' || !work.account.stored ? 'messaging:greeting' : 'messaging:unknown',
    declined,
  )
}

/** @returns false when no command knows the text */
async function command(parts: Parts, work: Work, text: string, choice: string | null): Promise<boolean> {
  const context = commandContext(parts, work, text, choice)
  for (const handler of parts.handlers.commands) {
    const result = await handler(context)
    if (!result) continue
    adopt(work, result)
    if (result.start) {
      const flow = parts.flows.byId(result.start.flow)
      if (flow) await openFlow(parts, work, flow, result.start.answers)
    } else if (work.talk) await askAgain(parts, work, work.talk)
    return true
  }
  return false
}

/** Nothing that we can do something with: a friendly sentence, and the way on: a draft that waits, else the menu. */
async function lost(parts: Parts, work: Work, key: string, declined: boolean): Promise<void> {
  if (work.talk) {
    say(work, key)
    return askAgain(parts, work, work.talk)
  }
  const draft = declined ? null : await draftOf(parts, work, null)
  if (!draft) return showMenu(parts, work, { key })
  say(work, key)
  await offer(parts, work, draft)
}
