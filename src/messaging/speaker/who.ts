/**
 * “Are you …?” Nothing that belongs to anybody is shown before it is answered; what was said meanwhile is kept and taken up then.
 */
import { findGlobalWord } from '../../flow/answers/global-word.ts'
import { normalise, unspaced } from '../../flow/answers/normalise.ts'
import { wholeNumeral } from '../../flow/answers/numeral.ts'
import { readYesNo } from '../../flow/answers/yes-no.ts'
import type { TextRef } from '../../flow/effects.ts'
import type { ReceivedBody } from '../channel.ts'
import type { Parts } from '../parts.ts'
import { askLanguage, languageNamed, setLanguage } from '../person-words.ts'
import { say, type Work } from '../work.ts'
import { become, putAsideQuietly } from './become.ts'
import { hear, unknown } from './confirmed.ts'
import { labelsOf, peopleOf, UNNAMED } from './people.ts'
import { setWaiting, waitingOf } from './waiting.ts'

const PERSON = 'speaker:'
const OTHER = 'speaker:other'
/** What is taken up when nothing else is: as if the chat had just been opened. */
const OPENED: ReceivedBody = { kind: 'start', payload: '' }

/** @returns the message to go on with; null when it was about who speaks, and everything is said */
export async function settleSpeaker(parts: Parts, work: Work, body: ReceivedBody): Promise<ReceivedBody | null> {
  const waiting = waitingOf(work)
  if (waiting?.kind === 'who') return answerWho(parts, work, waiting, body)
  const people = await peopleOf(parts, work)
  if (people.length === 0) {
    hear(parts, work)
    return body
  }
  if (
    !work.talk &&
    isHarmless(parts, work, body) &&
    (await parts.reads.drafts(work.account.speaker.identityId)).length === 0
  ) {
    unknown(parts, work)
    return body
  }
  askWho(parts, work, people, body)
  return null
}

/** 换人: whoever has the phone now says who it is; somebody new need not be asked. */
export async function switchSpeaker(parts: Parts, work: Work): Promise<void> {
  const current = work.account.record.profile?.id
  const others = (await peopleOf(parts, work)).filter((id) => id !== current && id !== UNNAMED)
  await putAsideQuietly(parts, work)
  if (others.length > 0) return askWho(parts, work, others, null)
  await become(parts, work, null)
  say(work, 'people:who.new')
}

/** @param ids profiles of this account @param held taken up after the answer */
export function askWho(parts: Parts, work: Work, ids: readonly string[], held: ReceivedBody | null): void {
  setWaiting(parts, work, { kind: 'who', ids, held })
  putWho(work, ids)
}

function putWho(work: Work, ids: readonly string[]): void {
  work.sealed = true
  const labels = labelsOf(work, ids)
  const [only] = labels
  const isOne = ids.length === 1 && only !== undefined
  const yes: TextRef = { key: 'people:who.yes' }
  const text: TextRef = !isOne
    ? { key: 'people:who.several' }
    : ids[0] === UNNAMED || 'key' in only
      ? { key: 'people:who.same', params: { who: only } }
      : { key: 'people:who.one', params: { name: only } }
  work.said.push({
    kind: 'say',
    text,
    choices: [
      ...ids.map((id, place) => ({ id: PERSON + id, label: isOne ? yes : (labels[place] as TextRef) })),
      { id: OTHER, label: { key: isOne ? 'people:who.no' : 'people:who.none' } },
    ],
  })
}

async function answerWho(
  parts: Parts,
  work: Work,
  { ids, held }: { readonly ids: readonly string[]; readonly held: ReceivedBody | null },
  body: ReceivedBody,
): Promise<ReceivedBody | null> {
  const picked = pick(parts, work, ids, body)
  if (picked === null) {
    if (body.kind !== 'start') aside(parts, work, body)
    // A code that was scanned meanwhile says which village is meant.
    else if (body.payload !== '') setWaiting(parts, work, { kind: 'who', ids, held: body })
    putWho(work, ids)
    return null
  }
  if (picked === UNNAMED) {
    setWaiting(parts, work, null)
    hear(parts, work)
    return held ?? OPENED
  }
  const profile = work.account.record.speakers.find((one) => one.id === picked) ?? null
  const wasOther = await become(parts, work, profile)
  if (profile === null) say(work, 'people:who.new')
  // What was said may have been an answer to somebody else's question.
  return wasOther || held === null ? OPENED : held
}

/** @returns a profile's id, UNNAMED or OTHER; null for what is no answer */
function pick(parts: Parts, work: Work, ids: readonly string[], body: ReceivedBody): string | null {
  if (body.kind === 'choice') {
    const id = body.id.startsWith(PERSON) ? body.id.slice(PERSON.length) : null
    return body.id === OTHER ? OTHER : id !== null && ids.includes(id) ? id : null
  }
  const said = body.kind === 'text' ? body.text : body.kind === 'voice' ? (body.transcript ?? '') : ''
  const text = unspaced(normalise(said))
  if (text === '') return null
  if (parts.houseWords.find(said)?.kind === 'switch') return OTHER
  const number = wholeNumeral(text)
  if (number !== null) return ids[number - 1] ?? (number === ids.length + 1 ? OTHER : null)
  const { language } = work.account.speaker
  if (isAmong(parts.text.object(language, 'people:who.no_also'), text)) return OTHER
  if (ids.length === 1 && isAmong(parts.text.object(language, 'people:who.yes_also'), text)) return ids[0] ?? null
  const named = work.account.record.speakers.find(({ id, name }) => ids.includes(id) && saysName(text, name))
  if (named) return named.id
  const answer = readYesNo(normalise(said))
  if (answer === 'no') return OTHER
  return answer === 'yes' && ids.length === 1 ? (ids[0] ?? null) : null
}

const isAmong = (forms: unknown, said: string): boolean =>
  Array.isArray(forms) && forms.some((form) => unspaced(normalise(String(form))) === said)

/** The name, with no more than “I am” before it. */
function saysName(text: string, name: string | null): boolean {
  if (name === null) return false
  const own = unspaced(normalise(name))
  return own !== '' && text.endsWith(own) && text.length <= own.length + 2
}

/** Words that show nothing of anybody are answered even now. */
function aside(parts: Parts, work: Work, body: ReceivedBody): void {
  const tapped = body.kind === 'choice'
  const said = tapped ? body.id : body.kind === 'text' ? body.text : ''
  const language = languageNamed(parts, said, tapped)
  if (language !== null) return setLanguage(parts, work, language)
  const word = tapped ? null : findGlobalWord(normalise(said), parts.forms, work.account.speaker.language)
  if (word?.word === 'language') return askLanguage(parts, work)
  const { village } = work.account.record
  if (word?.word === 'human' || word?.word === 'complain') {
    if (village?.publicPhone)
      return say(work, `messaging:${word.word}.phone`, { village: village.name, phone: village.publicPhone })
    return say(work, `messaging:${word.word}.no_phone`)
  }
  say(work, 'people:who.first')
}

/** Greetings and the menu show nothing of anybody. */
function isHarmless(parts: Parts, work: Work, body: ReceivedBody): boolean {
  if (body.kind === 'start') return true
  if (body.kind !== 'text') return false
  const kind = parts.houseWords.find(body.text)?.kind
  if (kind === 'hello' || kind === 'thanks' || kind === 'language') return true
  const word = findGlobalWord(normalise(body.text), parts.forms, work.account.speaker.language)?.word
  return word === 'menu' || word === 'help' || word === 'human' || word === 'complain' || word === 'language'
}
