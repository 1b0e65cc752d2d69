/** `bangfu pipe` on a database with one village, its people and their visits; the road of the villager, line by line. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable, Writable } from 'node:stream'
import { sortableIds } from '../../src/base/ids.ts'
import { seededRandom } from '../../src/base/random.ts'
import { dateAt, parseInstant, type Instant } from '../../src/base/time.ts'
import { visitPlanning } from '../../src/cli/import/visit-planning.ts'
import { runPipe } from '../../src/cli/pipe/run.ts'
import { loadConfig, type Config } from '../../src/config.ts'
import { openStorage, type Storage } from '../../src/storage/open.ts'
import { rulesOf } from '../../src/wire.ts'
import { definitions, ZONE } from './house.ts'
import { importText } from './import-run.ts'

export interface PipeOut {
  readonly re?: string
  readonly channel: string
  readonly chat: string
  readonly text: string
  readonly choices: readonly { readonly id: string; readonly label: string }[]
  readonly at: string
  readonly reminder?: {
    readonly rule: string
    readonly rung: number
    readonly matters: readonly string[]
    readonly items: readonly { readonly rule: string; readonly rung: number; readonly matter: string }[]
  }
  readonly matter?: { readonly number: string; readonly kind: string; readonly stage: string }
  readonly error?: string
  readonly message?: string
  readonly done?: string
}

export interface PipeRun {
  /** As it was written, for comparisons by the byte. */
  readonly raw: string
  readonly lines: readonly PipeOut[]
  /** Messages said while that line was taken. */
  of(id: string | number): readonly PipeOut[]
  /** All messages to a chat. */
  to(chat: string): readonly PipeOut[]
}

export interface PipeWorld {
  /** For commands beside the pipe. */
  readonly config: Config
  pipe(input: readonly (object | string)[], options?: { now?: string; seed?: number }): Promise<PipeRun>
  /** Looks at what is stored. */
  stored<Found>(look: (storage: Storage) => Promise<Found>): Promise<Found>
  remove(): void
}

export const ROSTERS = {
  territories: 'county,township,village,public_phone\n吉首市,矮寨镇,阳孟村,0743-8520001\n吉首市,矮寨镇,幸福村,\n',
  staff:
    'name,phone,role,territory,channel,user\n' +
    '石建国,13800000001,village_staff,吉首市/矮寨镇/阳孟村,pipe,c1\n' +
    '龙镇长,13800000002,township_reviewer,吉首市/矮寨镇,pipe,t1\n',
  groups:
    'channel,chat,territory,purpose,audience\n' +
    'pipe,g1,吉首市/矮寨镇/阳孟村,village,staff\n' +
    'pipe,open,吉首市/矮寨镇/阳孟村,village,public\n',
}

/**
 * @param imported when the rosters came in
 * @param households rows of `head,last_visit`
 * @param more rows for rosters, below those of `ROSTERS`
 */
export async function pipeWorld(
  imported: string,
  households: readonly string[] = [],
  more: Partial<Record<keyof typeof ROSTERS, string>> = {},
): Promise<PipeWorld> {
  const dataDir = mkdtempSync(join(tmpdir(), 'bangfu-pipe-'))
  const config: Config = { ...loadConfig(), dataDir, databaseUrl: `file:${join(dataDir, 'pipe.db')}`, timezone: ZONE }
  const open = () => openStorage({ url: config.databaseUrl, dataDir, role: 'command' })
  const at = parseInstant(imported) as Instant
  const storage = await open()
  const tables = { imports: storage.reads.imports, writer: storage.writer }
  const clock = { now: () => at }
  const ids = sortableIds(clock, seededRandom(11))
  const rules = rulesOf(definitions, storage, ZONE)
  const planning = visitPlanning({
    ...rules,
    registry: storage.reads.registry,
    ids,
    at,
    today: dateAt(at, ZONE),
  })
  const rosters = Object.entries(ROSTERS) as [keyof typeof ROSTERS, string][]
  for (const [what, rows] of rosters) await importText(tables, what, rows + (more[what] ?? ''), { clock, ids })
  const rows = households.map((row, index) => {
    const [head, lastVisit] = row.split(',')
    return `${head},吉首市/矮寨镇/阳孟村,3,13800000001,${lastVisit},H${index}\n`
  })
  const roster = `head,territory,size,helper,last_visit,key\n${rows.join('')}`
  if (rows.length > 0) await importText(tables, 'households', roster, { clock, ids, planning })
  await storage.close()

  return {
    config,
    async pipe(input, options = {}) {
      let raw = ''
      const output = new Writable({
        write(part: Buffer, _, done) {
          raw += part.toString()
          done()
        },
      })
      const lines = input.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`)
      await runPipe(config, {
        now: options.now ?? null,
        language: null,
        seed: options.seed ?? 1,
        input: Readable.from(lines),
        output,
      })
      return readRun(raw)
    },
    async stored(look) {
      const opened = await open()
      try {
        return await look(opened)
      } finally {
        await opened.close()
      }
    },
    remove: () => rmSync(dataDir, { recursive: true, force: true }),
  }
}

function readRun(raw: string): PipeRun {
  const lines = raw
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as PipeOut)
  const said = lines.filter(({ text }) => text !== undefined)
  return {
    raw,
    lines,
    of: (id) => said.filter(({ re }) => re === String(id)),
    to: (chat) => said.filter((line) => line.chat === chat),
  }
}

/** A villager's messages, numbered from `first`. */
export function says(chat: string, first: number, bodies: readonly (string | object)[]): object[] {
  return bodies.map((body, index) => ({
    id: String(first + index),
    chat,
    from: chat,
    ...(typeof body === 'string' ? { text: body } : body),
  }))
}

/** A whole hardship report as somebody tells it; the last line hands it in. `urgent` stands in place of 没有. */
export const reportBy = (name: string, urgent: readonly (string | object)[] = ['没有']): (string | object)[] => [
  { choice: 'hardship_report' },
  '1',
  '阳孟',
  name,
  '１３９ 0000 1234',
  { voice: { file: 'a.amr', transcript: '三口人', seconds: 3 } },
  '生病，供孩子读书',
  ...urgent,
  '３',
  '三千五',
  '没有',
  { voice: { file: 'b.amr', transcript: '老伴住院了', seconds: 4 } },
  '没有',
  '1',
]
