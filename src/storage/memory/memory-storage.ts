/** Storage that keeps nothing: for fast tests. The contract suite holds it to what the databases do. */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AppError } from '../../base/errors.ts'
import type { Clock } from '../../base/time.ts'
import { assembleStorage, type Storage } from '../assemble.ts'
import { createBlindIndex } from '../blind.ts'
import { memoryDialect } from '../dialects.ts'
import { ringOfKey } from '../keys.ts'
import { createWriter } from '../writer.ts'
import { createPlanner } from '../writing/planner.ts'
import { memoryWriteConnection } from './memory-connection.ts'
import { memoryRows } from './memory-rows.ts'
import { emptyTables } from './memory-tables.ts'

export function memoryStorage(options: { readonly clock?: Clock } = {}): Storage {
  const tables = emptyTables()
  const ring = ringOfKey(randomBytes(32))
  const blind = createBlindIndex(ring.hashKey)
  const dataDir = mkdtempSync(join(tmpdir(), 'bangfu-'))
  return assembleStorage({
    kind: 'memory',
    writer: createWriter(memoryWriteConnection(tables), createPlanner(memoryDialect(blind))),
    rows: memoryRows(tables, blind),
    ring,
    dataDir,
    clock: options.clock,
    backup: () =>
      Promise.reject(new AppError('ARGUMENT_INVALID', { argument: 'backup', reason: 'there is nothing on disk' })),
    async release() {
      rmSync(dataDir, { recursive: true, force: true })
    },
  })
}
