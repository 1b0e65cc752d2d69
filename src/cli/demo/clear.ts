/** Takes the demo county out again, and whatever was tried out on it. */
import { remove } from '../../base/change.ts'
import { AppError } from '../../base/errors.ts'
import { TABLES } from '../../storage/generated/catalogue.ts'
import type { Storage } from '../../storage/open.ts'
import type { TableName } from '../../storage/row-source.ts'

const CHUNK = 500

/** Kept: the audit log never loses an entry, and the program itself looks after the rest. */
const KEPT: ReadonlySet<string> = new Set<TableName>(['AuditEntry', 'FlowVersion', 'Leader', 'CronFire', 'NumberBlock'])

/**
 * Everything in a demo database is made up, so everything goes; the setting that says so goes last.
 * @throws AppError DATABASE_NOT_EMPTY when the data isn't the demo county's.
 */
export async function clearDemo(storage: Pick<Storage, 'reads' | 'writer'>): Promise<void> {
  const { demo } = await storage.reads.imports.contents()
  if (!demo) throw new AppError('DATABASE_NOT_EMPTY', {})
  const tables = (Object.keys(TABLES) as TableName[]).filter((table) => !KEPT.has(table) && table !== 'Setting')
  for (const table of [...tables, 'Setting' as const]) {
    for (;;) {
      const rows = await storage.reads.rows.find(table, { columns: ['id'], limit: CHUNK })
      if (rows.length === 0) break
      await storage.writer.commit(rows.map(({ id }) => remove(table, String(id))))
    }
  }
}
