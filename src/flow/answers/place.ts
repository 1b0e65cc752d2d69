/** Finds the territory that a person means, among hundreds of thousands, in a few milliseconds. */
import { coversAll, latinStem, shape, spelledDigits, stem, withoutFrame, withoutHome } from './place-words.ts'
import { accentKey, readingsOf, soundKey } from './pinyin.ts'
import { bare } from './silence.ts'
import type { Candidate } from './understanding.ts'

export interface Place {
  /** `吉首市/矮寨镇/阳孟村` */
  readonly path: string
  readonly name: string
  /** Made from the name where left out. */
  readonly pinyin?: string
  readonly initials?: string
}

export interface PlaceIndex {
  readonly places: readonly Place[]
  /** Full path, joined or with separators. */
  readonly byPath: ReadonlyMap<string, readonly number[]>
  /** Name with and without its suffix. */
  readonly byName: ReadonlyMap<string, readonly number[]>
  readonly byPinyin: ReadonlyMap<string, readonly number[]>
  readonly byInitials: ReadonlyMap<string, readonly number[]>
  /** The usual reading of the name, whatever the characters. */
  readonly bySound: ReadonlyMap<string, readonly number[]>
  readonly byAccent: ReadonlyMap<string, readonly number[]>
  /** What lies in a township: by its name with and without its suffix, alone and after its county's. */
  readonly byUpper: ReadonlyMap<string, readonly number[]>
  /** Name, with and without its suffix, of what is above a township → the name. */
  readonly byArea: ReadonlyMap<string, string>
  /** Names without suffix, sorted, for what somebody begins to type. */
  readonly sorted: readonly (readonly [string, number])[]
  readonly longest: number
}

/** What a person sees and chooses from is never longer. */
const MOST = 9
/** But all of a township is shown, however the village may be called. */
const MOST_OF_TOWNSHIP = 30

function put(map: Map<string, number[]>, key: string, index: number): void {
  if (key === '') return
  const list = map.get(key)
  if (!list) map.set(key, [index])
  else if (list.at(-1) !== index) list.push(index)
}

/** Built once for a registry: about 10 µs a place. */
export function indexPlaces(places: readonly Place[]): PlaceIndex {
  const byPath = new Map<string, number[]>()
  const byName = new Map<string, number[]>()
  const byPinyin = new Map<string, number[]>()
  const byInitials = new Map<string, number[]>()
  const bySound = new Map<string, number[]>()
  const byAccent = new Map<string, number[]>()
  const byUpper = new Map<string, number[]>()
  const byArea = new Map<string, string>()
  const sorted: [string, number][] = []
  let longest = 0
  for (const [index, place] of places.entries()) {
    const name = shape(place.name)
    const short = stem(name)
    longest = Math.max(longest, name.length)
    const path = shape(place.path)
    put(byPath, path, index)
    put(byPath, path.replaceAll('/', ''), index)
    put(byName, name, index)
    put(byName, short, index)
    sorted.push([short, index])
    for (const way of readingsOf(short)) {
      put(byPinyin, way.join(''), index)
      put(byInitials, way.map((sound) => sound[0] ?? '').join(''), index)
    }
    if (place.pinyin !== undefined)
      for (const form of [place.pinyin, latinStem(place.pinyin)]) put(byPinyin, shape(form).replaceAll("'", ''), index)
    if (place.initials !== undefined) put(byInitials, shape(place.initials), index)
    put(bySound, soundKey(short), index)
    put(byAccent, accentKey(short), index)
    const levels = path.split('/')
    for (const area of levels.slice(0, -2))
      if (!byArea.has(area)) for (const said of [stem(area), area]) byArea.set(said, area)
    const [county = '', upper = ''] = levels.slice(-3, -1)
    for (const said of levels.length < 3 ? [] : [upper, stem(upper)])
      for (const before of ['', county, stem(county)]) put(byUpper, before + said, index)
  }
  sorted.sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : a[1] - b[1]))
  return { places, byPath, byName, byPinyin, byInitials, bySound, byAccent, byUpper, byArea, sorted, longest }
}

/** Places whose stem begins with the text. */
function beginning(index: PlaceIndex, text: string): number[] {
  let [low, high] = [0, index.sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((index.sorted[middle] as readonly [string, number])[0] < text) low = middle + 1
    else high = middle
  }
  const found: number[] = []
  for (let at = low; at < index.sorted.length && found.length <= MOST; at++) {
    const [name, place] = index.sorted[at] as readonly [string, number]
    if (!name.startsWith(text)) break
    found.push(place)
  }
  return found
}

/** How many of the place's upper levels the text names too: 我家在矮寨阳孟 names one of them. */
function context(text: string, place: Place): number {
  const levels = place.path.split('/').slice(0, -1)
  return levels.filter((level) => text.includes(stem(shape(level)))).length
}

/** Names that stand somewhere in a sentence: those that leave nothing over, else the longest ones. */
function inside(index: PlaceIndex, text: string): { readonly found: readonly number[]; readonly isWhole: boolean } {
  let longestFound: readonly number[] = []
  for (let length = Math.min(index.longest, text.length); length >= 2; length--) {
    const found = new Set<number>()
    for (let at = 0; at + length <= text.length; at++)
      for (const place of index.byName.get(text.slice(at, at + length)) ?? []) found.add(place)
    const whole = [...found].filter((place) => coversAll(text, (index.places[place] as Place).path.split('/')))
    if (whole.length > 0) return { found: narrowed(index, text, whole), isWhole: true }
    if (longestFound.length === 0) longestFound = narrowed(index, text, [...found])
  }
  return { found: longestFound, isWhole: false }
}

/** Of several places of one name those whose township or county was named too. */
function narrowed(index: PlaceIndex, text: string, found: readonly number[]): number[] {
  if (found.length < 2) return [...found]
  const scored = found.map((place) => [context(text, index.places[place] as Place), place] as const)
  const best = Math.max(...scored.map(([score]) => score))
  return scored.filter(([score]) => score === best).map(([, place]) => place)
}

/** A name without a township before it that only sounds alike: 矮寨阳梦村, 我家在阳梦. */
function soundsInside(index: PlaceIndex, text: string): readonly number[] {
  const rest = stem(withoutHome(text))
  for (let at = 1; at + 2 <= rest.length; at++) {
    const found = index.bySound.get(soundKey(rest.slice(at)))
    if (found) {
      const near = narrowed(index, text, found).filter((place) => context(text, index.places[place] as Place) > 0)
      if (near.length > 0) return near
    }
  }
  return index.bySound.get(soundKey(rest)) ?? []
}

/**
 * Best first. `exact` marks what needs no choosing if it is the only exact one: said letter by letter, in whole pinyin,
 * or written with characters of the same sound. Labels carry the whole path where a name is not the only one of its kind.
 */
export function searchPlaces(index: PlaceIndex, said: string): Candidate[] {
  const text = shape(said).slice(0, 200)
  const found = search(index, text)
  if (!/\d/.test(text) || found.some(({ exact }) => exact)) return found
  const spelled = search(index, spelledDigits(text))
  return spelled.some(({ exact }) => exact) || found.length === 0 ? spelled : found
}

function search(index: PlaceIndex, text: string): Candidate[] {
  if (text === '') return []
  const plain = bare(text)
  const candidates = (found: readonly number[], exact: boolean): Candidate[] =>
    found.slice(0, MOST).map((place) => labelled(index, index.places[place] as Place, exact))
  const pathed = index.byPath.get(text)
  if (pathed) return candidates(pathed, true)
  for (const word of new Set([text, plain])) {
    const named = index.byName.get(word)
    if (!named) continue
    const whole = named.filter((place) => shape((index.places[place] as Place).name) === word)
    return candidates(whole.length > 0 && stem(word) !== word ? whole : named, true)
  }
  const upper = withoutFrame(plain)
  const township = index.byUpper.get(upper)
  if (township) return township.length <= MOST_OF_TOWNSHIP ? within(index, township) : [tooWide(upper)]
  const area = index.byArea.get(upper)
  if (area !== undefined) return [tooWide(area)]
  if (/^[a-z']+$/.test(text)) {
    const letters = text.replaceAll("'", '')
    for (const typed of new Set([letters, latinStem(letters)])) {
      const spelled = index.byPinyin.get(typed)
      if (spelled) return candidates(spelled, true)
    }
    const initials =
      index.byInitials.get(letters) ?? (letters.endsWith('c') ? index.byInitials.get(letters.slice(0, -1)) : undefined)
    return candidates(initials ?? [], false)
  }
  const mentioned = inside(index, text)
  if (text.length > 60 || mentioned.isWhole) return candidates(mentioned.found, mentioned.isWhole)
  const begun = beginning(index, stem(plain))
  if (begun.length > 0 && plain.length >= 2) return candidates(begun, false)
  const alike = index.bySound.get(soundKey(stem(plain))) ?? soundsInside(index, plain)
  if (alike.length > 0) return candidates(alike, true)
  if (mentioned.found.length > 0) return candidates(mentioned.found, false)
  return candidates(index.byAccent.get(accentKey(stem(plain))) ?? [], false)
}

/** 阳孟村（吉首市矮寨镇） where the name is not the only one. */
function labelled(index: PlaceIndex, place: Place, exact: boolean): Candidate {
  const others = index.byName.get(shape(place.name))?.length ?? 0
  const stems = index.byName.get(stem(shape(place.name)))?.length ?? 0
  const upper = place.path.split('/').slice(0, -1).join('')
  const label = Math.max(others, stems) > 1 && upper !== '' ? `${place.name}(${upper})` : place.name
  return { value: place.path, label, exact }
}

/** The villages of a township, which was said: it stands in no label, unless there are two townships of that name. */
function within(index: PlaceIndex, township: readonly number[]): Candidate[] {
  const places = township.map((at) => index.places[at] as Place)
  const uppers = new Set(places.map(({ path }) => path.slice(0, path.lastIndexOf('/'))))
  return uppers.size > 1
    ? places.map((place) => labelled(index, place, false))
    : places.map(({ path, name }) => ({ value: path, label: name, exact: false }))
}

const tooWide = (area: string): Candidate => ({ value: '', label: area, exact: false, isWide: true })

/** For a few places, where an index is not worth keeping. */
export const rankPlaces = (text: string, places: readonly Place[]): Candidate[] =>
  searchPlaces(indexPlaces(places), text)
