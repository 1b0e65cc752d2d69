/**
 * Matters to choose from. A villager finds the own ones, and may name any other by its number without being told whether
 * it exists. Staff find what is open in their territories, by number or by the person's name, and households that have
 * nothing open yet.
 */
import { isMatterNumber } from '../domain/cases/matter-number.ts'
import { normalise } from '../flow/answers/normalise.ts'
import type { Candidate } from '../flow/answers/understanding.ts'
import type { Text } from '../text/text.ts'
import type { Speaker, StaffSpeaker } from './handlers.ts'
import { namesIn } from './names-in.ts'
import { levelOf, reaches } from './scope.ts'
import { isOwn } from './submit/own-matter.ts'
import type { PickedHousehold, PickedMatter, PickerReads } from './ports.ts'

export interface MatterSearch {
  readonly reads: PickerReads
  readonly text: Text
  /** Households by what was typed, within the speaker's scope. */
  households(text: string): Promise<readonly PickedHousehold[]>
}

/** What a person sees and chooses from is never longer. */
const MOST = 9
const MOST_LOOKED_AT = 50

/** @param said "" = the short list */
export function findMatters(search: MatterSearch, said: string, speaker: Speaker): Promise<readonly Candidate[]> {
  return speaker.staff ? forStaff(search, said, speaker.staff, speaker.language) : forVillager(search, said, speaker)
}

async function forVillager({ reads, text }: MatterSearch, said: string, speaker: Speaker): Promise<Candidate[]> {
  const reported = await reads.mattersOf(speaker.identityId, MOST_LOOKED_AT)
  const own = reported
    .filter((matter) => isOwn(matter, speaker))
    .map(({ number, kind }): Candidate => {
      const label = `${text.say({ key: `cases:kind.${kind}` }, speaker.language)} · ${number}`
      return { value: number, label, exact: false }
    })
  if (said === '') return own.slice(0, MOST)
  const number = normalise(said).replace(/\D/g, '')
  const meant = own.find(({ value }) => value === number)
  if (meant) return [{ ...meant, exact: true }]
  if (isMatterNumber(number)) return [{ value: number, label: number, exact: true }]
  return own.filter(({ label }) => label.includes(normalise(said)) && normalise(said).length > 1)
}

async function forStaff(search: MatterSearch, said: string, staff: StaffSpeaker, language: string) {
  const { reads } = search
  const found =
    said === ''
      ? { matters: await within(reads, await reads.mattersAssignedTo(staff.id, MOST), staff), households: [] }
      : await searched(search, said, staff)
  const candidates = [
    ...found.matters.map((matter) => matterCandidate(search, matter, language)),
    ...found.households.map(householdCandidate),
  ].slice(0, MOST)
  const [only] = candidates
  if (!only || candidates.length > 1 || said === '') return candidates
  const about = await aboutOf(search, found.matters[0] ?? null, found.households[0] ?? null, language)
  return [{ ...only, exact: true, about }]
}

interface Found {
  readonly matters: readonly PickedMatter[]
  readonly households: readonly PickedHousehold[]
}

async function searched({ reads, households }: MatterSearch, said: string, staff: StaffSpeaker): Promise<Found> {
  const number = normalise(said).replace(/\D/g, '')
  if (isMatterNumber(number)) {
    const matter = await reads.matterNumbered(number)
    return { matters: matter ? await within(reads, [matter], staff) : [], households: [] }
  }
  const picked = await reads.household(said)
  const known = picked ? await inScope(reads, [picked], staff) : await households(said)
  const named = await reads.mattersNamed(namesIn(said), MOST_LOOKED_AT)
  const about = await reads.mattersAbout(known.map(({ id }) => id))
  const numbers = new Set(named.map((matter) => matter.number))
  const matters = await within(reads, [...named, ...about.filter((matter) => !numbers.has(matter.number))], staff)
  const busy = new Set(matters.map(({ householdId }) => householdId))
  const isTold = ({ head, territoryId }: PickedHousehold) =>
    matters.some((matter) => matter.personName === head && matter.territoryId === territoryId)
  return { matters, households: known.filter((household) => !busy.has(household.id) && !isTold(household)) }
}

/** What a staff member has, or answers for the place of; what goes over the heads of a level, only from the level above. */
async function within(reads: PickerReads, matters: readonly PickedMatter[], staff: StaffSpeaker) {
  const isOpenTo = (matter: PickedMatter) => matter.assigneeId === staff.id && matter.seenFrom === null
  const allowed = new Set<PickedMatter>()
  for (const seenFrom of new Set(matters.map((matter) => matter.seenFrom))) {
    const asked = matters.filter((matter) => matter.seenFrom === seenFrom && !isOpenTo(matter))
    const scopes = staff.scopes.filter((scope) => reaches(levelOf(scope), seenFrom))
    for (const matter of asked.length > 0 ? await inScope(reads, asked, { scopes }) : []) allowed.add(matter)
  }
  return matters.filter((matter) => isOpenTo(matter) || allowed.has(matter))
}

async function inScope<One extends { readonly territoryId: string }>(
  reads: PickerReads,
  all: readonly One[],
  staff: Pick<StaffSpeaker, 'scopes'>,
): Promise<readonly One[]> {
  const scopes = await Promise.all(staff.scopes.map(({ territoryId }) => reads.within(territoryId)))
  const scope = new Set(scopes.flat())
  return all.filter(({ territoryId }) => scope.has(territoryId))
}

function matterCandidate({ text }: MatterSearch, matter: PickedMatter, language: string): Candidate {
  const kind = text.say({ key: `cases:kind_staff.${matter.kind}` }, language)
  const label = [matter.personName ?? kind, matter.territoryName, matter.number].join(' · ')
  return { value: matter.number, label, exact: false }
}

const householdCandidate = ({ id, head, territoryName, size }: PickedHousehold): Candidate => ({
  value: id,
  label: `${head} · ${territoryName} (${size})`,
  exact: false,
})

/** Who it is about, and the household's roster where it is known. */
async function aboutOf(
  { reads, households, text }: MatterSearch,
  matter: PickedMatter | null,
  picked: PickedHousehold | null,
  language: string,
) {
  const household = picked ?? (matter && (await householdOf(matter, reads, households)))
  const person = household?.head ?? matter?.personName ?? ''
  if (!household) return { person, household: '', roster: '', size: '' }
  const roster = await reads.roster(household.id)
  return {
    person,
    household: household.id,
    roster: text.list(
      roster.map((literal) => ({ literal })),
      language,
    ),
    size: String(household.size),
  }
}

/** The matter's own household, else the only one of that name in the place. */
async function householdOf(matter: PickedMatter, reads: PickerReads, households: MatterSearch['households']) {
  if (matter.householdId !== null) return reads.household(matter.householdId)
  if (matter.personName === null) return null
  const named = await households(matter.personName)
  const there = named.filter(
    ({ head, territoryId }) => head === matter.personName && territoryId === matter.territoryId,
  )
  return there.length === 1 ? (there[0] ?? null) : null
}
