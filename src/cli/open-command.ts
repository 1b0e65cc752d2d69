/** What commands beside the running program begin with: the words, the storage, the clock. */
import { sortableIds, type IdSource } from '../base/ids.ts'
import { storageOf, type Config } from '../config.ts'
import { systemClock, systemRandom } from '../system.ts'
import { openStorage, type Storage } from '../storage/open.ts'
import { loadText, type Text } from '../text/text.ts'
import type { Definitions } from '../wire.ts'
import { readDefinitions } from './definitions.ts'

export interface CommandHouse {
  readonly definitions: Definitions
  readonly text: Text
  readonly storage: Storage
  readonly ids: IdSource
}

/** Opens, runs, closes whatever happens. */
export async function withStorage<Result>(
  config: Config,
  run: (house: CommandHouse) => Promise<Result>,
): Promise<Result> {
  const definitions = readDefinitions(config)
  const text = loadText({ resources: definitions.resources, defaultLocale: config.defaultLocale })
  const storage = await openStorage({ ...storageOf(config), role: 'command' })
  try {
    return await run({ definitions, text, storage, ids: sortableIds(systemClock, systemRandom) })
  } finally {
    await storage.close()
  }
}
