/** What the registry has for words typed at a picker: a village, a household within the speaker's scope, a course. */
import { dateAt, type Clock, type PlainDate } from '../base/time.ts'
import { indexPlaces, searchPlaces, type PlaceIndex } from '../flow/answers/place.ts'
import type { Candidate } from '../flow/answers/understanding.ts'
import type { Text } from '../text/text.ts'
import type { StaffSpeaker } from './handlers.ts'
import { findMatters } from './matter-picker.ts'
import { namesIn } from './names-in.ts'
import type { Finder } from './parts.ts'
import type { PickedHousehold, PickerReads } from './ports.ts'

/** What a person sees and chooses from is never longer. */
const MOST = 9
/** One person helps some dozens of households. */
const MOST_HELPED = 500

export function pickers(reads: PickerReads, clock: Clock, zone: string, text: Text): Finder {
  const indexes = new Map<string, { count: number; index: PlaceIndex }>()

  const places = async (level: string): Promise<PlaceIndex> => {
    const count = await reads.territoryCount()
    const kept = indexes.get(level)
    if (kept?.count === count) return kept.index
    const index = indexPlaces(await reads.territoriesAt(level))
    indexes.set(level, { count, index })
    return index
  }

  return async ({ type, level, text: said }, speaker) => {
    const { staff } = speaker
    switch (type) {
      case 'territory':
        if (said !== '') return searchPlaces(await places(level ?? 'village'), said)
        return staff ? placesOf(reads, staff, level ?? 'village') : []
      case 'household': {
        if (said === '') return staff ? (await reads.householdsHelpedBy(staff.id, MOST)).map(chosen) : []
        return households(await searchOf(reads, staff), said)
      }
      case 'course':
        return courses(await reads.coursesFrom(dateAt(clock.now(), zone), MOST), said)
      case 'staff':
        return staff ? colleagues(reads, staff, said, dateAt(clock.now(), zone)) : []
      case 'matter': {
        const byName = async (name: string) => found(await searchOf(reads, staff), name)
        return findMatters({ reads, text, households: byName }, said, speaker)
      }
      case 'posting':
        return []
    }
  }
}

export interface HouseholdSearch {
  /** At most nine, by (head, id). */
  named(names: readonly string[]): Promise<readonly PickedHousehold[]>
  sounding(sound: string): Promise<readonly PickedHousehold[]>
}

/** The households that a staff member may name. */
export const householdsOf = (reads: PickerReads, staff: StaffSpeaker): Promise<HouseholdSearch> =>
  searchOf(reads, staff)

/** A staff member finds the households of the own territories, and those helped elsewhere. */
async function searchOf(reads: PickerReads, staff: StaffSpeaker | null): Promise<HouseholdSearch> {
  const scope = staff ? await scopeOf(reads, staff.scopes) : null
  const helped = staff ? await reads.householdsHelpedBy(staff.id, MOST_HELPED) : []
  const joined = (found: readonly PickedHousehold[], fits: (household: PickedHousehold) => boolean) => {
    const known = new Set(found.map(({ id }) => id))
    return [...found, ...helped.filter((household) => !known.has(household.id) && fits(household))].slice(0, MOST)
  }
  return {
    named: async (names) => joined(await reads.householdsNamed(names, scope, MOST), ({ head }) => names.includes(head)),
    sounding: async (sound) => joined(await reads.householdsSounding(sound, scope, MOST), () => false),
  }
}

async function scopeOf(reads: PickerReads, scopes: StaffSpeaker['scopes']): Promise<string[]> {
  const all = await Promise.all(scopes.map(({ territoryId }) => reads.within(territoryId)))
  return [...new Set(all.flat())]
}

async function households(search: HouseholdSearch, text: string): Promise<Candidate[]> {
  const all = await found(search, text)
  return all.map((household) => ({ ...chosen(household), exact: all.length === 1 }))
}

async function found(search: HouseholdSearch, text: string): Promise<readonly PickedHousehold[]> {
  const said = text.normalize('NFKC').replace(/\s+/g, '')
  const named = await search.named([said])
  if (named.length > 0) return named
  return /^[a-z]+$/i.test(said) ? search.sounding(said.toLowerCase()) : search.named(namesIn(said))
}

/** Sites or grids that a staff member answers for. */
async function placesOf(reads: PickerReads, staff: StaffSpeaker, level: string): Promise<Candidate[]> {
  const places = await reads.territoriesIn(await scopeOf(reads, staff.scopes), level)
  return places.slice(0, MOST).map(({ path, name }) => ({ value: path, label: name, exact: false }))
}

/** Who works in the same places or for a place above them, without the one who asks. */
async function colleagues(reads: PickerReads, staff: StaffSpeaker, text: string, on: PlainDate): Promise<Candidate[]> {
  const within = await scopeOf(reads, staff.scopes)
  const above = await Promise.all(staff.scopes.map(({ territoryId }) => reads.above(territoryId)))
  const all = await reads.staffIn([...new Set([...within, ...above.flat()])], on)
  const others = all.filter(({ id }) => id !== staff.id)
  const said = text.normalize('NFKC').replace(/\s+/g, '')
  const fitting = others.filter(({ id, name }) => id === text || name.includes(said) || said.includes(name))
  return fitting
    .slice(0, MOST)
    .map(({ id, name }) => ({ value: id, label: name, exact: said !== '' && fitting.length === 1 }))
}

const chosen = (household: PickedHousehold): Candidate => ({
  value: household.id,
  label: `${household.head} · ${household.territoryName} (${household.size})`,
  exact: false,
})

function courses(
  open: readonly { readonly id: string; readonly title: string; readonly place: string; readonly startsOn: string }[],
  text: string,
): Candidate[] {
  const candidates = open.map(({ id, title, place, startsOn }) => ({
    value: id,
    label: `${title} · ${place} · ${startsOn}`,
    exact: title === text,
  }))
  if (text === '') return candidates
  const fitting = candidates.filter(
    ({ label }) => label.includes(text) || text.includes(label.split(' · ')[0] ?? label),
  )
  return fitting.map((candidate) => ({ ...candidate, exact: fitting.length === 1 }))
}
