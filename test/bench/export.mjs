/**
 * A workbook of 100,000 rows and 40 columns written to disk, each run in a process of its own so that its peak memory is its own.
 * Options: --rows=100000 --runs=3 --peers=FOLDER of an installed copy of the comparison: its exceljs streaming writer beside it.
 */
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { xlsxOf } from '../../dist/reports/write-xlsx.js'
import { median, report } from './stats.mjs'

const COLUMNS = 40
const BATCH = 500
const EXCELJS = 'exceljs 4.4 streaming writer'
const options = Object.fromEntries(process.argv.slice(2).map((given) => given.replace(/^--/, '').split('=')))
const ROWS = Number(options.rows ?? 100_000)

/** The cells of the comparison's rows: whole numbers, fractions, codes, free text. */
function cellOf(row, column) {
  if (column < 10) return (row * 31 + column) % 1000
  if (column < 15) return ((row * 17 + column) % 10_000) / 100
  if (column < 35) return `code_${(row + column) % 50}`
  return `reported by cadre ${row % 500}, near ${column} & à côté du puits`
}

async function* rows() {
  for (let first = 0; first < ROWS; first += BATCH) {
    const count = Math.min(BATCH, ROWS - first)
    yield Array.from({ length: count }, (_, place) =>
      Array.from({ length: COLUMNS }, (_, column) => cellOf(first + place, column)),
    )
  }
}

async function writeOne() {
  const file = join(os.tmpdir(), `bangfu-bench-${process.pid}.xlsx`)
  const columns = Array.from({ length: COLUMNS }, (_, column) => ({
    name: `c${column}`,
    title: `column_${column + 1}`,
  }))
  const began = performance.now()
  await pipeline(
    xlsxOf({ sheets: [{ name: 'data', columns, rows }] }, Date.now(), () => undefined),
    fs.createWriteStream(file),
  )
  const s = (performance.now() - began) / 1000
  const bytes = fs.statSync(file).size
  fs.rmSync(file)
  process.stdout.write(JSON.stringify({ s, bytes, peak: process.resourceUsage().maxRSS / 1024 }))
}

const child = (script, given, env = {}) =>
  JSON.parse(execFileSync(process.execPath, [script, ...given], { encoding: 'utf8', env: { ...process.env, ...env } }))

function compare() {
  const own = fileURLToPath(import.meta.url)
  const peer = options.peers && join(options.peers, 'bench-export.mjs')
  const runs = { bangfu: [], [EXCELJS]: [] }
  for (let turn = 0; turn < Number(options.runs ?? 3); turn++) {
    runs.bangfu.push(child(own, ['--one=1', `--rows=${ROWS}`]))
    if (peer) runs[EXCELJS].push(child(peer, ['--cell', EXCELJS], { ROWS: String(ROWS) }))
  }
  const filled = Object.entries(runs).filter(([, measured]) => measured.length > 0)
  report({
    what: 'export',
    rows: filled.map(([writer, measured]) => ({
      writer,
      rowsPerSecond: Math.round(median(measured.map(({ s }) => ROWS / s))),
      peakMiB: Math.round(median(measured.map(({ peak }) => peak))),
      fileMiB: Number((measured[0].bytes / 2 ** 20).toFixed(1)),
    })),
  })
}

if (options.one) await writeOne()
else compare()
