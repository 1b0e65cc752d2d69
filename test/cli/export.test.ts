import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { readSheet } from 'read-excel-file/node'
import { describe, expect, it } from 'vitest'
import { checkExport, type TypedExport } from '../../src/cli/export/options.ts'
import { runExport } from '../../src/cli/export/run.ts'
import { options, sample } from '../reports/sample.ts'
import { clock, shippedText } from './import-run.ts'
import type { MemoryTables } from './memory-tables.ts'

const folder = mkdtempSync(join(tmpdir(), 'bangfu-export-'))
const base = options()
const context = { text: shippedText, forms: base.forms, zone: base.zone, clock, firstStage: base.firstStage }

async function exported(what: string, typed: TypedExport, tables: MemoryTables = sample()) {
  const checked = checkExport(what, typed, context)
  const out = new PassThrough()
  let said = ''
  const pieces: Buffer[] = []
  out.on('data', (piece: Buffer) => pieces.push(piece))
  const code = await runExport({
    ...checked,
    actor: 'cli:test',
    storage: tables,
    language: 'en',
    clock,
    out,
    err: { write: (text: string) => void (said += text) },
  })
  return { code, text: Buffer.concat(pieces).toString(), said, audit: tables.rows('AuditEntry') }
}

describe('bangfu export', () => {
  it('writes CSV to standard output, masked, with an entry in the audit log', async () => {
    const { code, text, audit } = await exported('cases', {})
    expect(code).toBe(0)
    expect(text.startsWith('\ufeffnumber,kind,stage,')).toBe(true)
    expect(text.split('\r\n')).toHaveLength(5)
    expect(text).toContain('138****5678')
    expect(text).not.toContain('13812345678')
    expect(audit).toMatchObject([{ action: 'export', subject: 'cases', actor: 'cli:test', detail: { purpose: null } }])
  })

  it('gives everything only with a purpose, which is kept', async () => {
    await expect(exported('cases', { full: true })).rejects.toMatchObject({
      code: 'ARGUMENT_INVALID',
      details: { argument: '--purpose' },
    })
    const { text, audit } = await exported('cases', { full: true, purpose: '月报' })
    expect(text).toContain('13812345678')
    expect(text).toContain(`"'=HYPERLINK(""x"") 家里有人生病"`)
    expect(audit).toMatchObject([{ action: 'export_full', detail: { purpose: '月报' } }])
  })

  it('writes a whole file or none, for its owner only', async () => {
    const file = join(folder, 'cases.xlsx')
    const { said } = await exported('cases', { out: file, labels: 'zh-CN' })
    expect(said).toContain('3 rows')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const [header, first] = await readSheet(readFileSync(file), 1)
    expect(header?.slice(0, 3)).toEqual(['编号', '事项', '进展'])
    expect(first?.slice(0, 3)).toEqual(['26110200012', '防贫申报', '入户核查'])

    const broken = sample()
    broken.reports.cases = async function* () {
      yield []
      throw new Error('database went away')
    } as typeof broken.reports.cases
    const half = join(folder, 'half.csv')
    await expect(exported('cases', { out: half }, broken)).rejects.toThrow('database went away')
    expect(existsSync(half)).toBe(false)
    expect(readdirSync(folder)).toEqual(['cases.xlsx'])
  })

  it('writes JSON Lines that read back', async () => {
    const { text } = await exported('visits', { format: 'jsonl' })
    expect(JSON.parse(text)).toMatchObject({ household_key: 'H001', visited_on: '2026-11-10' })
  })

  it.each<[string, TypedExport, string]>([
    ['weather', {}, 'ARGUMENT_INVALID'],
    ['cases', { format: 'pdf' }, 'ARGUMENT_INVALID'],
    ['cases', { from: '2026/11/01' }, 'ARGUMENT_INVALID'],
    ['cases', { from: '2026-11-02', to: '2026-11-01' }, 'ARGUMENT_INVALID'],
    ['cases', { labels: 'tlh' }, 'ARGUMENT_INVALID'],
    ['cases', { split: 'half' }, 'ARGUMENT_INVALID'],
    ['cases', { asOf: 'yesterday' }, 'ARGUMENT_INVALID'],
    ['answers', { flow: 'no_such_flow' }, 'FLOW_NOT_FOUND'],
    ['cases', { territory: '没有' }, 'NOT_FOUND'],
  ])('%s %j is refused with %s', async (what, typed, code) => {
    await expect(exported(what, typed)).rejects.toMatchObject({ code })
  })

  it('a day as `--as-of` is its last moment', () => {
    const { report } = checkExport('cases', { asOf: '2026-11-30' }, context)
    expect(new Date(report.asOf ?? 0).toISOString()).toBe('2026-11-30T15:59:59.999Z')
  })

  it('reads on only as fast as the rows are taken away', async () => {
    const tables = sample()
    const page = tables.rows('Case').slice(0, 1)
    let pulled = 0
    tables.reports.cases = async function* () {
      for (; pulled < 5_000; pulled++) yield page
    } as unknown as typeof tables.reports.cases
    const out = new PassThrough({ highWaterMark: 1_024 })
    const checked = checkExport('cases', { format: 'jsonl' }, context)
    const done = runExport({
      ...checked,
      actor: 'x',
      storage: tables,
      language: 'en',
      clock,
      out,
      err: { write: () => 0 },
    })
    await once(out, 'readable')
    for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve))
    expect(pulled).toBeLessThan(500)
    out.resume()
    await done
    expect(pulled).toBe(5_000)
  })
})
