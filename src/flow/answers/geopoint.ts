/** A point: `28.31,109.73`, degrees and minutes, or the link of a map. Stored as “lat lon altitude accuracy”. */
import { REASONS } from './reasons.ts'
import type { Understanding } from './understanding.ts'

const LINK = /(?:geo:|[?&](?:q|ll|location|center|position|marker|coord)=|@)(-?\d{1,3}\.\d+)(?:,|%2c)(-?\d{1,3}\.\d+)/
const SEXAGESIMAL =
  /(\d{1,3})[°度]\s*(\d{1,2}(?:\.\d+)?)[′'分]\s*(?:(\d{1,2}(?:\.\d+)?)(?:[″"秒]|'')?)?\s*([nsew北南东西])?/g
const NAMED = /(?:纬度?|lat(?:itude)?)[:=\s是为]*(-?\d{1,3}(?:\.\d+)?)/
const NAMED_LONGITUDE = /(?:经度?|lon(?:gitude)?|lng)[:=\s是为]*(-?\d{1,3}(?:\.\d+)?)/
const LETTERED = /(-?\d{1,3}(?:\.\d+)?)°?\s*([ns北南])|([ns北南])(?:纬)?\s*(-?\d{1,3}(?:\.\d+)?)/
const LETTERED_LONGITUDE = /(-?\d{1,3}(?:\.\d+)?)°?\s*([ew东西])|([ew东西])(?:经)?\s*(-?\d{1,3}(?:\.\d+)?)/
const PLAIN =
  /^\(?(-?\d{1,3}(?:\.\d+)?)°?[\s,;、/]+(-?\d{1,3}(?:\.\d+)?)°?(?:[\s,;]+(-?\d+(?:\.\d+)?))?(?:[\s,;]+(\d+(?:\.\d+)?))?\)?$/

interface Point {
  readonly latitude: number
  readonly longitude: number
  readonly altitude: number
  readonly accuracy: number
  /** Order as stored: latitude first, nothing named. */
  readonly plain: boolean
}

const at = (latitude: number, longitude: number): Point => ({
  latitude,
  longitude,
  altitude: 0,
  accuracy: 0,
  plain: false,
})

function signed(found: RegExpExecArray, negative: RegExp): number {
  const value = Number(found[1] ?? found[4])
  return negative.test(found[2] ?? found[3] ?? '') ? -value : value
}

function sexagesimal(text: string): Point | null {
  const [first, second] = [...text.matchAll(SEXAGESIMAL)].map((found) => ({
    value: Number(found[1]) + Number(found[2]) / 60 + Number(found[3] ?? 0) / 3600,
    side: found[4] ?? '',
  }))
  if (!first || !second) return null
  const turned = /[ew东西]/.test(first.side)
  const [lat, lon] = turned ? [second, first] : [first, second]
  return at(/[s南]/.test(lat.side) ? -lat.value : lat.value, /[w西]/.test(lon.side) ? -lon.value : lon.value)
}

function pointIn(text: string): Point | null {
  const link = LINK.exec(text)
  if (link) return at(Number(link[1]), Number(link[2]))
  const degrees = sexagesimal(text)
  if (degrees) return degrees
  const plain = PLAIN.exec(text)
  if (plain)
    return {
      latitude: Number(plain[1]),
      longitude: Number(plain[2]),
      altitude: Number(plain[3] ?? 0),
      accuracy: Number(plain[4] ?? 0),
      plain: true,
    }
  const lat = NAMED.exec(text)
  const lon = NAMED_LONGITUDE.exec(text)
  if (lat && lon) return at(Number(lat[1]), Number(lon[1]))
  const north = LETTERED.exec(text)
  const east = LETTERED_LONGITUDE.exec(text)
  return north && east ? at(signed(north, /[s南]/), signed(east, /[w西]/)) : null
}

const trimmed = (value: number): string => String(Math.round(value * 1e7) / 1e7)

/** @param text normalised */
export function parseGeopoint(text: string): Understanding {
  const point = text.length > 600 ? null : pointIn(text)
  if (!point) return { result: 'not_understood' }
  const turned = Math.abs(point.latitude) > 90 && Math.abs(point.longitude) <= 90
  const [latitude, longitude] = turned ? [point.longitude, point.latitude] : [point.latitude, point.longitude]
  if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) return { result: 'not_allowed', why: REASONS.place }
  const value = [latitude, longitude, point.altitude, point.accuracy].map(trimmed).join(' ')
  return {
    result: 'understood',
    value,
    literal: point.plain && !turned,
    echo: `${trimmed(latitude)}, ${trimmed(longitude)}`,
  }
}
