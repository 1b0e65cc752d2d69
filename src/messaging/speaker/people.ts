/** Who has spoken from an account and left something that is not for everybody's eyes. */
import type { TextRef } from '../../flow/effects.ts'
import type { Flow } from '../../flow/flow.ts'
import { personOf } from '../account.ts'
import type { Parts } from '../parts.ts'
import type { StoredProfile } from '../ports.ts'
import type { Work } from '../work.ts'
import { maskedPhone, masksOf } from './mask.ts'

/** Id of whoever began something before any profile was made. */
export const UNNAMED = 'unnamed'

/** Ids of profiles (or UNNAMED), in order of their first time. */
export async function peopleOf(parts: Parts, work: Work): Promise<readonly string[]> {
  const { record } = work.account
  const isKnown = ({ name, phone }: StoredProfile) => name !== null || phone !== null
  const drafts = await parts.reads.drafts(personOf(record))
  const begun = [
    ...drafts.map(({ id, profileId, flowDigest }) => ({ id, profileId, flow: parts.flows.byDigest(flowDigest) })),
  ]
  if (work.talk) begun.push({ id: work.talk.id, profileId: work.talk.profileId, flow: work.talk.flow })
  const withWords = new Set<string>()
  for (const { id, profileId, flow } of begun) {
    const owner = record.speakers.find((one) => one.id === profileId)
    if ((owner && isKnown(owner)) || withWords.has(profileId ?? UNNAMED)) continue
    if (await saysMore(parts, id, flow)) withWords.add(profileId ?? UNNAMED)
  }
  const silent = record.speakers.filter((one) => !isKnown(one) && !withWords.has(one.id))
  if (silent.length > 0) {
    const { cases, seekers, enrolments } = await parts.reads.belongings(personOf(record))
    for (const { profileId } of [...cases, ...seekers, ...enrolments]) if (profileId !== null) withWords.add(profileId)
  }
  const known = record.speakers.filter((one) => isKnown(one) || withWords.has(one.id)).map(({ id }) => id)
  return withWords.has(UNNAMED) && record.speakers.length === 0 ? [UNNAMED] : known
}

/** Something about the person was told beside who it is. */
async function saysMore(parts: Parts, conversationId: string, flow: Flow | undefined): Promise<boolean> {
  if (!flow?.questions.some(({ pii }) => pii !== 'none')) return false
  const facts = new Set(
    flow.questions.filter(({ fact, type }) => fact !== null || type === 'acknowledge').map(({ path }) => path),
  )
  const log = await parts.reads.answers(conversationId)
  return log.some(({ kind, question }) => kind === 'answered' && !facts.has(question))
}

/** How each of them is called in front of whoever holds the phone. */
export function labelsOf(work: Work, ids: readonly string[]): readonly TextRef[] {
  const people = ids.map((id) => work.account.record.speakers.find((one) => one.id === id) ?? null)
  const masks = masksOf(people.flatMap((one) => one?.name ?? []))
  let place = 0
  return people.map((one): TextRef => {
    if (one?.name) return { literal: masks[place++] ?? '' }
    if (one?.phone) return { key: 'people:who.phone', params: { phone: maskedPhone(one.phone) } }
    return { key: 'people:who.unnamed' }
  })
}
