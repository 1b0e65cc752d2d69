/** Where a private message goes: the house's own words, the open conversation, a command, a flow, or the menu. */
import { normalise, unspaced } from '../flow/answers/normalise.ts'
import { wholeNumeral } from '../flow/answers/numeral.ts'
import { findGlobalWord } from '../flow/answers/global-word.ts'
import { arrive } from './arrival.ts'
import { askedOf, hasAsked, setAsked, toldBefore, toldWaiting } from './asked.ts'
import { askAgain, setAside } from './begin-flow.ts'
import { answerBinding, bindingSaid } from './bind/bind.ts'
import type { ReceivedBody } from './channel.ts'
import { openComplaint } from './complaint-words.ts'
import { converse } from './conversation.ts'
import { answerOffer, draftOf, offer } from './drafts.ts'
import { complains, isForHouse, staffLineSaid } from './for-house.ts'
import { answerEdited, isEdited } from './edited.ts'
import { freeWords, saySafety } from './free-words.ts'
import { endSaid } from './hand-off/end.ts'
import { isAnswered, passOn } from './hand-off/pass-on.ts'
import { insideFlow, noAnswer, warnInside } from './inside-flow.ts'
import { flowNamed, isMore, isName, MENU_MORE, menuSentence, showMenu, showRest } from './menu.ts'
import { answerAsked } from './offer-flows.ts'
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
import type { Said, Work } from './work.ts'

/** Longest message that is looked at outside a flow, in UTF-16 units. */
const LONGEST = 4000

/** Nothing that belongs to anybody is touched or shown before it is known who speaks. */
export function route(parts: Parts, work: Work, body: ReceivedBody): void | Promise<void> {
  if (isEdited(body)) return answerEdited(parts, work)
  // Whose account it is concerns nobody who speaks from it.
  const binding = bindingSaid(parts, work, body)
  if (binding) return answerBinding(parts, work, binding)
  if (isConfirmed(parts, work)) {
    hear(parts, work)
    if (work.account.record.waiting === null) return routeKnown(parts, work, body)
    return answerWaiting(parts, work, body).then((answered) => (answered ? undefined : routeKnown(parts, work, body)))
  }
  // Danger is answered before it is known who speaks.
  const said = textOf(body)
  const danger = said === null ? null : parts.intent.danger(said)
  if (danger !== null) saySafety(work, danger)
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
  const said = textOf(body)
  const aside = said === null ? null : insideFlow(parts, work, talk, said)
  if (aside) return aside
  const otherwise = () => {
    const words = said === null ? null : complains(parts, work, said, true)
    if (said !== null && words !== null) return openComplaint(parts, work, said, words)
    return noAnswer(parts, work, talk, said, (typed) => command(parts, work, typed, null))
  }
  const waiting = toldWaiting(work)
  if (waiting) {
    return toldBefore(parts, work, waiting, null).then(async (told) => {
      await converse(parts, work, talk, input, otherwise, told)
      await afterTurn(parts, work, talk, said)
    })
  }
  const done = converse(parts, work, talk, input, otherwise)
  if (done) return done.then(() => afterTurn(parts, work, talk, said))
  if (work.word || (said !== null && parts.intent.danger(said) !== null)) return afterTurn(parts, work, talk, said)
}

async function afterTurn(parts: Parts, work: Work, talk: Talk, said: string | null): Promise<void> {
  if (work.word) await answerWord(parts, work, work.word)
  if (said !== null) await warnInside(parts, work, talk, said)
}

/** What was typed, or heard in a recording. */
const textOf = (body: ReceivedBody): string | null =>
  body.kind === 'text' ? body.text : body.kind === 'voice' ? body.transcript : null

/** Whatever leads nowhere is answered only as long as it isn't too much. */
async function routeOutside(parts: Parts, work: Work, body: ReceivedBody): Promise<void> {
  const { asked } = work.account.record
  await outside(parts, work, body)
  const isOpen = work.talk !== null && work.talk.phase !== 'draft'
  if (asked && !hasAsked(work) && forgetsAsked(parts, work, body)) setAsked(parts, work, null)
  if (isOpen || work.passedOn || work.account.speaker.staff) return
  const said = textOf(body)
  if (said !== null && parts.intent.danger(said) !== null) return
  const patience = parts.manners.idle(work.account.record.id, work.at)
  if (patience === 'go') return
  work.said.length = 0
  setAsked(parts, work, null)
  if (patience === 'warn') say(work, 'messaging:flood')
  else parts.manners.drop('flood')
}

/** A question that was not answered is over, unless a draft comes first or the message was about something else altogether. */
function forgetsAsked(parts: Parts, work: Work, body: ReceivedBody): boolean {
  if (work.talk?.phase === 'draft') return false
  return body.kind !== 'choice' || parts.flows.byId(body.id) !== undefined
}

async function outside(parts: Parts, work: Work, body: ReceivedBody): Promise<void> {
  if (body.kind === 'start') {
    if (work.talk?.phase === 'draft') await answerOffer(parts, work, work.talk, body)
    return arrive(parts, work, body.payload)
  }
  if (await takenBack(parts, work, body)) return
  if (await personWord(parts, work, body)) return
  if (await ownWords(parts, work, body)) return
  const declined = work.talk?.phase === 'draft'
  if (declined && work.talk && (await answerOffer(parts, work, work.talk, body))) return
  const asked = askedOf(work)
  if (asked && (await answerAsked(parts, work, asked, body))) return
  if (body.kind === 'choice') return tapped(parts, work, body.id)
  if (body.kind === 'photo' && (await askedPhoto(parts, work, body.file.id))) return
  const text = textOf(body)
  if (text === null) {
    if (await passOn(parts, work, body)) return
    return lost(parts, work, body.kind === 'other' ? 'messaging:other_kind' : 'messaging:media_outside', declined)
  }
  if (text.length > LONGEST) return lost(parts, work, 'messaging:too_long', declined)
  if (normalise(text) === '') return lost(parts, work, 'messaging:empty', declined)
  return typed(parts, work, text, body, declined)
}

/** 撤销 is what staff say too of a visit or a death that was noted by mistake; where there is none, it is meant as anybody means it. */
async function takenBack(parts: Parts, work: Work, body: ReceivedBody): Promise<boolean> {
  if (!work.account.speaker.staff || body.kind !== 'text') return false
  return parts.houseWords.find(body.text)?.kind === 'withdraw' && (await command(parts, work, body.text, null))
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
  if (id === MENU_MORE && !work.talk) return showRest(parts, work)
  if (id === 'human') return answerWord(parts, work, { word: 'human', argument: null })
  const flow = parts.flows.byId(id)
  if (flow) return openFlow(parts, work, flow)
  say(work, 'messaging:stale')
  if (work.talk) await askAgain(parts, work, work.talk)
  else showMenu(parts, work, menuSentence)
}

async function typed(parts: Parts, work: Work, said: string, body: ReceivedBody, declined: boolean): Promise<void> {
  const text = normalise(said)
  const word = findGlobalWord(text, parts.forms, work.account.speaker.language)
  if (word) return answerWord(parts, work, { word: word.word, argument: word.argument ?? null })
  const complaint = complains(parts, work, said, false)
  if (complaint !== null) return openComplaint(parts, work, said, complaint)
  if (await endSaid(parts, work, said)) return
  if (await command(parts, work, said, null)) return
  if (isMore(parts, text)) return showRest(parts, work)
  // A number right after an answer of somebody answers that one, and chooses nothing.
  if (wholeNumeral(unspaced(text)) !== null && (await isAnswered(parts, work)) && (await passOn(parts, work, body)))
    return
  const telling = parts.intent.read(said)
  const flow = flowNamed(parts, work, said)
  // A flow that is called by its name opens at once; a trouble that is told is asked about first.
  const isCalled = flow && (telling.flows.length === 0 || flow.audience === 'staff' || isName(parts, flow, text))
  if (isCalled) return openFlow(parts, work, flow)
  // Danger is answered by the house as well.
  if ((await passOn(parts, work, body)) && telling.danger === null) return
  if (await freeWords(parts, work, telling)) return
  const polite = telling.talk ?? parts.houseWords.find(said)?.kind
  if (polite === 'thanks') return lost(parts, work, 'messaging:thanks', true)
  return lost(
    parts,
    work,
    polite === 'hello' || !work.account.stored ? 'messaging:greeting' : 'messaging:unknown',
    declined,
  )
}

const awaitPhoto = (parts: Parts, work: Work, photoOf: string): void =>
  setAsked(parts, work, { flows: [], told: [], danger: false, again: false, photoOf })

/** What may be sent right after something was said to be done. Whoever sends several is told so each time. */
async function askedPhoto(parts: Parts, work: Work, mediaId: string): Promise<boolean> {
  const photoOf = askedOf(work)?.photoOf
  if (photoOf === undefined || !parts.handlers.photo) return false
  const result = await parts.handlers.photo(photoOf, mediaId, commandContext(parts, work, '', null))
  if (!result) return false
  adopt(work, result)
  awaitPhoto(parts, work, photoOf)
  return true
}

/** @returns false when no command knows the text */
async function command(parts: Parts, work: Work, text: string, choice: string | null): Promise<boolean> {
  const context = commandContext(parts, work, text, choice)
  for (const handler of parts.handlers.commands) {
    const result = await handler(context)
    if (!result) continue
    const left = choice === null ? leftBehind(parts, work, text) : null
    const isBegun = left !== null && left.state.parked.logged > 0
    adopt(work, result)
    if (result.start) {
      const flow = parts.flows.byId(result.start.flow)
      if (flow) await openFlow(parts, work, flow, result.start.answers)
      if (left && isBegun && work.talk !== left) work.said.unshift(INSTEAD)
    } else if (left && result.changes.length > 0) {
      if (isBegun) work.said.push(INSTEAD)
      await setAside(parts, work, left)
    } else if (work.talk) await askAgain(parts, work, work.talk)
    else if (result.photoOf !== undefined) {
      say(work, 'measures:photo.ask')
      awaitPhoto(parts, work, result.photoOf)
    }
    return true
  }
  return false
}

const INSTEAD: Said = { kind: 'say', text: { key: 'visits:line.instead' } }

/** Whoever logs visits in one line has no use for the questions of the one that was begun before. */
function leftBehind(parts: Parts, work: Work, said: string): Talk | null {
  const { talk } = work
  return talk?.flow.submit === 'visit_log' && staffLineSaid(parts, work, said) === 'visit' ? talk : null
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
