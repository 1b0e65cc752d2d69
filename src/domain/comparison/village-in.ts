/** The village that a sheet means: a path, names in columns of their own, or an address in one line. */
import type { Place, PlaceIndex } from '../registry/import/place-index.ts'

export interface VillageFinder {
  /** @returns null where it says none, or could be several */
  find(places: readonly string[]): Place | null
}

/** Endings that people leave out: 阳孟 for 阳孟村. */
const ENDING = /(?:村委会|居委会|村民委员会|居民委员会|社区|村)$/u

export function villageFinder(index: PlaceIndex, all: readonly Pick<Place, 'id' | 'level'>[]): VillageFinder {
  const villages = all.flatMap(({ id, level }) => {
    const place = level === 'village' || level === 'resettlement_site' ? index.byId(id) : undefined
    if (!place) return []
    const bare = place.name.replace(ENDING, '')
    // One character is in too many addresses.
    return [{ place, spellings: bare.length >= 2 ? [place.name, bare] : [place.name] }]
  })
  return {
    find(places) {
      if (places.length === 0) return null
      const exact = index.find(places.join('/')) ?? (places.length === 1 ? undefined : index.find(places.at(-1) ?? ''))
      if (exact) return villageOf(exact, index)
      const said = places.join('').normalize('NFKC').replace(/\s+/g, '')
      const named = villages.filter(({ spellings }) => spellings.some((name) => said.includes(name)))
      const whole = named.filter(({ place }) => said.includes(place.name))
      return onlyOne(whole.length > 0 ? whole : named, said, index)
    },
  }
}

/** The village that a hamlet or a grid lies in; what is wider than a village says too little. */
const villageOf = (place: Place, index: PlaceIndex): Place | null =>
  index.lineage(place.id).find(({ level }) => level === 'village' || level === 'resettlement_site') ?? null

function onlyOne(named: readonly { readonly place: Place }[], said: string, index: PlaceIndex): Place | null {
  if (named.length === 1) return named[0]?.place ?? null
  // Names repeat within a county: what lies around it decides, the nearest first.
  const scores = named.map(({ place }) => {
    const around = index.lineage(place.id).slice(1)
    return { place, score: around.filter(({ name }) => said.includes(name)).length }
  })
  const most = Math.max(0, ...scores.map(({ score }) => score))
  const best = scores.filter(({ score }) => score === most)
  return most > 0 && best.length === 1 ? (best[0]?.place ?? null) : null
}
