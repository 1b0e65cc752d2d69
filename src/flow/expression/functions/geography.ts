import { ofNumber, texts } from '../code.ts'
import type { Code } from '../code.ts'
import type { Definitions } from './definition.ts'

/** Equatorial radius in metres that ODK clients use. */
const EARTH_RADIUS = 6378100

interface Point {
  readonly latitude: number
  readonly longitude: number
}

export const GEOGRAPHY: Definitions = { distance: { least: 1, most: Infinity, make: distance } }

/** Metres along the points of a trace (`lat lon;lat lon`), a node-set or several arguments; NaN if one is no point. */
function distance(args: readonly Code[]): Code {
  const lists = args.map(texts)
  return ofNumber((environment, frame) => {
    const points = lists
      .flatMap((list) => list(environment, frame))
      .flatMap((text) => text.split(';'))
      .filter((text) => text.trim() !== '')
      .map(pointOf)
    let metres = 0
    for (let index = 1; index < points.length; index++) {
      const [a, b] = [points[index - 1], points[index]]
      if (!a || !b) return NaN
      metres += between(a, b)
    }
    return points.length > 0 && points[0] === null ? NaN : metres
  })
}

function pointOf(text: string): Point | null {
  const [latitude, longitude] = text.trim().split(/\s+/).map(Number)
  if (latitude === undefined || longitude === undefined) return null
  if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) return null
  return { latitude, longitude }
}

/** Great circle, by the haversine formula. */
function between(a: Point, b: Point): number {
  const radians = Math.PI / 180
  const north = Math.sin(((b.latitude - a.latitude) * radians) / 2) ** 2
  const east = Math.sin(((b.longitude - a.longitude) * radians) / 2) ** 2
  const half = north + east * Math.cos(a.latitude * radians) * Math.cos(b.latitude * radians)
  return 2 * EARTH_RADIUS * Math.asin(Math.min(1, Math.sqrt(half)))
}
