/** Fills an empty database with the demo county: real places, made-up people, by the same rules as everything else. */
import { createHash } from 'node:crypto'
import { insert, type Change } from '../../base/change.ts'
import { AppError } from '../../base/errors.ts'
import type { IdSource } from '../../base/ids.ts'
import { seededRandom } from '../../base/random.ts'
import { dateAt, type Clock } from '../../base/time.ts'
import type { RawRow } from '../../domain/registry/import/row.ts'
import { vocabularyOf } from '../../domain/registry/import/vocabulary.ts'
import { CHANNEL_NAMES } from '../../messaging/channel.ts'
import type { Storage } from '../../storage/open.ts'
import { rulesOf, type Definitions } from '../../wire.ts'
import type { ImportKind } from '../import/kind-names.ts'
import { openSession } from '../import/kinds.ts'
import { visitPlanning } from '../import/visit-planning.ts'
import { demoMatters } from './matters.ts'
import { people } from './people.ts'
import { demoRoster } from './roster.ts'
import { readDemoCounty, readVillages } from './seed-files.ts'

export interface DemoOptions {
  readonly storage: Pick<Storage, 'reads' | 'writer' | 'numbers'>
  readonly definitions: Pick<Definitions, 'policies'>
  readonly clock: Clock
  readonly ids: IdSource
  readonly zone: string
  /** 200 unless given. */
  readonly households?: number
  /** 1 unless given: the same county each time. */
  readonly seed?: number
  /** Told after each part, for a progress bar. */
  readonly onProgress?: (done: number, of: number) => void
}

/** Setting that makes every page show that nobody here is real. */
export const DEMO_SETTING = 'demo'

const HOUSEHOLDS = 200
const BATCH = 250
const ORDER = [
  'territories',
  'staff',
  'groups',
  'households',
  'members',
  'courses',
] as const satisfies readonly ImportKind[]

/**
 * @returns `already` when the demo county is there: nothing is added to it.
 * @throws AppError DATABASE_NOT_EMPTY for a database with real data.
 */
export async function fillDemo(options: DemoOptions): Promise<'filled' | 'already'> {
  const { storage, clock, ids, zone } = options
  const contents = await storage.reads.imports.contents()
  if (contents.demo) return 'already'
  if (!contents.empty) throw new AppError('DATABASE_NOT_EMPTY', {})
  const at = clock.now()
  const today = dateAt(at, zone)
  const commit = committing(storage)
  // First of all: should this break off, what is there is known for what it is.
  await commit([demoSetting(at)])

  const county = readDemoCounty()
  const crowd = people(seededRandom(options.seed ?? 1), county.surnames, county.given)
  const roster = demoRoster(county, readVillages(), options.households ?? HOUSEHOLDS, crowd, today)
  const rules = rulesOf(options.definitions, storage, zone)
  await rules.keeper.refresh(at)
  const { imports, registry } = storage.reads
  const planning = visitPlanning({
    registry,
    plans: rules.plans,
    watching: rules.watching,
    calendar: rules.calendar,
    ids,
    at,
    today,
  })
  const of = ORDER.reduce((sum, kind) => sum + roster[kind].length, 0)
  let done = 0
  for (const kind of ORDER) {
    const session = openSession(kind, imports, planning, {
      writer: storage.writer,
      context: { today, vocabulary: vocabularyOf([]), channels: CHANNEL_NAMES },
      work: { ids, at, today, sha256, fingerprint: imports.fingerprint },
      dryRun: false,
      chunkRows: 500,
    })
    for (const batch of batchesOf(roster[kind])) {
      refuseNothing(kind, await session.take(batch))
      done += batch.length
      options.onProgress?.(done, of)
    }
  }

  const villages = (await imports.territories()).filter(({ path }) => roster.villages.includes(path))
  const parts = { ...rules, registry, numbers: storage.numbers, ids, zone, now: at }
  for await (const changes of demoMatters(county, villages, crowd, parts)) await commit(changes)
  return 'filled'
}

const committing =
  ({ writer }: Pick<Storage, 'writer'>) =>
  async (changes: readonly Change[]) => {
    const outcome = await writer.commit(changes)
    if (outcome.kind !== 'committed') throw new AppError('WRITE_CONFLICT', { table: outcome.table })
  }

const demoSetting = (at: number): Change =>
  insert('Setting', {
    id: ` ${DEMO_SETTING}`,
    key: DEMO_SETTING,
    territoryId: null,
    value: true,
    enteredBy: null,
    source: null,
    updatedAt: at,
  })

function* batchesOf(rows: readonly RawRow[]): Generator<readonly RawRow[]> {
  for (let start = 0; start < rows.length; start += BATCH) yield rows.slice(start, start + BATCH)
}

/** The rows are ours: one that is refused is a fault of the program. */
function refuseNothing(kind: ImportKind, verdicts: readonly { readonly kind: string }[]): void {
  const refused = verdicts.find((verdict) => verdict.kind === 'refused')
  if (refused) throw new AppError('INTERNAL', { demo: kind, refused: JSON.stringify(refused) })
}

const sha256 = (text: string): Uint8Array => createHash('sha256').update(text).digest()
