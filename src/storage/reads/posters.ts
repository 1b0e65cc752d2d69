import type { PosterReads } from '../../reports/ports.ts'
import type { RowSource, Where } from '../row-source.ts'

const PLACE = ['path', 'name', 'level', 'chatCode', 'publicPhone'] as const

/** Behind every path that begins with `<path>/`: the character after the slash. */
const AFTER_SLASH = '0'

export function posterReads(rows: RowSource): PosterReads {
  const find = (where: Where<'Territory'>) => rows.find('Territory', { columns: PLACE, where, order: ['path'] })
  return {
    placesAt: (paths) => find({ path: { in: paths } }),
    placesNamed: (name) => find({ name }),
    placesWithin: (path) => find({ path: { gte: `${path}/`, lt: `${path}${AFTER_SLASH}` } }),
    placeByCode: (chatCode) => rows.first('Territory', { columns: PLACE, where: { chatCode } }),
  }
}
