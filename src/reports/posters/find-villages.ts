/** Which villages get a poster, and whom people there may call. */
import { AppError } from '../../base/errors.ts'
import type { PosterPlace, PosterReads } from '../ports.ts'

export interface PosterVillage {
  readonly place: PosterPlace
  /** Of the village, else of the nearest place above that has one. */
  readonly phone: { readonly number: string; readonly of: string } | null
}

export interface PosterArea {
  readonly place: PosterPlace
  /** By path; a village alone is itself. */
  readonly villages: readonly PosterVillage[]
}

/** Of these levels all villages get one; anything else (a village, a hamlet, a resettlement site) gets its own. */
const ABOVE_VILLAGES: ReadonlySet<string> = new Set(['province', 'prefecture', 'county', 'township'])

/**
 * @param asked a path (吉首市/矮寨镇/阳孟村), or a name that only one place has
 * @throws AppError NOT_FOUND for no such place, and ARGUMENT_INVALID with the paths for a name of several
 */
export async function findPosterArea(
  reads: PosterReads,
  asked: string,
  several: (paths: string) => string,
): Promise<PosterArea> {
  const place = await placeOf(reads, asked.trim().replace(/\/+$/, ''), several)
  const inside = ABOVE_VILLAGES.has(place.level) ? await reads.placesWithin(place.path) : []
  const villages = ABOVE_VILLAGES.has(place.level) ? inside.filter(({ level }) => level === 'village') : [place]
  const above = await reads.placesAt(pathsAbove(place.path))
  const known = new Map([...above, place, ...inside].map((each) => [each.path, each]))
  return { place, villages: villages.map((village) => ({ place: village, phone: phoneOf(village, known) })) }
}

/** The village of a chat's code; null for an unknown code. */
export async function posterVillage(reads: PosterReads, chatCode: string): Promise<PosterVillage | null> {
  const place = await reads.placeByCode(chatCode)
  if (!place) return null
  const around = await reads.placesAt(pathsAbove(place.path))
  return { place, phone: phoneOf(place, new Map([...around, place].map((each) => [each.path, each]))) }
}

async function placeOf(reads: PosterReads, asked: string, several: (paths: string) => string): Promise<PosterPlace> {
  const [place] = await reads.placesAt([asked])
  if (place) return place
  const named = await reads.placesNamed(asked)
  if (named.length > 1) {
    const reason = several(named.map(({ path }) => path).join(' '))
    throw new AppError('ARGUMENT_INVALID', { argument: asked, reason })
  }
  if (!named[0]) throw new AppError('NOT_FOUND', { what: asked })
  return named[0]
}

/** Nearest first. */
function pathsAbove(path: string): string[] {
  const names = path.split('/')
  return names.slice(1).map((_, at) => names.slice(0, names.length - 1 - at).join('/'))
}

function phoneOf(village: PosterPlace, known: ReadonlyMap<string, PosterPlace>): PosterVillage['phone'] {
  for (const path of [village.path, ...pathsAbove(village.path)]) {
    const place = known.get(path)
    if (place?.publicPhone) return { number: place.publicPhone, of: place.name }
  }
  return null
}
