/** Finds the territory that a person means, among hundreds of thousands, in a few milliseconds. */
import { normalise, unspaced } from './normalise.ts'
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
  /** Names without suffix, sorted, for what somebody begins to type. */
  readonly sorted: readonly (readonly [string, number])[]
  readonly longest: number
}

/** What a person sees and chooses from is never longer. */
const MOST = 9
/** But all of a township is shown, however the village may be called. */
const MOST_OF_TOWNSHIP = 30

const SUFFIX =
  /(?:行政村|自然村|居委会|村委会|居民委员会|村民委员会|社区|村|街道办事处|街道|镇|乡|土家族苗族自治州|苗族土家族自治州|土家族自治县|苗族自治县|自治县|自治州|县|市|区|省|寨|组)$/
const LATIN_SUFFIX = /(?:cun|shequ|zhen|xiang|jiedao|xian|shi)$/

/** Without the word for its kind; a name of one character keeps it (大村). */
function stem(name: string): string {
  const short = name.replace(SUFFIX, '')
  return short.length >= 2 ? short : name
}

/** Names in the registry are mostly plain characters: no need to look twice. */
const shape = (text: string): string => (/^[\u4E00-\u9FFF/]+$/.test(text) ? text : unspaced(normalise(text)))

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
    const [county = '', upper = ''] = levels.slice(-3, -1)
    for (const said of levels.length < 3 ? [] : [upper, stem(upper)])
      for (const before of ['', county, stem(county)]) put(byUpper, before + said, index)
  }
  sorted.sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : a[1] - b[1]))
  return { places, byPath, byName, byPinyin, byInitials, bySound, byAccent, byUpper, sorted, longest }
}

const latinStem = (pinyin: string): string => {
  const short = pinyin.replace(LATIN_SUFFIX, '')
  return short.length >= 2 ? short : pinyin
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

/** Names that stand somewhere in a sentence: the longest ones, nearest to the end where several are as long. */
function inside(index: PlaceIndex, text: string): number[] {
  const longest = Math.min(index.longest, text.length)
  for (let length = longest; length >= 2; length--) {
    const found = new Set<number>()
    for (let at = 0; at + length <= text.length; at++)
      for (const place of index.byName.get(text.slice(at, at + length)) ?? []) found.add(place)
    if (found.size > 0) return narrowed(index, text, [...found])
  }
  return []
}

/** Of several places of one name those whose township or county was named too. */
function narrowed(index: PlaceIndex, text: string, found: readonly number[]): number[] {
  if (found.length < 2) return [...found]
  const scored = found.map((place) => [context(text, index.places[place] as Place), place] as const)
  const best = Math.max(...scored.map(([score]) => score))
  return scored.filter(([score]) => score === best).map(([, place]) => place)
}

const HOME = /^(?:我们?家?|俺|咱)?(?:家)?(?:住|在|是)*(?:住?在)?/
const AROUND = /(?:的|人|这边|那边|这里|那里|里头|里面)+$/

/** A name without a township before it that only sounds alike: 矮寨阳梦村, 我家在阳梦. */
function soundsInside(index: PlaceIndex, text: string): readonly number[] {
  const rest = stem(text.replace(HOME, ''))
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
  const township = index.byUpper.get(plain.replace(HOME, '').replace(AROUND, ''))
  if (township && township.length <= MOST_OF_TOWNSHIP) return within(index, township)
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
  if (text.length > 60) return candidates(inside(index, text), false)
  const mentioned = inside(index, text)
  if (mentioned.length > 0 && mentioned.some((place) => covers(index, text, place))) return candidates(mentioned, true)
  const begun = beginning(index, stem(plain))
  if (begun.length > 0 && plain.length >= 2) return candidates(begun, false)
  const alike = index.bySound.get(soundKey(stem(plain))) ?? soundsInside(index, plain)
  if (alike.length > 0) return candidates(alike, true)
  if (mentioned.length > 0) return candidates(mentioned, false)
  return candidates(index.byAccent.get(accentKey(stem(plain))) ?? [], false)
}

const FRAME =
  /^(?:我们?|俺们?|咱们?|家|屋|老家|里|头|住|在|是|的|人|这边|那边|来自|于|属于|就|嗯|啊|吧|呢|哦|了|一|二|三|四|五|六|七|八|九|十|\d|组|号|队|[,，、。./ -]|湖南省?|贵州省?|湘西州?|土家族苗族自治州)*$/

/** Nothing of weight is left beside the name and its upper levels: 我家在矮寨阳孟, and not 阳孟来的亲戚住坪坝. */
function covers(index: PlaceIndex, text: string, found: number): boolean {
  const place = index.places[found] as Place
  let rest = text
  const name = shape(place.name)
  rest = rest.includes(name) ? rest.replace(name, ' ') : rest.replace(stem(name), ' ')
  for (const level of place.path.split('/').slice(0, -1)) {
    const full = shape(level)
    rest = rest.includes(full) ? rest.replace(full, ' ') : rest.replace(stem(full), ' ')
  }
  return FRAME.test(rest.replace(/村|社区|镇|乡|县|市|街道/g, ''))
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

/** For a few places, where an index is not worth keeping. */
export const rankPlaces = (text: string, places: readonly Place[]): Candidate[] =>
  searchPlaces(indexPlaces(places), text)
