/** Words about oneself: one's data, one's language, whether one wants to be told things. They work in the middle of a flow. */
import { update } from '../base/change.ts'
import { changedAccount } from './account.ts'
import type { Parts } from './parts.ts'
import { say } from './work.ts'
import type { Work } from './work.ts'

const LANGUAGE = 'language:'
const ERASE = 'erase:yes'
const KEEP = 'erase:no'

export function askLanguage(parts: Parts, work: Work): void {
  work.said.push({
    kind: 'say',
    text: { key: 'messaging:language.ask' },
    choices: parts.text.languages.map((language) => ({
      id: LANGUAGE + language,
      label: { literal: parts.text.say({ key: 'messaging:language.name' }, language) },
    })),
    numbered: false,
  })
}

/** The language that was tapped, or called by its own name; null for anything else. */
export function languageNamed(parts: Parts, said: string, tapped: boolean): string | null {
  if (tapped) return parts.text.languages.find((language) => said === LANGUAGE + language) ?? null
  const word = parts.houseWords.find(said)
  return word?.kind === 'language' ? word.language : null
}

export function setLanguage(parts: Parts, work: Work, language: string): void {
  work.identitySet['language'] = language
  work.account = changedAccount(work.account, { language }, parts.text)
  say(work, 'messaging:language.set')
}

export function setMuted(parts: Parts, work: Work, muted: boolean): void {
  const mutedAt = muted ? work.at : null
  const { sameAs } = work.account.record
  // It is the person who wants no messages, on whatever account.
  if (sameAs) work.changes.push(update('ChatIdentity', sameAs.id, sameAs.revision, { mutedAt }))
  else work.identitySet['mutedAt'] = mutedAt
  work.account = changedAccount(work.account, { mutedAt }, parts.text)
  say(work, muted ? 'messaging:muted' : 'messaging:unmuted')
}

export function askErase(work: Work): void {
  work.said.push({
    kind: 'say',
    text: { key: 'messaging:erase.ask' },
    choices: [
      { id: ERASE, label: { key: 'messaging:erase.yes' } },
      { id: KEEP, label: { key: 'messaging:erase.no' } },
    ],
    numbered: false,
  })
}

/** Whether this message confirms (true) or refuses (false) erasing; null when it is about something else. */
export function eraseAnswer(parts: Parts, said: string, tapped: boolean): boolean | null {
  if (tapped) return said === ERASE ? true : said === KEEP ? false : null
  return parts.houseWords.find(said)?.kind === 'erase' ? true : null
}
