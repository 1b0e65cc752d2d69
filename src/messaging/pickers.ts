/** What the registry has for words typed at a picker: a village, a household within the speaker's scope, a course. */
import { dateAt, type Clock } from '../base/time.ts'
import { indexPlaces, searchPlaces, type PlaceIndex } from '../flow/answers/place.ts'
import type { Candidate } from '../flow/answers/understanding.ts'
import type { StaffSpeaker } from './handlers.ts'
import type { Finder } from './parts.ts'
import type { PickedHousehold, PickerReads } from './ports.ts'

/** What a person sees and chooses from is never longer. */
const MOST = 9
/** One person helps some dozens of households. */
const MOST_HELPED = 500
/** Names are at most that long; a sentence that holds one is cut into pieces of these lengths. */
const NAME_LENGTHS = [4, 3, 2]
const LONGEST_SENTENCE = 60

export function pickers(reads: PickerReads, clock: Clock, zone: string): Finder {
  const indexes = new Map<string, { count: number; index: PlaceIndex }>()

  const places = async (level: string): Promise<PlaceIndex> => {
    const count = await reads.territoryCount()
    const kept = indexes.get(level)
    if (kept?.count === count) return kept.index
    const index = indexPlaces(await reads.territoriesAt(level))
    indexes.set(level, { count, index })
    return index
  }

  return async ({ type, level, text }, speaker) => {
    switch (type) {
      case 'territory':
        return text === '' ? [] : searchPlaces(await places(level ?? 'village'), text)
      case 'household': {
        const { staff } = speaker
        if (text === '') return staff ? (await reads.householdsHelpedBy(staff.id, MOST)).map(chosen) : []
        return households(await searchOf(reads, staff), text)
      }
      case 'course':
        return courses(await reads.coursesFrom(dateAt(clock.now(), zone), MOST), text)
      case 'staff':
      case 'posting':
        return []
    }
  }
}

interface HouseholdSearch {
  named(names: readonly string[]): Promise<readonly PickedHousehold[]>
  sounding(sound: string): Promise<readonly PickedHousehold[]>
}

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
  const said = text.normalize('NFKC').replace(/\s+/g, '')
  const named = await search.named([said])
  if (named.length > 0) return named.map((household) => ({ ...chosen(household), exact: named.length === 1 }))
  const within = /^[a-z]+$/i.test(said) ? await search.sounding(said.toLowerCase()) : await search.named(piecesOf(said))
  return within.map((household) => ({ ...chosen(household), exact: within.length === 1 }))
}

/** Every run of two to four characters: 走访石二妹家 holds 石二妹. */
function piecesOf(said: string): string[] {
  const characters = [...said.slice(0, LONGEST_SENTENCE)]
  return NAME_LENGTHS.flatMap((length) =>
    characters
      .slice(0, Math.max(0, characters.length - length + 1))
      .map((_, from) => characters.slice(from, from + length).join('')),
  )
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
