/** Facts that a flow learned about the speaker become the profile as soon as they are told, and are known from then on. */
import { seal } from '../base/change.ts'
import type { Cell } from '../base/change.ts'
import { AGREED } from '../flow/answers/acknowledge.ts'
import type { Flow } from '../flow/flow.ts'
import type { LogEntry } from '../flow/state.ts'
import type { Parts } from './parts.ts'
import type { StoredProfile } from './ports.ts'
import { consentGiven, consentTakenBack } from './privacy/consents.ts'
import { changeProfile } from './speaker/profile-change.ts'
import type { Talk } from './talk.ts'
import type { Work } from './work.ts'

type Facts = Readonly<Record<string, string>>

/** What a question says about whoever answers it. */
interface Telling {
  readonly fact: string | null
  readonly consent: boolean
}

/** Questions of the flow that corrects a profile, and the fact that each is about. */
const CORRECTIONS: Readonly<Record<string, string>> = { new_name: 'name', new_village: 'village', new_phone: 'phone' }
export const CORRECT_FLOW = 'correct_profile'

const tellings = new WeakMap<Flow, ReadonlyMap<string, Telling>>()

function tellingsOf(flow: Flow): ReadonlyMap<string, Telling> {
  let map = tellings.get(flow)
  if (map) return map
  const factOf = (name: string) => (flow.id === CORRECT_FLOW ? (CORRECTIONS[name] ?? null) : null)
  map = new Map(
    flow.questions
      .map(({ path, name, type, fact }): [string, Telling] => [
        path,
        // What staff note of a household's consent is the household's, and stays with that report.
        { fact: fact ?? factOf(name), consent: type === 'acknowledge' && flow.audience === 'villager' },
      ])
      .filter(([, { fact, consent }]) => fact !== null || consent),
  )
  tellings.set(flow, map)
  return map
}

/** Looked at in every turn. What the flow took over from what is known has no words of its own. */
export function tellsOfSpeaker(flow: Flow, log: readonly LogEntry[]): boolean {
  const telling = tellingsOf(flow)
  if (telling.size === 0) return false
  for (const { question, raw, kind } of log) {
    if ((raw !== '' || kind === 'superseded') && telling.has(question)) return true
  }
  return false
}

export async function learnFrom(parts: Parts, work: Work, talk: Talk, log: readonly LogEntry[]): Promise<void> {
  const telling = tellingsOf(talk.flow)
  const facts: Record<string, string> = {}
  let phoneSaid = ''
  let isAgreed = false
  for (const { question, kind, raw, value } of log) {
    const told = telling.get(question)
    if (!told) continue
    const isGeneral = told.fact === 'consent'
    if (kind === 'superseded' && told.consent && !isGeneral) await consentTakenBack(parts, work, question)
    if (kind !== 'answered' || raw === '' || value === '') continue
    if (told.fact !== null) facts[told.fact] = value
    if (told.fact === 'phone') phoneSaid = raw
    if (!told.consent || value !== AGREED) continue
    if (isGeneral) isAgreed = work.account.record.profile?.consentVersion !== parts.people.consentVersion
    else consentGiven(parts, work, talk, question)
  }
  await learn(parts, work, facts, phoneSaid === '' ? null : phoneSaid)
  talk.profileId ??= work.account.record.profile?.id ?? null
  if (isAgreed) consentGiven(parts, work, talk, 'general')
}

/** @param phoneSaid how the phone was told: “my son's …” */
export async function learn(parts: Parts, work: Work, facts: Facts, phoneSaid: string | null): Promise<void> {
  const old = work.account.record.profile
  const change: { -readonly [Key in keyof StoredProfile]?: StoredProfile[Key] } = {}
  const columns: Record<string, Cell> = {}
  const { consentVersion } = parts.people
  if (facts['consent'] && old?.consentVersion !== consentVersion) {
    change.consentVersion = consentVersion
    Object.assign(columns, { consentVersion, consentAt: work.at })
  }
  const path = facts['village']
  const village = path && path !== old?.territoryPath ? await parts.reads.territoryByPath(path) : null
  if (village) {
    Object.assign(change, { territoryId: village.id, territoryPath: village.path })
    columns['territoryId'] = village.id
  }
  const name = facts['name']
  if (name && name !== old?.name) change.name = columns['name'] = name
  const phone = facts['phone']
  if (phone && phone !== old?.phone) {
    change.phone = phone
    columns['phone'] = seal(phone)
  }
  if (phone && phoneSaid !== null) {
    const phoneOf = relativeIn(parts, phoneSaid)
    if (phoneOf !== (old?.phoneOf ?? null)) change.phoneOf = columns['phoneOf'] = phoneOf
  }
  if (Object.keys(columns).length > 0) changeProfile(parts, work, change, columns)
}

/** Whose phone it is, when it is said to be a relative's. */
function relativeIn(parts: Parts, said: string): string | null {
  for (const language of parts.text.languages) {
    const words = parts.text.object(language, 'people:relatives')
    if (!Array.isArray(words)) continue
    const found = words.find((word) => typeof word === 'string' && said.toLowerCase().includes(word.toLowerCase()))
    if (typeof found === 'string') return found
  }
  return null
}
