/** Runs an import on tables in memory with the words that ship. */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sortableIds } from '../../src/base/ids.ts'
import { seededRandom } from '../../src/base/random.ts'
import { instant, parseInstant } from '../../src/base/time.ts'
import { readResources } from '../../src/cli/definitions.ts'
import type { ImportKind } from '../../src/cli/import/kind-names.ts'
import { runImport, type ImportOptions } from '../../src/cli/import/run.ts'
import type { VisitPlanning } from '../../src/cli/import/visit-planning.ts'
import { loadText } from '../../src/text/text.ts'

export const shippedText = loadText({ resources: readResources('locales'), defaultLocale: 'zh-CN' })
export const NOW = parseInstant('2026-11-23T09:00:00+08:00') ?? instant(0)
export const clock = { now: () => NOW }

export const folder = mkdtempSync(join(tmpdir(), 'bangfu-import-'))
let files = 0

export function fileOf(content: string | Uint8Array, name = 'rows.csv'): string {
  const path = join(folder, `${files++}-${name}`)
  writeFileSync(path, content)
  return path
}

export const noPlanning: VisitPlanning = {
  prepare: async () => undefined,
  following: () => [],
  memberFollowing: () => [],
}

export interface Imported {
  readonly code: number
  readonly lines: readonly string[]
  /** `line verdict column` of each line that is about a row. */
  readonly short: readonly string[]
}

const ids = sortableIds(clock, seededRandom(7))

export async function importText(
  tables: ImportOptions['storage'],
  what: ImportKind,
  content: string | Uint8Array,
  more: Partial<ImportOptions> = {},
): Promise<Imported> {
  let written = ''
  const code = await runImport({
    what,
    file: fileOf(content),
    storage: tables,
    planning: noPlanning,
    text: shippedText,
    language: 'en',
    clock,
    ids,
    zone: 'Asia/Shanghai',
    dryRun: false,
    refusedFile: null,
    out: { write: (text: string) => void (written += text) },
    err: { write: () => undefined },
    ...more,
  })
  const lines = written.split('\n').filter((line) => line !== '')
  const short = lines.flatMap((line) => {
    const [number, verdict, column] = line.split('\t')
    if (verdict === undefined) return []
    return [verdict === 'refused' ? `${number} ${verdict} ${column}` : `${number} ${verdict}`]
  })
  return { code, lines, short }
}
