/**
 * The chat page as a villager opens it for the first time: until the village, the first message and its choices are painted,
 * and until the program has come and typing works. Chromium at phone size, as a slow phone would be: processor four times
 * slower, the network held back.
 */
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { median, report } from './stats.mjs'

const RUNS = 7
const PROGRAM = fileURLToPath(new URL('../../dist/program/main.js', import.meta.url))
const CHROMIUM = '/usr/bin/chromium'
const PHONES = [
  { phone: 'this machine', slower: 1, latency: 0, kBs: 0 },
  { phone: 'slow, 70 ms, 400 kB/s', slower: 4, latency: 70, kBs: 400 },
  { phone: 'slow, 150 ms, 200 kB/s', slower: 4, latency: 150, kBs: 200 },
]

/** @returns the address of a village's chat once the program serves it */
function served(child) {
  return new Promise((resolve, reject) => {
    let said = ''
    child.stdout.on('data', (chunk) => {
      said += chunk
      const address = /http:\/\/localhost:\d+\/chat\/\w+/.exec(said)?.[0]
      if (address) resolve(address)
    })
    child.on('close', () => reject(new Error(said)))
  })
}

async function opened(browser, url, { slower, latency, kBs }) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'zh-CN' })
  const page = await context.newPage()
  const wire = await context.newCDPSession(page)
  await wire.send('Network.enable')
  if (latency > 0) {
    await wire.send('Network.emulateNetworkConditions', {
      offline: false,
      latency,
      downloadThroughput: kBs * 1024,
      uploadThroughput: 100 * 1024,
    })
  }
  await wire.send('Emulation.setCPUThrottlingRate', { rate: slower })
  await page.addInitScript(() => {
    const seen = () => {
      if (!document.querySelector('.input textarea')) return
      globalThis.usableAt ??= performance.now()
      watcher.disconnect()
    }
    const watcher = new MutationObserver(seen)
    watcher.observe(document, { childList: true, subtree: true })
  })
  await page.goto(url, { waitUntil: 'commit' })
  await page.locator('.input textarea').waitFor()
  const times = await page.evaluate(() => ({
    painted: performance.getEntriesByName('first-contentful-paint')[0].startTime,
    usable: globalThis.usableAt,
  }))
  await context.close()
  return times
}

const dataDir = fs.mkdtempSync(join(os.tmpdir(), 'bangfu-bench-'))
const child = spawn(process.execPath, [PROGRAM, 'start', '--demo-if-empty'], {
  env: { ...process.env, DATA_DIR: dataDir, DATABASE_URL: `file:${join(dataDir, 'bench.db')}`, PORT: '0' },
  stdio: ['ignore', 'pipe', 'inherit'],
})
const ended = new Promise((resolve) => child.once('close', resolve))
const url = await served(child)
const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] })
const rows = []
for (const phone of PHONES) {
  const times = []
  for (let run = 0; run < RUNS; run++) times.push(await opened(browser, url, phone))
  const of = (name) => times.map((time) => time[name])
  rows.push({
    phone: phone.phone,
    readableMs: Math.round(median(of('painted'))),
    slowestMs: Math.round(Math.max(...of('painted'))),
    typingWorksMs: Math.round(median(of('usable'))),
  })
}
await browser.close()
child.kill()
await ended
fs.rmSync(dataDir, { recursive: true })
report({ what: 'page', rows })
