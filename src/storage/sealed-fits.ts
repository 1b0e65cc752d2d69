import { TABLES } from './generated/catalogue.ts'
import type { RowSource, TableName, Where } from './row-source.ts'

/** Newest rows of each table that are tried: what is sealed only sometimes is likely among them. */
const TRIED = 50

/**
 * Whether sealed values can be read with the keys at hand, and the hashes beside them are of the same key.
 * @throws AppError SEALED_VALUE_UNREADABLE
 */
export async function sealedFits(rows: RowSource): Promise<boolean> {
  for (const table of Object.values(TABLES)) {
    const name = table.name as TableName
    const sealed = table.columns.filter(({ seal }) => seal)
    if (sealed.length === 0) continue
    const hashes = table.columns.filter(({ hashOf }) => hashOf !== undefined)
    const columns = [...sealed, ...hashes].map((column) => column.name)
    const conditions = [{}, ...hashes.map((hash) => ({ [hash.name]: { not: null } }))]
    for (const where of conditions) {
      const found = (await rows.find(name, {
        columns: columns as never,
        where: where as Where<TableName>,
        order: [{ down: 'id' as never }],
        limit: TRIED,
      })) as Readonly<Record<string, string | null>>[]
      for (const row of found) {
        for (const { name: column, hashOf } of hashes) {
          const value = row[hashOf as string]
          if (typeof value === 'string' && rows.hash(hashOf as string, value) !== row[column]) return false
        }
      }
    }
  }
  return true
}
