/** From starting `bangfu pipe` to its first reply, with all flows: on an empty folder (migrations run), and on a used one. */
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { median, report } from './stats.mjs'

const RUNS = 7
const PROGRAM = fileURLToPath(new URL('../../dist/program/main.js', import.meta.url))

/** @returns milliseconds to the first line */
function firstReply(dataDir, message) {
  return new Promise((resolve, reject) => {
    const began = performance.now()
    const child = spawn(process.execPath, [PROGRAM, 'pipe', '--now', `2026-11-23T09:0${message}:00+08:00`], {
      env: { ...process.env, DATA_DIR: dataDir, DATABASE_URL: `file:${join(dataDir, 'bench.db')}` },
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    let first = null
    let heard = ''
    child.stdout.on('data', (chunk) => {
      first ??= performance.now() - began
      heard += chunk
    })
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0 && heard.includes('"text"')) resolve(first)
      else reject(new Error(`exit ${code}: ${heard}`))
    })
    child.stdin.end(`${JSON.stringify({ id: '1', message, chat: 'a', text: '菜单' })}\n`)
  })
}

const empty = []
const used = []
for (let run = 0; run < RUNS; run++) {
  const dataDir = fs.mkdtempSync(join(os.tmpdir(), 'bangfu-bench-'))
  empty.push(await firstReply(dataDir, 1))
  used.push(await firstReply(dataDir, 2))
  fs.rmSync(dataDir, { recursive: true })
}
const row = (moment, times) => ({
  moment,
  milliseconds: Math.round(median(times)),
  lowest: Math.round(Math.min(...times)),
  highest: Math.round(Math.max(...times)),
})
report({ what: 'start', rows: [row('empty folder', empty), row('used folder', used)] })
