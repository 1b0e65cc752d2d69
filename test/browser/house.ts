/** One server with the demo county and one Chromium for all browser tests; each test opens a page with a memory of its own. */
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'
import { sortableIds } from '../../src/base/ids.ts'
import { readDefinitions } from '../../src/cli/definitions.ts'
import { fillDemo } from '../../src/cli/demo/fill.ts'
import { explain } from '../../src/cli/problem.ts'
import { run, type Running } from '../../src/main.ts'
import { systemClock, systemRandom } from '../../src/system.ts'
import type { SendMessage } from '../../src/http/contract.ts'
import { settingsIn } from '../settings.ts'
import { settle } from './in-page.mjs'
import { talker, type Talker } from './talker.ts'

export const CHROMIUM = '/usr/bin/chromium'
export const PHONE = { width: 390, height: 844 }
export const SMALL_PHONE = { width: 360, height: 640 }
export const DESKTOP = { width: 1280, height: 800 }
/** Milliseconds that a page has for anything. */
const ENOUGH_MS = 12_000

const ROOT = join(import.meta.dirname, '../..')
export const PAGES = join(ROOT, 'dist/pages')

export interface House {
  readonly running: Running
  readonly browser: Browser
  readonly village: { readonly code: string; readonly name: string }
  /** A new phone, opened at the village's address and greeted. */
  phone(options?: BrowserContextOptions, prepare?: (page: Page) => Promise<unknown>): Promise<Talker>
  /** The same, with that much said before in another page of this browser; what was said there is not shown. */
  phoneAfter(
    said: readonly SendMessage['body'][],
    options?: BrowserContextOptions,
    prepare?: (page: Page) => Promise<unknown>,
  ): Promise<Talker>
  stop(): Promise<void>
}

export async function openHouse(): Promise<House> {
  buildPages()
  const config = { ...settingsIn('browser'), localesDir: join(ROOT, 'locales') }
  const definitions = readDefinitions(config)
  const running = await run(config, {
    definitions,
    explain,
    beforeStart: async (storage) => {
      await fillDemo({
        storage,
        definitions,
        clock: systemClock,
        ids: sortableIds(systemClock, systemRandom),
        zone: config.timezone,
        households: 20,
      })
    },
  })
  const [village] = await running.storage.reads.pages.villagePages(1)
  if (!village) throw new Error('the demo county has a village')
  const code = village.chatCode
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
    ],
  })
  const phone: House['phone'] = async (options = {}, prepare = () => Promise.resolve()) => {
    const context = await browser.newContext({
      viewport: PHONE,
      locale: 'zh-CN',
      permissions: ['microphone'],
      reducedMotion: 'reduce',
      ...options,
    })
    context.setDefaultTimeout(ENOUGH_MS)
    const page = await context.newPage()
    await prepare(page)
    await page.goto(`${running.url}/chat/${code}`)
    await page.locator('.input textarea').waitFor()
    await page.locator('.bot').last().waitFor()
    return talker(page)
  }
  return {
    running,
    browser,
    village: { code, name: village.name },
    phone,
    async phoneAfter(said, options, prepare) {
      const token = randomBytes(32).toString('base64url')
      const payload = `village:${village.path}`
      for (const body of [{ kind: 'start', payload }, ...said]) await post(running.url, token, body)
      return phone(options, async (page) => {
        await page.addInitScript(settle, { token, payload })
        await prepare?.(page)
      })
    },
    async stop() {
      await browser.close()
      await running.stop()
      rmSync(config.dataDir, { recursive: true, force: true })
    },
  }
}

async function post(url: string, token: string, body: unknown): Promise<void> {
  const response = await fetch(`${url}/api/chat/messages`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ messageId: randomBytes(8).toString('hex'), body, language: 'zh-CN' }),
  })
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
}

/** The pages are built anew where a source is younger than they are. */
function buildPages(): void {
  const built = join(PAGES, 'index.html')
  const locales = readdirSync(join(ROOT, 'locales')).map((code) => join(ROOT, 'locales', code, 'web.json'))
  const sources = [join(ROOT, 'vite.config.ts'), ...locales, ...filesIn(join(ROOT, 'src/web'))].filter(existsSync)
  const newest = Math.max(...sources.map((file) => statSync(file).mtimeMs))
  if (existsSync(built) && statSync(built).mtimeMs > newest) return
  execFileSync(process.execPath, ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'error'], {
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: 'production' },
  })
}

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
