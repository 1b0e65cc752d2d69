/** Storage and rules as the commands open them, for tests. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sortableIds } from '../../src/base/ids.ts'
import { seededRandom } from '../../src/base/random.ts'
import { dateAt } from '../../src/base/time.ts'
import { readDefinitions } from '../../src/cli/definitions.ts'
import { visitPlanning } from '../../src/cli/import/visit-planning.ts'
import { openStorage, type Storage } from '../../src/storage/open.ts'
import { rulesOf } from '../../src/wire.ts'
import { clock } from './import-run.ts'

export const ZONE = 'Asia/Shanghai'
export const definitions = readDefinitions({ flowsDir: 'flows', localesDir: 'locales' })

export async function openHouse() {
  const dataDir = mkdtempSync(join(tmpdir(), 'bangfu-cli-'))
  const storage = await openStorage({ url: `file:${join(dataDir, 'bangfu.db')}`, dataDir, role: 'command' })
  const ids = sortableIds(clock, seededRandom(3))
  return { dataDir, storage, ids, ...partsOf(storage) }
}

function partsOf(storage: Storage) {
  const rules = rulesOf(definitions, storage, ZONE)
  const at = clock.now()
  const planning = visitPlanning({
    ...rules,
    registry: storage.reads.registry,
    ids: sortableIds(clock, seededRandom(4)),
    at,
    today: dateAt(at, ZONE),
  })
  return { rules, planning }
}
