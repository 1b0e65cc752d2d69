/** Words about oneself: one's data, one's language, whether one wants to be told things. They work in the middle of a flow. */
import { remove, update } from '../base/change.ts'
import type { Row } from '../base/change.ts'
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
  work.identitySet['mutedAt'] = mutedAt
  work.account = changedAccount(work.account, { mutedAt }, parts.text)
  say(work, muted ? 'messaging:muted' : 'messaging:unmuted')
}

export function showProfile(work: Work): void {
  const { profile, village } = work.account.record
  const place = profile?.territoryPath ?? village?.path
  if (!profile && !place) return say(work, 'messaging:profile.empty')
  say(work, 'messaging:profile.title')
  const lines: [string, string | null | undefined][] = [
    ['name', profile?.name],
    ['village', place],
    ['phone', profile?.phone ? masked(profile.phone) : null],
  ]
  for (const [key, value] of lines) if (value) say(work, `messaging:profile.${key}`, { value: { literal: value } })
  say(work, 'messaging:profile.erase_hint')
}

const masked = (phone: string): string => `${phone.slice(0, 3)}****${phone.slice(-4)}`

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

/** Profile and drafts go; what became a matter stays, as the record of a decision. */
export async function erase(parts: Parts, work: Work): Promise<void> {
  const { record, stored } = work.account
  const drafts = stored ? await parts.reads.drafts(record.id) : []
  const gone = new Set(drafts.map((draft) => draft.id))
  if (work.talk?.storedOpen) gone.add(work.talk.id)
  for (const id of gone) {
    for (const answer of await parts.reads.answerIds(id)) work.changes.push(remove('Answer', answer))
    work.changes.push(remove('Conversation', id))
  }
  work.talk = null
  work.touched.length = 0
  if (record.profile) {
    work.identitySet['profileId'] = null
    work.changes.push(update('Profile', record.profile.id, record.profile.revision, NOTHING_KNOWN))
  }
  work.identitySet['villageId'] = null
  work.account = changedAccount(work.account, { profile: null, village: null }, parts.text)
  say(work, 'messaging:erase.done')
}

const NOTHING_KNOWN: Row = { name: null, phone: null, territoryId: null, consentVersion: null, consentAt: null }
